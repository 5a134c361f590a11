"""A run that a worker has in hand, as the supervisor sees it."""

from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import NamedTuple

from ..events import Cause, EncodedEvent
from .holding import Worker


class NotPossible(Exception):
    """A command that can't be carried out in this state; the message says why, to the user."""


@dataclass
class Assignment:
    """Which worker trains which run, how far it is, and which commands await their answer."""

    run_id: str
    worker: Worker
    step: int = 0
    training_seconds: float = 0.0
    peak_memory_bytes: int = 0
    is_paused: bool = False
    of_sweep: bool = False
    is_held: bool = False
    is_stalled: bool = False
    has_begun: bool = False  # on record, by this worker or one before
    is_waiting: bool = False  # for a machine of a cluster
    waits_by: Cause | None = None  # why it is on record as queued again
    died_at: float | None = None  # a `time.monotonic`, when its process was seen to have ended
    stop_asked_at: float | None = None
    stopping_told: bool = False
    last_word: EncodedEvent | None = None  # what to record when the worker we ended is gone
    ending: Future[None] | None = None  # the record of the end that the worker told itself
    unanswered: dict[int, Future[None]] = field(default_factory=dict)
    stops: list[Future[None]] = field(default_factory=list)  # of those, who wants it to end

    def send(self, message: NamedTuple) -> None:
        """Tells the worker, as soon as it listens."""
        self.worker.mail.send(message)

    def answer(self, number: int | None, recorded: Future[None]) -> None:
        """Resolves a command's future as soon as what it caused is on disk."""
        if number is None or number not in self.unanswered:
            return
        asked = self.unanswered.pop(number)
        recorded.add_done_callback(lambda done: settle(asked, done.exception()))

    def refuse_unanswered(self, reason: str) -> None:
        """Tells everyone who still waits that the run ended first."""
        for asked in self.unanswered.values():
            settle(asked, NotPossible(reason))
        self.unanswered.clear()


def settle(asked: Future[None], problem: BaseException | None = None) -> None:
    """Resolves `asked`, unless it is, or whoever asked has given up waiting."""
    if asked.done() or not asked.set_running_or_notify_cancel():
        return
    if problem is None:
        asked.set_result(None)
    else:
        asked.set_exception(problem)


def settle_when(recorded: Future[None], asked: Future[None]) -> None:
    """Resolves `asked` as `recorded` resolves."""
    recorded.add_done_callback(lambda done: settle(asked, done.exception()))
