"""Drawings that wait for a network: those that wait together are looked at in one go."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from starlette.requests import ClientDisconnect

from .drawing_costs import DrawingCosts

# Who came later would wait for longer than somebody who draws leaves the paper as it is.
MOST_WAITING = 96
MOST_WAIT_SECONDS = 0.15
MOST_TOGETHER = 32

Told = bytes | Exception


class AskedNetwork(NamedTuple):
    """A run and a step of it, as whoever draws named them; nobody has looked yet if it is there."""

    run_id: str
    step: str


class _Drawing(NamedTuple):
    question: Any
    answer: "asyncio.Future[bytes]"
    has_left: Callable[[], bool]


class DrawingLine:
    """A line of drawings, each network's by itself; networks take turns, a batch each.

    Looking a run up, the way to the process aside and back: all of that is done once a batch. A
    drawing whose phone has left, or sent another over a new connection, is passed over. All of it
    belongs to the event loop's thread.

    Args:
        look: has a network look at drawings, as many of the first as it has time for, but one at
            least; an answer or a refusal each, in their order.
        clock: seconds that only go up.
    """

    def __init__(
        self,
        look: Callable[[AskedNetwork, list[Any]], Awaitable[list[Told]]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._clock = clock
        self._waiting: dict[AskedNetwork, deque[_Drawing]] = {}
        self._looked_at = 0  # drawings of the batch that is being looked at
        self._looking: AskedNetwork | None = None  # which network does
        self._began = 0.0  # when that was begun with
        self._costs = DrawingCosts()
        self._working: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """Counts the drawings that wait, those that are being looked at among them."""
        return self._looked_at + sum(map(len, self._waiting.values()))

    @property
    def is_full(self) -> bool:
        """Whether another one would wait for long, as things go on this machine just now."""
        since = self._clock() - self._began if self._looked_at else 0.0
        expected = self._looked_at * self._costs.of(self._looking)
        expected += sum(len(line) * self._costs.of(each) for each, line in self._waiting.items())
        return len(self) >= MOST_WAITING or max(since, expected) > MOST_WAIT_SECONDS

    async def answer(
        self, network: AskedNetwork, question: Any, has_left: Callable[[], bool]
    ) -> bytes:
        """Returns what a network answers to a drawing.

        Raises:
            ClientDisconnect: its phone had left when its turn came.
            Exception: what `look` raised, or told of this drawing.
        """
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(network, deque()).append(_Drawing(question, answer, has_left))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                network, batch = self._next()
                if batch:
                    await self._look_at(network, batch)
        finally:
            self._working = None

    def _next(self) -> tuple[AskedNetwork, list[_Drawing]]:
        """Takes the next batch out of the line, without those that nobody waits for any more."""
        network = next(iter(self._waiting))
        line = self._waiting.pop(network)
        batch: list[_Drawing] = []
        while line and len(batch) < MOST_TOGETHER:
            drawing = line.popleft()
            if drawing.has_left() and not drawing.answer.done():
                drawing.answer.set_exception(ClientDisconnect())
            if not drawing.answer.done():
                batch.append(drawing)
        if line:
            self._waiting[network] = line  # behind the others
        return network, batch

    async def _look_at(self, network: AskedNetwork, batch: list[_Drawing]) -> None:
        self._began, self._looked_at, self._looking = self._clock(), len(batch), network
        told = await self._told(network, [drawing.question for drawing in batch])
        answered = sum(isinstance(answer, bytes) for answer in told)
        self._costs.note(network, self._clock() - self._began, answered)
        self._looked_at = 0
        if rest := batch[len(told) :]:
            self._waiting.setdefault(network, deque()).extendleft(reversed(rest))
        for drawing, answer in zip(batch, told, strict=False):
            if drawing.answer.done():
                continue
            if isinstance(answer, Exception):
                drawing.answer.set_exception(answer)
            else:
                drawing.answer.set_result(answer)

    async def _told(self, network: AskedNetwork, questions: list[Any]) -> list[Told]:
        """Returns what a network tells of at least one drawing, or of each why there is nothing."""
        try:
            if told := await self._look(network, questions):
                return told
            raise RuntimeError("a network has told nothing of the drawings it was asked about")
        except Exception as problem:
            return [_alike(problem) for _ in questions]


def _alike(problem: Exception) -> Exception:
    """Makes an exception that says the same: one raised in many tasks gathers all their tracks.

    It is made without `__init__`, whose arguments nobody knows here.
    """
    kind = type(problem)
    another: Exception = kind.__new__(kind, *problem.args)
    another.args = problem.args
    another.__dict__.update(problem.__dict__)
    another.__cause__ = problem
    return another
