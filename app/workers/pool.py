"""The worker processes that there are; one that has nothing to do is kept warm for the next run."""

import contextlib
import time
from collections.abc import Callable, Collection
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from .process import WorkerProcess

_GOODBYE_SECONDS = 0.5
_FIT_SECONDS = 5.0  # an idle worker that was silent for so long isn't given a run


class WorkerPool:
    """Makes workers, hands them out and takes them back. Belongs to the supervisor's thread.

    Args:
        cache_folder: where workers keep generated data sets and null tables.
        ring: called when a worker has said something, in a thread of its own.
    """

    def __init__(self, cache_folder: Path, ring: Callable[[], None]) -> None:
        self._cache_folder = cache_folder
        self._ring = ring
        self._made: list[WorkerProcess] = []  # all that weren't let go
        self._idle: list[WorkerProcess] = []

    def warm_one(self) -> None:
        """Sees to it that a worker warms up for the next run."""
        if not self._idle:
            self._idle.append(self._make())

    def sentinels(self) -> list[Any]:
        """Returns what becomes ready when an idle worker dies."""
        return [worker.sentinel for worker in self._idle]

    def take(self) -> WorkerProcess:
        """Takes a worker to work with, the warm one if there is one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.mail.silent_seconds < _FIT_SECONDS:
                return worker
            self.let_go(worker)
        return self._make()

    def take_back(self, worker: WorkerProcess) -> None:
        """Keeps a worker whose run is over, if none is idle yet."""
        if self._idle:
            self._made.remove(worker)
            worker.close(_GOODBYE_SECONDS)
        else:
            self._idle.append(worker)

    def let_go(self, worker: WorkerProcess) -> None:
        """Ends a worker at once; where that fails, `dismiss_lost` tries again."""
        worker.discard()
        if worker.is_closed and worker in self._made:
            self._made.remove(worker)

    def dismiss_dead(self, ready: Collection[Any]) -> None:
        """Forgets idle workers that have died."""
        for worker in [worker for worker in self._idle if worker.sentinel in ready]:
            self._idle.remove(worker)
            self.let_go(worker)

    def dismiss_unreachable(self) -> None:
        """Forgets idle workers that can't be waited for."""
        for worker in list(self._idle):
            try:
                wait([worker.sentinel], 0)
            except Exception:
                self._idle.remove(worker)
                self.let_go(worker)

    def dismiss_lost(self, in_hand: Collection[WorkerProcess], silent_seconds: float) -> None:
        """Ends workers that nobody has in hand, and idle ones silent for `silent_seconds`."""
        for worker in list(self._idle):
            if worker.mail.silent_seconds > silent_seconds:
                self._idle.remove(worker)
        for worker in [one for one in self._made if one not in self._idle and one not in in_hand]:
            self.let_go(worker)

    def dismiss_all(self, deadline: float) -> None:
        """Ends all workers by `deadline`, a `time.monotonic`."""
        for worker in self._made:
            if worker in self._idle:
                worker.kill()  # it has nothing to lose, and may be deep in warming up
            else:
                worker.mail.hang_up()
        for worker in self._made:
            worker.close(max(0.0, deadline - time.monotonic()))
        self._made.clear()

    def kill_all(self) -> None:
        """Ends all workers at once; for any thread, where the supervisor's hangs."""
        for worker in list(self._made):
            worker.kill()

    def clear_traces(self) -> None:
        """Removes what workers of a server that was killed left behind."""
        for trace in (self._cache_folder / "traces").glob("*.txt"):
            with contextlib.suppress(OSError):
                trace.unlink()

    def _make(self) -> WorkerProcess:
        self._made.append(WorkerProcess(self._cache_folder, self._ring))
        return self._made[-1]
