"""The one thread that writes: what is queued becomes one transaction, then is published."""

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, NamedTuple

import apsw

from ..events import EncodedEvent
from .errors import StoreError

Publish = Callable[[str, Sequence[tuple[int, EncodedEvent]]], None]
Work = Callable[[apsw.Connection], Any]

_LOG = logging.getLogger("filterscope.store")
_BATCH = 256  # jobs in one transaction, so that a flood can't hold the first one back for long
_RETRY_SECONDS = 0.5
_NO_ROOM = (apsw.FullError, apsw.IOError, apsw.BusyError)  # what may be well again in a while


class _TransactionLost(Exception):
    """SQLite gave up the whole transaction because of one of its jobs."""


class _Job(NamedTuple):
    work: Work
    committed: Callable[[Any], None]
    is_patient: bool
    future: "Future[Any]"


class Recorder:
    """Carries out jobs on the writing connection, in the order in which they were given.

    All jobs that wait when the last transaction ends share the next one: under load commits get
    fewer, not slower. A job that fails undoes itself and leaves its neighbours alone. Where the
    disk has no room, patient jobs wait in their order until it has; the others fail, or pass by.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self.trouble: str | None = None
        self._connection = connection
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._stuck: deque[_Job] = deque()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="recorder", daemon=True)
        self._thread.start()

    def submit(
        self,
        work: Work,
        committed: Callable[[Any], None] = lambda _result: None,
        *,
        is_patient: bool = False,
    ) -> "Future[Any]":
        """Queues `work`; its future resolves to its result once that is on disk and `committed`,
        called with the result, has returned. If `is_patient` it waits for a full disk.

        Raises (through the future):
            StoreError: the store is closed, or the transaction failed.
            Exception: whatever `work` raised.
        """
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # whoever asked may leave: it is done all the same
        with self._lock:
            if self._closed:
                future.set_exception(StoreError("the store is closed"))
            else:
                self._jobs.put(_Job(work, committed, is_patient, future))
        return future

    def close(self) -> None:
        """Carries out what is queued and ends."""
        with self._lock:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (batch := self._next_batch()) is not None:
            if batch:
                self._sort_in(batch)
            else:
                self._retry()
        self._retry()
        for job in self._stuck:
            job.future.set_exception(StoreError(f"nothing could be written: {self.trouble}"))

    def _next_batch(self) -> list[_Job] | None:
        """Returns what waits, at least one; nothing when it is time to retry; None at the end."""
        try:
            job = self._jobs.get(timeout=_RETRY_SECONDS if self._stuck else None)
        except queue.Empty:
            return []
        if job is None:
            return None
        batch = [job]
        while len(batch) < _BATCH and (job := self._next_if_any()) is not None:
            batch.append(job)
        return batch

    def _next_if_any(self) -> _Job | None:
        try:
            job = self._jobs.get_nowait()
        except queue.Empty:
            return None
        if job is None:
            self._jobs.put(None)  # the end, to be met again by the outer loop
        return job

    def _sort_in(self, batch: list[_Job]) -> None:
        if not self._stuck:
            self._carry_out(batch)
            return
        self._stuck.extend(job for job in batch if job.is_patient)
        for job in batch:
            if not job.is_patient:
                self._carry_out([job])

    def _retry(self) -> None:
        stuck, self._stuck = list(self._stuck), deque()
        if stuck:
            self._carry_out(stuck)
        if not self._stuck and self.trouble:
            _LOG.warning("writing works again")
            self.trouble = None

    def _carry_out(self, batch: list[_Job]) -> None:
        done: list[tuple[_Job, Any]] = []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                self._attempt(job, done)
            self._connection.execute("COMMIT")
        except (apsw.Error, _TransactionLost) as problem:
            self._recover(batch, problem)
            return
        for job, result in done:
            self._tell(job, result)

    def _attempt(self, job: _Job, done: list[tuple[_Job, Any]]) -> None:
        self._connection.execute("SAVEPOINT job")
        try:
            result = job.work(self._connection)
        except _NO_ROOM:
            raise
        except Exception as problem:
            if not self._connection.in_transaction:
                raise _TransactionLost(str(problem)) from problem
            self._connection.execute("ROLLBACK TO job")
            job.future.set_exception(problem)
        else:
            done.append((job, result))
        self._connection.execute("RELEASE job")

    def _recover(self, batch: list[_Job], problem: Exception) -> None:
        """Gives each job of a failed transaction one of its own: most may still succeed."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        waiting = [job for job in batch if not job.future.done()]
        if len(batch) == 1:
            for job in waiting:
                self._give_up(job, problem)
            return
        for job in waiting:
            if job.is_patient and self._stuck:
                self._stuck.append(job)
            else:
                self._carry_out([job])

    def _give_up(self, job: _Job, problem: Exception) -> None:
        """Gives up for good, or for now."""
        if job.is_patient and isinstance(problem, _NO_ROOM):
            if self.trouble is None:
                _LOG.error("nothing can be written just now: %s", problem)
            self._stuck.append(job)
            self.trouble = _in_words(problem)
        else:
            _LOG.error("a transaction failed: %s", problem)
            job.future.set_exception(StoreError(f"nothing could be written: {problem}"))

    def _tell(self, job: _Job, result: Any) -> None:
        try:
            job.committed(result)
        except Exception:
            _LOG.exception("publishing failed; the events are on disk all the same")
        job.future.set_result(result)


def _in_words(problem: Exception) -> str:
    return "the disk is full" if isinstance(problem, apsw.FullError) else "the disk can't be used"
