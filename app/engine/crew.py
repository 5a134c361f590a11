"""Those who work on one batch at the same time, each on shards of its own."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from .colleagues import Arrays, Colleague, Process, Thread, work_through
from .pace import Clock, Pace
from .shard import Shard, Work
from .shared import Zeros, shared_zeros


@dataclass(frozen=True)
class CrewPlan:
    """How many may work at once, and how. Nothing of it changes a result.

    at_once: by default one a core.
    clock: seconds. On a machine that is busy elsewhere company costs more than it brings; a crew
        with a clock tries both ways from time to time and keeps to the faster one, for each kind
        of work by itself.
    forks: work in processes forked from this one, each with an interpreter of its own. Only for a
        process whose other threads hold no lock that NumPy wants, on a system where a copy of a
        process is as good as the original: Linux. Elsewhere, and by default, threads do it.
    """

    at_once: int | None = None
    clock: Clock | None = None
    forks: bool = False

    @property
    def size(self) -> int:
        """How many work at once where there is work for so many."""
        return self.at_once or _available_cores()

    @property
    def zeros(self) -> Zeros:
        """Allocates what all who work must see."""
        return shared_zeros if self.forks else np.zeros


class Crew:
    """The caller, who works on the first shard and each `size`-th after it, and colleagues."""

    def __init__(self, shards: Sequence[Shard], plan: CrewPlan) -> None:
        size = min(len(shards), plan.size)
        hire: type[Colleague] = Process if plan.forks else Thread
        self._shards = shards
        self._colleagues = [hire(shards[number::size]) for number in range(1, size)]
        self._clock = plan.clock
        self._paces: dict[Work, Pace] = {}

    def run(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Have the first shards, one for each part, do such work on it."""
        if not self._colleagues or len(parts) < 2:
            work_through(self._shards, work, parts)
        elif self._clock is None:
            self._side_by_side(work, parts)
        else:
            pace = self._paces.setdefault(work, Pace(self._clock))
            pace.timed(partial(self._either_way, work, parts))

    def _either_way(self, work: Work, parts: Sequence[Arrays], side_by_side: bool) -> None:
        if side_by_side:
            self._side_by_side(work, parts)
        else:
            work_through(self._shards, work, parts)

    def _side_by_side(self, work: Work, parts: Sequence[Arrays]) -> None:
        size = len(self._colleagues) + 1
        try:
            for number, colleague in enumerate(self._colleagues, 1):
                colleague.begin(work, parts[number::size])
            work_through(self._shards[::size], work, parts[::size])
        finally:
            for colleague in self._colleagues:
                colleague.end()


def _available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
