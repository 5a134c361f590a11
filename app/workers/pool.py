"""The worker processes that have nothing to do: one of them, warm, for the next run."""

import contextlib
import time
from collections.abc import Collection
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from .process import WorkerProcess

_GOODBYE_SECONDS = 0.5


class WorkerPool:
    """Hands out workers and takes them back. Belongs to the supervisor's thread."""

    def __init__(self, cache_folder: Path) -> None:
        self._cache_folder = cache_folder
        self._idle: list[WorkerProcess] = []

    def warm_one(self) -> None:
        """Sees to it that a worker warms up for the next run."""
        if not self._idle:
            self._idle.append(WorkerProcess(self._cache_folder))

    def sentinels(self) -> list[Any]:
        """Returns what becomes ready when an idle worker dies."""
        return [worker.sentinel for worker in self._idle]

    def take(self) -> WorkerProcess:
        """Takes a worker to work with, the warm one if there is one."""
        return self._idle.pop() if self._idle else WorkerProcess(self._cache_folder)

    def take_back(self, worker: WorkerProcess) -> None:
        """Keeps a worker whose run is over, if none is idle yet."""
        if self._idle:
            worker.close(_GOODBYE_SECONDS)
        else:
            self._idle.append(worker)

    def dismiss_dead(self, ready: Collection[Any]) -> None:
        """Forgets idle workers that have died."""
        for worker in [worker for worker in self._idle if worker.sentinel in ready]:
            self._idle.remove(worker)
            worker.discard()

    def dismiss_unreachable(self) -> None:
        """Forgets idle workers that can't be waited for."""
        for worker in list(self._idle):
            try:
                wait([worker.sentinel], 0)
            except Exception:
                self._idle.remove(worker)
                worker.discard()

    def dismiss_all(self, others: Collection[WorkerProcess], deadline: float) -> None:
        """Ends all idle workers and `others` by `deadline`, a `time.monotonic`."""
        for worker in self._idle:
            worker.kill()  # it has nothing to lose, and may be deep in warming up
        for worker in others:
            worker.connection.close()
        for worker in [*self._idle, *others]:
            worker.close(max(0.0, deadline - time.monotonic()))

    def clear_traces(self) -> None:
        """Removes what workers of a server that was killed left behind."""
        for trace in (self._cache_folder / "traces").glob("*.txt"):
            with contextlib.suppress(OSError):
                trace.unlink()
