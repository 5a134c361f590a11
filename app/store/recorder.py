"""The one thread that writes: what is queued becomes one transaction, then is published."""

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import apsw

from ..events import EncodedEvent
from ..heartbeat import Heartbeat
from .damage import DAMAGE
from .errors import DatabaseGone, DataDamaged, StoreError
from .presence import Presence
from .tidying import Tidying
from .write_ahead_log import WriteAheadLog

Publish = Callable[[str, Sequence[tuple[int, EncodedEvent]]], None]
Work = Callable[[apsw.Connection], Any]

_LOG = logging.getLogger("filterscope.store")
_BATCH = 256  # jobs in one transaction, so that a flood can't hold the first one back for long
_BATCH_BYTES = 8 * 1024**2  # and no more than the write-ahead log takes well
_RETRY_SECONDS = 0.5
_HEARTBEAT_SECONDS = 5.0
_AFTER_TROUBLE_SECONDS = 0.1
# What may be well again in a while.
_NO_ROOM = (apsw.FullError, apsw.IOError, apsw.BusyError, DatabaseGone)


class _TransactionLost(Exception):
    """SQLite gave up the whole transaction because of one of its jobs."""


@dataclass(eq=False)
class _Job:
    work: Work
    committed: Callable[[Any], None]
    is_patient: bool
    size_bytes: int
    future: "Future[Any]" = field(default_factory=Future)
    is_taken: bool = False
    is_on_disk: bool = False
    result: Any = None


