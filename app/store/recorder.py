"""The one thread that writes: what is queued becomes one transaction, then is published."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, NamedTuple

import apsw

from app.events import EncodedEvent
from app.store.errors import StoreError

Publish = Callable[[str, Sequence[tuple[int, EncodedEvent]]], None]
Work = Callable[[apsw.Connection], Any]

_LOG = logging.getLogger("filterscope.store")
_BATCH = 256  # jobs in one transaction, so that a flood can't hold the first one back for long


class _TransactionLost(Exception):
    """SQLite gave up the whole transaction because of one of its jobs."""


class _Job(NamedTuple):
    work: Work
    committed: Callable[[Any], None]
    future: "Future[Any]"


class Recorder:
    """Carries out jobs on the writing connection, in the order in which they were given.

    All jobs that wait when the last transaction ends share the next one: under load commits get
    fewer, not slower. A job that fails undoes itself and leaves its neighbours alone.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="recorder", daemon=True)
        self._thread.start()

    def submit(
        self, work: Work, committed: Callable[[Any], None] = lambda _result: None
    ) -> "Future[Any]":
        """Queues `work`; its future resolves to its result once that is on disk and `committed`,
        called with the result, has returned.

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
                self._jobs.put(_Job(work, committed, future))
        return future

    def close(self) -> None:
        """Carries out what is queued and ends."""
        with self._lock:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch = [job]
            while len(batch) < _BATCH and (job := self._next_if_any()) is not None:
                batch.append(job)
            self._carry_out(batch)

    def _next_if_any(self) -> _Job | None:
        try:
            job = self._jobs.get_nowait()
        except queue.Empty:
            return None
        if job is None:
            self._jobs.put(None)  # the end, to be met again by the outer loop
        return job

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
        except Exception as problem:
            if not self._connection.in_transaction:  # a full disk takes all of it back
                raise _TransactionLost(str(problem)) from problem
            self._connection.execute("ROLLBACK TO job")
            job.future.set_exception(problem)
        else:
            done.append((job, result))
        self._connection.execute("RELEASE job")

    def _recover(self, batch: list[_Job], problem: Exception) -> None:
        """After a transaction that failed each job gets one of its own: most may still succeed."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        waiting = [job for job in batch if not job.future.done()]
        if len(batch) > 1:
            for job in waiting:
                self._carry_out([job])
            return
        _LOG.error("a transaction failed: %s", problem)
        for job in waiting:
            job.future.set_exception(StoreError(f"nothing could be written: {problem}"))

    def _tell(self, job: _Job, result: Any) -> None:
        try:
            job.committed(result)
        except Exception:
            _LOG.exception("publishing failed; the events are on disk all the same")
        job.future.set_result(result)
