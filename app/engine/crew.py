"""Python threads that work on one batch at the same time; NumPy lets go of the interpreter."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class Crew:
    """Runs tasks side by side: the first in the calling thread, the others in threads of its own.

    Which thread runs a task never changes its result.
    """

    def __init__(self, size: int) -> None:
        self._threads = ThreadPoolExecutor(size - 1, "engine") if size > 1 else None

    def run(self, tasks: Sequence[Callable[[], Result]]) -> list[Result]:
        """Results in the tasks' order; an exception in any task is raised here."""
        if self._threads is None:
            return [task() for task in tasks]
        others = [self._threads.submit(task) for task in tasks[1:]]
        first = [task() for task in tasks[:1]]
        return first + [other.result() for other in others]


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