class Recorder:
    """Carries out jobs on the writing connection, in the order in which they were given.

    All jobs that wait when the last transaction ends share the next one: under load commits get
    fewer, not slower. A job that fails undoes itself and leaves its neighbours alone. Where the
    disk has no room, patient jobs wait in their order until it has; the others fail, or pass by.

    Between them the room of deleted runs is given back.

    Whatever is raised in the thread, each job is settled and the next ones are carried out.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        presence: Presence,
        wal: WriteAheadLog,
        tidying: Tidying,
    ) -> None:
        self.trouble: str | None = None
        self._connection = connection
        self._presence = presence
        self._wal = wal
        self._tidying = tidying
        self._jobs: deque[_Job] = deque()
        self._taken: list[_Job] = []  # of this turn; each is settled or stuck at its end
        self._stuck: deque[_Job] = deque()
        self._asked = threading.Condition()
        self._closed = False
        self._is_over = False
        self._thread = threading.Thread(target=self._serve, name="recorder", daemon=True)
        self.heartbeat = Heartbeat(self._thread, "records what runs tell")
        self._thread.start()

    def submit(
        self,
        work: Work,
        committed: Callable[[Any], None] = lambda _result: None,
        *,
        is_patient: bool = False,
        size_bytes: int = 0,
    ) -> "Future[Any]":
        """Queues `work`; its future resolves to its result once that is on disk and `committed`,
        called with the result, has returned. If `is_patient` it waits for a full disk.
        `size_bytes` says how much it writes, if that is much.

        Raises (through the future):
            StoreError: the store is closed, or the transaction failed.
            Exception: whatever `work` raised.
        """
        job = _Job(work, committed, is_patient, size_bytes)
        job.future.set_running_or_notify_cancel()  # it is done even if whoever asked has left
        with self._asked:
            if self._closed or not self._thread.is_alive():
                job.future.set_exception(StoreError("the store is closed"))
            else:
                self._jobs.append(job)
                self._asked.notify()
        return job.future

    def close(self) -> None:
        """Carries out what is queued and ends."""
        with self._asked:
            self._closed = True
            self._asked.notify()
        self._thread.join()

    def _serve(self) -> None:
        while not self._is_over or self._stuck:
            try:
                self._turn()
            except Exception:
                self._put_right()

    def _put_right(self) -> None:
        """Settles what is left of a turn that went wrong."""
        with contextlib.suppress(Exception):
            _LOG.exception("a turn of the recorder went wrong; it goes on")
            time.sleep(_AFTER_TROUBLE_SECONDS)
        self._settle_alone()

    def _turn(self) -> None:
        self._take()
        if self._taken:
            self._sort_in()
        else:
            self._retry()
        self._wal.keep_short()
        self._tidying.turn()
        if self._is_over:
            self._leave_stuck()
            self._tidying.finish()
        self.heartbeat.beat()

    def _take(self) -> None:
        """Takes what waits; nothing when it is time to retry, or to show that the thread lives."""
        self._taken = []
        patience = _RETRY_SECONDS if self._stuck else _HEARTBEAT_SECONDS
        if self._tidying.is_needed:
            patience = min(patience, self._tidying.pause_seconds)
        with self._asked:
            self._asked.wait_for(lambda: self._jobs or self._closed, patience)
            self._taken = self._fitting()
            for job in self._taken:
                job.is_taken = True
            while self._jobs and self._jobs[0].is_taken:
                self._jobs.popleft()
            self._is_over = self._closed and not self._jobs

    def _fitting(self) -> list[_Job]:
        """Returns the next jobs that go together into one transaction."""
        jobs, size = [], 0
        for job in islice(self._jobs, _BATCH):
            if not job.is_taken:
                jobs.append(job)
                size += job.size_bytes
            if size >= _BATCH_BYTES:
                break
        return jobs

    def _sort_in(self) -> None:
        if not self._stuck:
            self._carry_out(self._taken)
            return
        self._stuck.extend(job for job in self._taken if job.is_patient)
        for job in self._taken:
            if not job.is_patient:
                self._carry_out([job])

    def _retry(self) -> None:
        if self._stuck:
            self._taken, self._stuck = list(self._stuck), deque()
            self._carry_out(self._taken)
        if not self._stuck and self.trouble:
            _LOG.warning("writing works again")
            self.trouble = None

    def _leave_stuck(self) -> None:
        self._retry()
        for job in self._stuck:
            _fail(job, StoreError(f"nothing could be written: {self.trouble}"))
        self._stuck.clear()

    def _carry_out(self, batch: list[_Job]) -> None:
        done: list[_Job] = []
        try:
            self._presence.check()
            self._connection.execute("BEGIN IMMEDIATE")
            for job in batch:
                self._attempt(job, done)
            self._connection.execute("COMMIT")
        except (apsw.Error, DatabaseGone, _TransactionLost) as problem:
            self._recover(batch, problem)
            return
        for job in done:
            job.is_on_disk = True
        for job in done:
            self._tell(job)

    def _attempt(self, job: _Job, done: list[_Job]) -> None:
        self._connection.execute("SAVEPOINT job")
        try:
            job.result = job.work(self._connection)
        except _NO_ROOM:
            raise
        except Exception as problem:
            if not self._connection.in_transaction:
                raise _TransactionLost(str(problem)) from problem
            self._connection.execute("ROLLBACK TO job")
            _fail(job, DataDamaged(None, "a page") if isinstance(problem, DAMAGE) else problem)
        else:
            done.append(job)
        self._connection.execute("RELEASE job")

    def _recover(self, batch: list[_Job], problem: Exception) -> None:
        """Gives each job of a failed transaction one of its own: most may still succeed."""
        self._roll_back()
        waiting = [job for job in batch if not job.future.done()]
        if len(batch) == 1:
            for job in waiting:
                self._give_up(job, problem)
            return
        for job in waiting:
            self._carry_out_in_order(job)

    def _carry_out_in_order(self, job: _Job) -> None:
        if job.is_patient and self._stuck:
            self._stuck.append(job)
        else:
            self._carry_out([job])

    def _settle_alone(self) -> None:
        """Carries out each job that a turn left, or says that it can't be."""
        for job in self._taken:
            try:
                self._roll_back()
                if job.is_on_disk:
                    self._tell(job)
                elif not job.future.done() and job not in self._stuck:
                    self._carry_out_in_order(job)
            except Exception as again:
                _fail(job, StoreError(f"nothing could be written: {again}"))

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _give_up(self, job: _Job, problem: Exception) -> None:
        """Gives up for good, or for now."""
        if job.is_patient and isinstance(problem, _NO_ROOM):
            if self.trouble is None:
                _LOG.error("nothing can be written just now: %s", problem)
            self._stuck.append(job)
            self.trouble = _in_words(problem)
        else:
            _LOG.error("a transaction failed: %s", problem)
            _fail(job, StoreError(f"nothing could be written: {problem}"))

    def _tell(self, job: _Job) -> None:
        if job.future.done():
            return
        try:
            job.committed(job.result)
        except Exception:
            _LOG.exception("publishing failed; the events are on disk all the same")
        job.future.set_result(job.result)


def _fail(job: _Job, problem: Exception) -> None:
    if not job.future.done():
        job.future.set_exception(problem)


def _in_words(problem: Exception) -> str:
    if isinstance(problem, DatabaseGone):
        return "the database was taken away"
    return "the disk is full" if isinstance(problem, apsw.FullError) else "the disk can't be used"
