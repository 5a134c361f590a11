"""Runs that wait for a worker, in the order in which they came."""

from collections.abc import Iterator
from typing import NamedTuple

from ..events import Status
from ..recipe import Recipe


class Place(NamedTuple):
    """A run that waits. `status` is what its training was before a restart: `queued` if new."""

    run_id: str
    recipe: Recipe
    status: Status = "queued"
    step: int = 0
    training_seconds: float = 0.0
    is_resumed: bool = False


class Line:
    """First come, first served; but runs that will only pause need no turn to train."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places)

    def add(self, place: Place) -> None:
        """Puts a run at the end."""
        self._places.append(place)

    def find(self, run_id: str) -> Place | None:
        """Where a run waits, if it does."""
        return next((place for place in self._places if place.run_id == run_id), None)

    def remove(self, place: Place) -> None:
        """Takes a run out that waits no more."""
        self._places.remove(place)

    def next(self, may_train: bool) -> Place | None:
        """Takes out whose turn it is: the first, or the first that is paused."""
        for place in self._places:
            if may_train or place.status == "paused":
                self._places.remove(place)
                return place
        return None
