"""Where a run's task is: at a worker that trains it, or at the scheduler, which has none for it."""

import time

_NEAR_SECONDS = 5.0  # a task asks once a second


class TaskPlace:
    """Knows at which worker an attempt began, and which one the scheduler has given the task to.

    A worker that is lost takes its attempt along, and the scheduler gives the task to another, soon
    or when there is one. A process that hangs asks nothing, but is where the scheduler knows it.
    """

    def __init__(self) -> None:
        self._here: str | None = None
        self._given_to: str | None = None
        self._asked_at = 0.0

    @property
    def is_at_worker(self) -> bool:
        """Tells whether a worker has the run, rather than that its task waits for one."""
        if self._here is None:
            return False
        is_near = time.monotonic() - self._asked_at < _NEAR_SECONDS
        return is_near or self._here == self._given_to

    def begin(self, worker: str) -> None:
        """Notes that an attempt begins at a worker, and so its task asks."""
        self._here = worker
        self.hear()

    def hear(self) -> None:
        """Notes that the attempt has asked, or told, something."""
        self._asked_at = time.monotonic()

    def give(self, worker: str | None) -> None:
        """Notes which worker the scheduler has given the task to; None: it is at none."""
        self._given_to = worker
