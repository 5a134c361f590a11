"""Runs that wait for a worker, in the order in which they came."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..events import Status
from ..recipe import Recipe


class QueuedRun(NamedTuple):
    """A run that waits. `status` is what its training was before a restart: `queued` if new.

    `of_sweep`: many were asked for at once, so it comes after those that were asked for alone.
    """

    run_id: str
    recipe: Recipe
    status: Status = "queued"
    step: int = 0
    training_seconds: float = 0.0
    is_resumed: bool = False
    of_sweep: bool = False


class RunQueue:
    """First come, first served, runs of sweeps last; but runs that will only pause need no turn to
    train.
    """

    def __init__(self) -> None:
        self._places: list[QueuedRun] = []

    def __iter__(self) -> Iterator[QueuedRun]:
        return iter(self._places)

    def add(self, queued: QueuedRun) -> None:
        """Puts a run at the end."""
        self._places.append(queued)

    def add_first(self, queued: QueuedRun) -> None:
        """Puts a run back whose turn it was."""
        self._places.insert(0, queued)

    def find(self, run_id: str) -> QueuedRun | None:
        """Finds where a run waits, if it does."""
        return next((queued for queued in self._places if queued.run_id == run_id), None)

    def remove(self, queued: QueuedRun) -> None:
        """Takes a run out that waits no more."""
        self._places.remove(queued)

    def next(self, may_train: Callable[[QueuedRun], bool]) -> QueuedRun | None:
        """Takes out whose turn it is: the first that may train or is paused."""
        for queued in sorted(self._places, key=lambda one: one.of_sweep):
            if queued.status == "paused" or may_train(queued):
                self._places.remove(queued)
                return queued
        return None
