"""Steps that a script tells one by one, since nothing else counts them."""

from __future__ import annotations

import math
from typing import Any, Protocol

from .kernels import GivenKernels, framework_of
from .watched_network import ToldRun, WatchedNetwork


class SteppedRun(ToldRun, Protocol):
    """What is needed of the run beside what a network needs."""

    total_steps: int | None
    layers: tuple[str, ...]

    def register(self, told: dict[str, Any]) -> None:
        """Says what network it is."""


class ByHand:
    """Counts the steps and takes the kernels that are due."""

    def __init__(self, run: SteppedRun) -> None:
        self._run = run
        self._given: GivenKernels | None = None
        self._network: WatchedNetwork | None = None
        self._ask: Any = None
        self._has_stepped = False
        self._next_due = -math.inf

    def step(self, kernels: Any, step: int | None, is_last: bool) -> None:
        """Counts a step, and takes its kernels if they are due.

        Raises:
            Exception: whatever the script's own function raises, or arrays that are none.
        """
        run = self._run
        if step is not None:
            run.count = count = int(step)
        else:
            run.count = count = run.count + self._has_stepped
        self._has_stepped = True
        self._ask = kernels if callable(kernels) else None
        if is_last or count >= self._next_due or count == run.total_steps:
            self._take(kernels, is_edge=is_last or count == run.total_steps)

    def take_last(self) -> None:
        """Takes the frame after the last update, where it is known that there was one more.

        A loop that tells each step before it makes the update has made `total_steps` of them when
        it ends, and told of one less.
        """
        run = self._run
        if self._ask is not None and run.count + 1 == run.total_steps:
            run.count += 1
            self._take(self._ask, is_edge=True)

    def _take(self, kernels: Any, *, is_edge: bool) -> None:
        given = kernels() if callable(kernels) else kernels
        if self._network is None or self._given is None:
            self._given = GivenKernels(given)
            self._network = WatchedNetwork(self._run, self._given.layers, None, self._run.layers)
            self._run.register({"layers": self._network.told, "framework": framework_of(given)})
            is_edge = True
        self._given.renew(given)
        self._network.take(is_edge=is_edge)
        self._next_due = self._network.next_due
