"""Questions to a process aside, and what becomes of those it can't answer."""

from collections.abc import Callable, Coroutine, Hashable, Mapping
from typing import Annotated, Any, BinaryIO, NamedTuple, TypeVar

from fastapi import Depends, Request
from starlette.responses import Response

from .aside import Aside
from .leaving import unless_left
from .numeric import Question, Telling
from .problems import Problem
from .services import Serving
from .shared_answers import SharedAnswers
from .spool import Spool, SpooledAnswer
from .why_not import why_not

_Result = TypeVar("_Result")


class Places(NamedTuple):
    """How many calls an `Aside` may have at once, and how many of one client may wait.

    `refusal` makes the answer to whoever gets none, of the number that there is.
    """

    most: int
    most_of_one: int
    refusal: Callable[[int], Problem]

    def check(self, aside: Aside, client: str) -> None:
        """Raises the refusal if there is no place for another call."""
        if aside.waiting >= self.most:
            raise self.refusal(self.most)
        if aside.waiting_of(client) >= self.most_of_one:
            raise self.refusal(self.most_of_one)


def too_many(limit: int) -> Problem:
    """Returns the answer to who finds so many questions waiting: when to ask again."""
    wait = "1 question waits" if limit == 1 else f"{limit} questions wait"
    message = f"{wait} to be answered already; try again in some seconds."
    headers = {"Retry-After": "2"}
    return Problem(503, "too_many_questions", message, limit=limit, headers=headers)


_QUESTIONS = Places(96, 64, too_many)  # a class asks from one address
RARELY = Places(8, 8, too_many)  # of what takes a second each, nobody waits behind many


class Asker(NamedTuple):
    """Whoever sent a request: something is worked out for them for as long as they wait for it.

    What is asked here raises a Problem: 404 what it is about isn't there, 422 it can't be
    answered, 503 not now.
    """

    request: Request
    aside: Aside
    spool: Spool
    places: Places

    def check(self) -> None:
        """Raises the refusal if there is no place for a question."""
        self.places.check(self.aside, self._client)

    async def work_out(self, question: Question, *args: Any) -> Any:
        """Returns a small answer to a question of `app.web.numeric`."""
        patience = question.patience_seconds
        call = self.aside.run(question, *args, client=self._client, patience_seconds=patience)
        return await self._admitted(call)

    async def share(
        self, shared: SharedAnswers, key: Hashable, question: Question, *args: Any
    ) -> bytes:
        """Returns an answer in bytes that is worked out once for all who ask for it by `key`."""

        async def worked_out() -> bytes:
            self.check()
            patience = question.patience_seconds
            answer: bytes = await self.aside.run(
                question, *args, client=self._client, patience_seconds=patience
            )
            return answer

        with why_not():
            return await unless_left(self.request.receive, shared.get(key, worked_out))

    async def tell(self, question: Question, *args: Any, **beside: Any) -> Response:
        """Answers a question with JSON; `beside` comes first in it."""
        return await self.write(Telling(question, beside), *args)

    async def write(
        self,
        work: Question | Telling,
        *args: Any,
        media_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Answers with what `work(file, *args)` writes."""
        patience = work.patience_seconds
        call = self.aside.write(work, *args, client=self._client, patience_seconds=patience)
        content: bytes | BinaryIO = await self._admitted(call)
        if isinstance(content, bytes):
            return Response(content, media_type=media_type, headers=headers)
        return SpooledAnswer(self.spool, content, media_type, headers)

    @property
    def _client(self) -> str:
        return self.request.client.host if self.request.client else ""

    async def _admitted(self, call: Coroutine[Any, Any, _Result]) -> _Result:
        """Makes the call if there is a place for it, unless whoever asks leaves before."""

        async def made() -> _Result:
            try:
                self.check()
            except Problem:
                call.close()
                raise
            return await call

        with why_not():
            return await unless_left(self.request.receive, made())


def asker_of(request: Request, services: Serving) -> Asker:
    """Returns who asks, as far as questions are concerned."""
    return Asker(request, services.aside, services.spool, _QUESTIONS)


Asking = Annotated[Asker, Depends(asker_of)]
