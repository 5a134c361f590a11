"""Runs of sweeps that wait: thousands of them, of which the server holds the ids alone."""

import threading
from collections import deque
from collections.abc import Callable, Sequence


class Backlog:
    """The runs of sweeps that nobody trains yet, in the order in which they came.

    They come after whatever else waits. Any thread may use it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[str]] = {}
        self._held: set[str] = set()
        self._tell: Callable[[], None] = lambda: None

    def __bool__(self) -> bool:
        """Tells whether `take` would give one."""
        with self._lock:
            return any(self._waiting.keys() - self._held)

    def __contains__(self, run_id: str) -> bool:
        with self._lock:
            return any(run_id in waiting for waiting in self._waiting.values())

    def listen(self, tell: Callable[[], None]) -> None:
        """Has `tell` called whenever there is something new to take."""
        self._tell = tell

    def add(self, sweep: str, run_ids: Sequence[str]) -> None:
        """Puts a sweep's runs at the end."""
        with self._lock:
            self._waiting.setdefault(sweep, deque()).extend(run_ids)
        self._tell()

    def hold(self, sweep: str) -> None:
        """Gives out no more of a sweep's runs until it is released."""
        with self._lock:
            self._held.add(sweep)

    def release(self, sweep: str) -> None:
        """Gives out a sweep's runs again."""
        with self._lock:
            self._held.discard(sweep)
        self._tell()

    def drop(self, sweep: str) -> list[str]:
        """Forgets a sweep; returns its runs that still waited."""
        with self._lock:
            self._held.discard(sweep)
            return list(self._waiting.pop(sweep, ()))

    def remove(self, run_id: str) -> bool:
        """Takes out one run that waits no more; tells whether it did."""
        with self._lock:
            for sweep, waiting in self._waiting.items():
                if run_id in waiting:
                    waiting.remove(run_id)
                    self._forget_if_empty(sweep)
                    return True
        return False

    def take(self) -> str | None:
        """Takes out the run whose turn it is, if there is one."""
        with self._lock:
            sweep = next((one for one in self._waiting if one not in self._held), None)
            if sweep is None:
                return None
            run_id = self._waiting[sweep].popleft()
            self._forget_if_empty(sweep)
            return run_id

    def _forget_if_empty(self, sweep: str) -> None:
        if not self._waiting[sweep]:
            del self._waiting[sweep]
