"""Tells a recorded training that somebody sends whole, as its program would have told it."""

import asyncio
from pathlib import Path
from typing import Any, NamedTuple

from ..external.recording import NoRecording, RecordedBatch, Recording
from ..external.registration import NewAttempt, Registration, key_of
from .attempts import Registered
from .ingest import Ingest
from .problems import Problem

_MOST_TRIES = 5  # at an attempt that somebody else begins at the same time


class ToldRecording(NamedTuple):
    """The run that a recording belongs to.

    Attributes:
        items: how many of its items are on record now.
        cut: why not all of the file counts; None if it was whole.
    """

    registered: Registered
    items: int
    cut: str | None


async def tell_recording(ingest: Ingest, path: Path) -> ToldRecording:
    """Tells what is whole in a file. Told twice, nothing of it comes twice.

    Raises:
        Problem: 422 it holds nothing of a run, or not its beginning; as `Ingest` has it.
    """
    with await asyncio.to_thread(path.open, "rb") as file:
        try:
            recording = await asyncio.to_thread(Recording, file)
            telling = _Telling(ingest, recording)
            await telling.begin()
            batches = recording.batches()
            while (batch := await asyncio.to_thread(next, batches, None)) is not None:
                await telling.tell(batch)
        except NoRecording as why:
            raise Problem(
                422, "unreadable", f"The file can't be read: {why}.", field="file"
            ) from None
    return ToldRecording(telling.registered, telling.items, recording.cut)


class _Telling:
    """One recording, under the numbers that its attempt and items have here.

    A program that is recorded knows of no earlier start, so it calls itself the first attempt and
    counts its items from 1; where another start is on record, it is told as the next one.
    """

    registered: Registered

    def __init__(self, ingest: Ingest, recording: Recording) -> None:
        self._ingest, self._recording = ingest, recording
        self._key = key_of(recording.key) or ""
        self._later = self._moved = self._attempt = self._next = 0

    @property
    def items(self) -> int:
        """How many of the file's items are on record."""
        return max(0, self._next - 1 - self._moved)

    async def begin(self) -> None:
        """Registers the run, or the next attempt at it."""
        told = {**self._recording.registration, "recorded": True}
        said = Registration.model_validate({**told, "from_step": self._recording.from_step})
        try:
            self._note(await self._ingest.register(self._key, said))
        except Problem as problem:
            if problem.detail.code != "attempt_taken":
                raise
            self._note(await self._begin_after(int(problem.detail.limit or 1), said.client))

    async def tell(self, batch: RecordedBatch) -> None:
        """Tells a batch unless all of it is known."""
        if batch.first > 1 and self._next == self._moved + 1:
            raise NoRecording("it holds the end of a run whose beginning was told elsewhere")
        attempt, first = batch.attempt + self._later, batch.first + self._moved
        if attempt > self._attempt:
            await self._begun(attempt, batch.from_step, self._client)
            self._attempt = attempt
        if first + batch.items > self._next:
            taken = await self._ingest.take(self._key, first, attempt, batch.body, renumbered=True)
            self._next = taken.told.next

    @property
    def _client(self) -> str:
        return str(self._recording.registration.get("client"))

    def _note(self, registered: Registered) -> None:
        self.registered = registered
        attempt: Any = registered.attempt
        self._attempt, self._next = attempt.attempt, registered.next
        self._later = self._attempt - self._recording.attempt
        self._moved = attempt.first - 1 if self._later else 0

    async def _begin_after(self, taken: int, client: str) -> Registered:
        for _ in range(_MOST_TRIES):
            try:
                return await self._begun(taken + 1, self._recording.from_step, client)
            except Problem as problem:
                if problem.detail.code != "attempt_taken":
                    raise
                taken = int(problem.detail.limit or taken)
        message = "Others begin attempts at this run all the time; try again later."
        raise Problem(503, "busy", message, headers={"Retry-After": "5"})

    async def _begun(self, attempt: int, from_step: int, client: str) -> Registered:
        said = {"attempt": attempt, "from_step": from_step, "client": client, "recorded": True}
        return await self._ingest.begin_attempt(self._key, NewAttempt.model_validate(said))
