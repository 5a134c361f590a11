"""What the recorder is asked to write, in the order in which it was asked."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import apsw

from .errors import StoreError

Work = Callable[[apsw.Connection], Any]

_LOG = logging.getLogger("filterscope.store")
_BATCH = 256  # jobs in one transaction, so that a flood can't hold the first one back for long
_BATCH_BYTES = 8 * 1024**2  # and no more than the write-ahead log takes well


@dataclass(eq=False)
class WriteJob:
    """Something to write, and who waits for it."""

    work: Work
    committed: Callable[[Any], None]
    is_patient: bool
    size_bytes: int
    future: "Future[Any]" = field(default_factory=Future)
    is_taken: bool = False
    is_on_disk: bool = False
    result: Any = None

    def fail(self, problem: Exception) -> None:
        """Says that it won't be done, unless its outcome is known already."""
        if not self.future.done():
            self.future.set_exception(problem)

    def tell(self) -> None:
        """Publishes what is on disk now, and says so to who waits."""
        if self.future.done():
            return
        try:
            self.committed(self.result)
        except Exception:
            _LOG.exception("publishing failed; the events are on disk all the same")
        self.future.set_result(self.result)


class WriteJobs:
    """A queue that any thread puts jobs into and the recorder's thread takes batches from."""

    def __init__(self) -> None:
        self._waiting: deque[WriteJob] = deque()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, job: WriteJob, taker: threading.Thread) -> None:
        """Queues it; it fails at once if the queue is closed or `taker` lives no more."""
        with self._changed:
            if self._closed or not taker.is_alive():
                job.fail(StoreError("the store is closed"))
            else:
                self._waiting.append(job)
                self._changed.notify()

    def close(self) -> None:
        """Lets nothing in any more; what is there can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def wait(self, patience_seconds: float) -> None:
        """Returns when a job waits, the queue was closed, or that time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed, patience_seconds)

    def take(self, batch: list[WriteJob]) -> bool:
        """Puts the next jobs that go together into one transaction into `batch`.

        Returns whether none will come after them. A job is in `batch` before it leaves the queue,
        so that an error in between loses none.
        """
        with self._changed:
            batch.extend(self._fitting())
            for job in batch:
                job.is_taken = True
            while self._waiting and self._waiting[0].is_taken:
                self._waiting.popleft()
            return self._closed and not self._waiting

    def _fitting(self) -> list[WriteJob]:
        jobs, size = [], 0
        for job in islice(self._waiting, _BATCH):
            if not job.is_taken:
                jobs.append(job)
                size += job.size_bytes
            if size >= _BATCH_BYTES:
                break
        return jobs
