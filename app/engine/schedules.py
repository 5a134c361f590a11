"""The learning rate over a run. Step 0 is the first update."""

from dataclasses import dataclass
from typing import Protocol

from ..vocabulary.optimizers import LINEAR_END


class Schedule(Protocol):
    """Says the learning rate of each update."""

    def at(self, step: int) -> float:
        """Return the rate of update number `step`, counted from 0."""
        ...


@dataclass(frozen=True)
class ConstantSchedule:
    """The same rate at every step."""

    learning_rate: float

    def at(self, step: int) -> float:
        """Return the rate, whatever the step."""
        return self.learning_rate


@dataclass(frozen=True)
class LinearSchedule:
    """Falls linearly from `start` at the first update to `end_factor`·start at the last one.

    rate = start·(1 − (1 − end_factor)·min(step / (total_steps − 1), 1))

    >>> [round(LinearSchedule(0.05, 50).at(step), 6) for step in (0, 49, 60)]
    [0.05, 0.001, 0.001]
    """

    start: float
    total_steps: int
    end_factor: float = LINEAR_END

    def __post_init__(self) -> None:
        if self.total_steps < 1:
            raise ValueError(f"total_steps is {self.total_steps}; it must be at least 1")

    def at(self, step: int) -> float:
        """Return the rate of update number `step`; after the last step it stays where it ended."""
        share = min(step / max(self.total_steps - 1, 1), 1.0)
        return self.start * (1 - (1 - self.end_factor) * share)


@dataclass(frozen=True)
class Rate:
    """The learning rate of each update: a schedule, as if it had begun at `start`.

    Raises ValueError if `start` is below 0.

    >>> Rate(LinearSchedule(0.05, 50), 0.1).at(49)
    0.002
    """

    schedule: Schedule
    start: float

    def __post_init__(self) -> None:
        if not self.start >= 0:
            raise ValueError(f"learning_rate is {self.start}; it must be 0 or more")

    def at(self, step: int) -> float:
        """Return the rate of update number `step`, counted from 0."""
        return self.schedule.at(step) * (self.start / self.schedule.at(0))


def rate_of(learning_rate: float | Rate) -> Rate:
    """Makes a number the rate of every update; a rate stays as it is."""
    if isinstance(learning_rate, Rate):
        return learning_rate
    return Rate(ConstantSchedule(learning_rate), learning_rate)
