"""A recorded training on its way to a server, which may know other starts of its program."""

import time
from collections.abc import Callable
from typing import Any

from ..external.packets import MEDIA_TYPE
from ..external.recording import NoRecording, RecordedBatch, Recording
from .client import Client, RequestRefused

_BUSY = (429, 503)
_MOST_WAITS = 20
_MOST_TRIES = 5  # at an attempt that somebody else begins at the same time


class SendingRecording:
    """Sends a recording's batches in order, under the numbers that they have at the server.

    A program that is recorded knows of no earlier start: it calls itself the first attempt and
    counts its items from 1. Where the server knows another start already, this one is told as the
    next attempt and its items go on after those. Which process told which items is on record
    there, so a file that was told is found again, and none is told twice.

    Attributes:
        run_id: the run that it belongs to; empty before the first batch of one that is new there.
        items: how many of the file's items the server has.
    """

    def __init__(self, client: Client, recording: Recording) -> None:
        self._client, self._recording = client, recording
        self._address = f"/api/external/{recording.key}"
        self._later = self._moved = 0  # attempts and items that come before the file's there
        self._attempt = self._next = 0
        self.run_id, self.items = "", 0
        said = {**recording.registration, "from_step": recording.from_step, "recorded": True}
        try:
            self._registered(_patiently(lambda: client.call("PUT", self._address, said)))
        except RequestRefused as refused:
            if refused.code != "attempt_taken":
                raise
            self._taken = int(refused.limit or 1)

    def send(self, batch: RecordedBatch) -> None:
        """Sends a batch unless all of it is known.

        Raises:
            NoRecording: what comes before it was told elsewhere.
            RequestRefused: the server won't have it.
        """
        if not self._attempt:
            self._begin_after_others(batch)
        attempt = batch.attempt + self._later
        if attempt > self._attempt:
            self._attempt = self._begun(attempt, batch.from_step)["attempt"]
        first = batch.first + self._moved
        if first + batch.items > self._next:
            path = f"{self._address}/batches/{first}?attempt={attempt}&renumbered=true"
            answer = _patiently(lambda: self._client.send("PUT", path, batch.body, MEDIA_TYPE))
            self._next = answer["next"]
        self.items = max(0, self._next - 1 - self._moved)

    def _registered(self, told: dict[str, Any]) -> None:
        """Notes under which numbers the file is known."""
        self.run_id = told["id"]
        self._attempt, self._next = told["attempt"], told["next"]
        self._later = self._attempt - self._recording.attempt
        self._moved = told["first"] - 1 if self._later else 0
        self.items = max(0, self._next - 1 - self._moved)

    def _begin_after_others(self, batch: RecordedBatch) -> None:
        if batch.first > 1:
            raise NoRecording("it holds the end of a run whose beginning another server was told")
        for _ in range(_MOST_TRIES):
            try:
                told = self._begun(self._taken + 1, self._recording.from_step)
            except RequestRefused as refused:
                if refused.code != "attempt_taken":
                    raise
                self._taken = int(refused.limit or self._taken)
            else:
                return self._registered(told)
        raise RequestRefused("others begin attempts at this run all the time; try again later")

    def _begun(self, attempt: int, from_step: int) -> dict[str, Any]:
        """Begins an attempt as the program would have."""
        said = {
            "attempt": attempt,
            "from_step": from_step,
            "client": self._recording.registration.get("client"),
            "recorded": True,
        }
        path = f"{self._address}/attempts"
        told: dict[str, Any] = _patiently(lambda: self._client.call("POST", path, said))
        return told


def _patiently(ask: Callable[[], Any]) -> Any:
    """Asks again while the server has no time."""
    for _ in range(_MOST_WAITS):
        try:
            return ask()
        except RequestRefused as problem:
            if problem.status not in _BUSY:
                raise
            time.sleep(problem.retry_after_seconds)
    raise RequestRefused("the server is too busy; try again later", 503)
