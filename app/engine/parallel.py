"""Data parallelism: replicas work on one batch at the same time, each on shards of its own."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from .forked_replica import ForkedReplica
from .own_core import OwnCores
from .replica import Arrays, Replica, ThreadReplica, work_through
from .shard import Shard, Work
from .shared import Zeros, shared_zeros
from .trial import Clock, Trial


@dataclass(frozen=True)
class ParallelPlan:
    """Says how many work on a batch at once, and how. Nothing of it changes a result.

    replicas: how many, the caller included; by default one a core.
    clock: seconds. On a machine that is busy elsewhere parallel work costs more than it brings; a
        network with a clock tries both ways from time to time and keeps to the faster one, for
        each kind of work by itself. Forked processes that are on one core step off it by it.
    forks: work in processes forked from this one, each with an interpreter of its own. Only for a
        process whose other threads hold no lock that NumPy wants, on a system where a copy of a
        process is as good as the original: Linux. Elsewhere, and by default, threads do it.
    """

    replicas: int | None = None
    clock: Clock | None = None
    forks: bool = False

    @property
    def size(self) -> int:
        """The number that work at once where there is work for so many."""
        return self.replicas or _available_cores()

    @property
    def zeros(self) -> Zeros:
        """Allocates what all replicas must see."""
        return shared_zeros if self.forks else np.zeros


class DataParallel:
    """Deals shards to replicas; the caller is the first: with n of them it takes each n-th."""

    def __init__(self, shards: Sequence[Shard], plan: ParallelPlan) -> None:
        size = min(len(shards), plan.size)
        self._shards = shards
        self._cores = OwnCores(size, plan.clock) if plan.forks else None
        self._others = [self._replica(number, shards[number::size]) for number in range(1, size)]
        self._clock = plan.clock
        self._trials: dict[Work, Trial] = {}

    def run(self, work: Work, parts: Sequence[Arrays]) -> None:
        """Have the first shards, one for each part, do such work on it."""
        if not self._others or len(parts) < 2:
            self._alone(work, parts)
        elif self._clock is None:
            self._in_parallel(work, parts)
        else:
            trial = self._trials.setdefault(work, Trial(self._clock))
            trial.run(partial(self._either_way, work, parts))

    def _replica(self, number: int, shards: Sequence[Shard]) -> Replica:
        if self._cores is None:
            return ThreadReplica(shards)
        return ForkedReplica(shards, partial(self._cores.keep_apart, number))

    def _either_way(self, work: Work, parts: Sequence[Arrays], in_parallel: bool) -> bool:
        """Do it; tells whether each had a core to itself, as far as one can see."""
        if not in_parallel:
            self._alone(work, parts)
            return True
        if self._cores is None:
            self._in_parallel(work, parts)
            return True
        meetings = self._cores.meetings
        self._in_parallel(work, parts)
        self._cores.note(0)
        return meetings == self._cores.meetings and not self._cores.meet(len(parts))

    def _alone(self, work: Work, parts: Sequence[Arrays]) -> None:
        if self._cores:
            self._cores.forget(1)
        work_through(self._shards, work, parts)

    def _in_parallel(self, work: Work, parts: Sequence[Arrays]) -> None:
        size = len(self._others) + 1
        if self._cores:
            self._cores.note(0)
            self._cores.forget(len(parts))
        try:
            for number, replica in enumerate(self._others, 1):
                replica.begin(work, parts[number::size])
            work_through(self._shards[::size], work, parts[::size])
        finally:
            for replica in self._others:
                replica.end()


def _available_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
