"""Python threads that work on one batch at the same time; NumPy lets go of the interpreter."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import TypeVar

Result = TypeVar("Result")
Clock = Callable[[], float]

# How many runs are timed each way before a decision.
_TRIAL_RUNS = 3
# A decision holds until the next trial, like the last one, would cost a twentieth of the time
# since; twice as long each time that it is confirmed, but not so long that a change goes unnoticed.
_TRIALS_REPAID = 20
_LONGEST_SECONDS = 10.0


class Crew:
    """Runs tasks side by side: the first in the calling thread, the others in threads of its own.

    Which thread runs a task never changes its result. On a machine that is busy elsewhere threads
    cost more than they bring, for each must get both a core and the interpreter again and again;
    a crew with a clock (seconds) tries both ways from time to time and keeps to the faster one,
    for each kind of work by itself.
    """

    def __init__(self, size: int, clock: Clock | None = None) -> None:
        self._threads = ThreadPoolExecutor(size - 1, "engine") if size > 1 else None
        self._clock = clock if size > 1 else None
        self._paces: dict[str, Pace] = {}

    def run(self, kind: str, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
        """Results in the tasks' order; an exception in any task is raised here.

        kind: a name for work that takes about as long each time.
        """
        if self._clock is None or len(tasks) < 2:
            return self._run(tasks, side_by_side=True)
        pace = self._paces.setdefault(kind, Pace(self._clock))
        return pace.timed(lambda side_by_side: self._run(tasks, side_by_side))

    def _run(self, tasks: Sequence[Callable[[], Result]], side_by_side: bool) -> list[Result]:
        if self._threads is None or not side_by_side:
            return [task() for task in tasks]
        others = [self._threads.submit(task) for task in tasks[1:]]
        first = [task() for task in tasks[:1]]
        return first + [other.result() for other in others]


class Pace:
    """Decides from measured times whether to work side by side: trial, decided, trial, ..."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._decision = True
        self._patience = 0.0  # seconds of work from a trial to the next
        self._until_trial = 0.0
        self._trial: dict[bool, list[float]] = {True: [], False: []}

    def timed(self, work: Callable[[bool], Result]) -> Result:
        """Do the work in the way whose turn it is, and learn from how long it took."""
        trying = self._until_trial <= 0
        # Turn by turn, so that both ways meet the same neighbours.
        turn = len(self._trial[True]) == len(self._trial[False])
        side_by_side = turn if trying else self._decision
        start = self._clock()
        result = work(side_by_side)
        seconds = self._clock() - start
        if trying:
            self._learn(side_by_side, seconds)
        else:
            self._until_trial -= seconds
        return result

    def _learn(self, side_by_side: bool, seconds: float) -> None:
        self._trial[side_by_side].append(seconds)
        if len(self._trial[False]) < _TRIAL_RUNS:
            return
        decision = median(self._trial[True]) <= median(self._trial[False])
        lost = sum(self._trial[not decision]) - sum(self._trial[decision])
        longer = 2 * self._patience if decision == self._decision else 0.0
        self._patience = min(max(_TRIALS_REPAID * lost, longer), _LONGEST_SECONDS)
        self._until_trial = self._patience
        self._decision = decision
        self._trial = {True: [], False: []}


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
