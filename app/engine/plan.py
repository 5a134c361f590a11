"""How many work on a batch at once, and how."""

import os
from dataclasses import dataclass

import numpy as np

from .shared import Zeros, shared_zeros
from .trial import Clock


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


def _available_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
