"""Steps that a script tells one by one, since nothing else counts them."""

from __future__ import annotations

from typing import Any, Protocol

from .kernels import GivenKernels, framework_of
from .watched_network import ToldRun, WatchedNetwork


class SteppedRun(ToldRun, Protocol):
    """What is needed of the run beside what a network needs."""

    total_steps: int | None
    layers: tuple[str, ...]
    next_due: float
    asked: Any

    def register(self, told: dict[str, Any]) -> None:
        """Says what network it is."""


class ByHand:
    """Counts the steps and takes the kernels that are due."""

    def __init__(self, run: SteppedRun) -> None:
        self._run = run
        self._given: GivenKernels | None = None
        self._network: WatchedNetwork | None = None
        self._has_stepped = False

    def step(self, kernels: Any, step: int | None, is_last: bool) -> None:
        """Counts a step, and takes its kernels if they are due.

        Raises:
            Exception: whatever the script's own function raises, or arrays that are none.
        """
        run = self._run
        run.count = run.count + self._has_stepped if step is None else int(step)
        run.asked = kernels if callable(kernels) else None
        self._has_stepped = True
        is_last = is_last or run.count == run.total_steps
        if self._network is None or is_last or run.count >= self._network.next_due:
            self._take(kernels, is_edge=is_last)

    def take_last(self) -> None:
        """Takes the frame after the last update, where it is known that there was one more.

        A loop that tells each step before it makes the update has made `total_steps` of them when
        it ends, and told of one less.
        """
        run = self._run
        if run.asked is not None and run.count + 1 == run.total_steps:
            run.count += 1
            self._take(run.asked, is_edge=True)

    def _take(self, kernels: Any, *, is_edge: bool) -> None:
        given = kernels() if callable(kernels) else kernels
        if self._network is None or self._given is None:
            self._given = GivenKernels(given)
            self._network = WatchedNetwork(self._run, self._given.layers, None, self._run.layers)
            self._run.register({"layers": self._network.told, "framework": framework_of(given)})
            is_edge = True
        self._given.renew(given)
        self._network.take(is_edge=is_edge)
        due, last = self._network.next_due, self._run.total_steps
        self._run.next_due = due if last is None or last <= self._run.count else min(due, last)
