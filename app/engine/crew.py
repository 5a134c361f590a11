"""Python threads that work on one batch at the same time; NumPy lets go of the interpreter."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import TypeVar

Result = TypeVar("Result")
Clock = Callable[[], float]

# How many runs are timed each way before a decision, and how many follow it: twice as many each
# time that it is confirmed, for a trial of the slower way is dear.
_TRIAL_RUNS = 3
_DECIDED_RUNS = 64
_MOST_DECIDED_RUNS = 2048


class Crew:
    """Runs tasks side by side: the first in the calling thread, the others in threads of its own.

    Which thread runs a task never changes its result. On a machine that is busy elsewhere threads
    cost more than they bring, for each must get both a core and the interpreter again and again;
    a crew with a clock (seconds) tries both ways from time to time and keeps to the faster one.
    """

    def __init__(self, size: int, clock: Clock | None = None) -> None:
        self._threads = ThreadPoolExecutor(size - 1, "engine") if size > 1 else None
        self._pace = Pace(clock) if clock and size > 1 else None

    def run(self, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
        """Results in the tasks' order; an exception in any task is raised here."""
        if self._pace is None:
            return self._run(tasks, side_by_side=True)
        return self._pace.timed(lambda side_by_side: self._run(tasks, side_by_side))

    def _run(self, tasks: Sequence[Callable[[], Result]], side_by_side: bool) -> list[Result]:
        if self._threads is None or not side_by_side:
            return [task() for task in tasks]
        others = [self._threads.submit(task) for task in tasks[1:]]
        first = [task() for task in tasks[:1]]
        return first + [other.result() for other in others]


class Pace:
    """Decides from measured times whether to work side by side: trial, trial, decided, trial ..."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turn = 0
        self._decided_runs = _DECIDED_RUNS
        self._seconds: dict[bool, list[float]] = {True: [], False: []}
        self._decision = True

    def timed(self, work: Callable[[bool], Result]) -> Result:
        """Do the work in the way whose turn it is, and learn from how long it took."""
        turn = self._turn
        self._turn = (turn + 1) % (2 * _TRIAL_RUNS + self._decided_runs)
        if turn >= 2 * _TRIAL_RUNS:
            return work(self._decision)
        # Turn by turn, so that both ways meet the same neighbours.
        side_by_side = turn % 2 == 0
        start = self._clock()
        result = work(side_by_side)
        self._seconds[side_by_side].append(self._clock() - start)
        if turn == 2 * _TRIAL_RUNS - 1:
            self._decide()
        return result

    def _decide(self) -> None:
        decision = median(self._seconds[True]) <= median(self._seconds[False])
        confirmed = decision == self._decision
        longer = min(2 * self._decided_runs, _MOST_DECIDED_RUNS)
        self._decided_runs = longer if confirmed else _DECIDED_RUNS
        self._decision = decision
        self._seconds = {True: [], False: []}


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
