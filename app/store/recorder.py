"""The one thread that writes: what is queued becomes one transaction, then is published."""

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import apsw

from ..events import EncodedEvent
from ..heartbeat import Heartbeat
from .errors import StoreError
from .jobs import Work, WriteJob, WriteJobs
from .presence import Presence
from .tidying import Tidying
from .transaction import FAILED, NO_ROOM, commit, in_words, roll_back
from .write_ahead_log import WriteAheadLog

Publish = Callable[[str, Sequence[tuple[int, EncodedEvent]]], None]

_LOG = logging.getLogger("filterscope.store")
_RETRY_SECONDS = 0.5
_HEARTBEAT_SECONDS = 5.0
_AFTER_TROUBLE_SECONDS = 0.1


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
        self._jobs = WriteJobs()
        self._taken: list[WriteJob] = []  # of this turn; each is settled or stuck at its end
        self._stuck: deque[WriteJob] = deque()
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
        job = WriteJob(work, committed, is_patient, size_bytes)
        job.future.set_running_or_notify_cancel()  # it is done even if whoever asked has left
        self._jobs.put(job, self._thread)
        return job.future

    def close(self) -> None:
        """Carries out what is queued and ends."""
        self._jobs.close()
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
        self._jobs.wait(patience)
        self._is_over = self._jobs.take(self._taken)

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
            job.fail(StoreError(f"nothing could be written: {self.trouble}"))
        self._stuck.clear()

    def _carry_out(self, batch: list[WriteJob]) -> None:
        try:
            commit(self._connection, self._presence, batch)
        except FAILED as problem:
            self._recover(batch, problem)

    def _recover(self, batch: list[WriteJob], problem: Exception) -> None:
        """Gives each job of a failed transaction one of its own: most may still succeed."""
        roll_back(self._connection)
        waiting = [job for job in batch if not job.future.done()]
        if len(batch) == 1:
            for job in waiting:
                self._give_up(job, problem)
            return
        for job in waiting:
            self._carry_out_in_order(job)

    def _carry_out_in_order(self, job: WriteJob) -> None:
        if job.is_patient and self._stuck:
            self._stuck.append(job)
        else:
            self._carry_out([job])

    def _settle_alone(self) -> None:
        """Carries out each job that a turn left, or says that it can't be."""
        for job in self._taken:
            try:
                roll_back(self._connection)
                if job.is_on_disk:
                    job.tell()
                elif not job.future.done() and job not in self._stuck:
                    self._carry_out_in_order(job)
            except Exception as again:
                job.fail(StoreError(f"nothing could be written: {again}"))

    def _give_up(self, job: WriteJob, problem: Exception) -> None:
        """Gives up for good, or for now."""
        if job.is_patient and isinstance(problem, NO_ROOM):
            if self.trouble is None:
                _LOG.error("nothing can be written just now: %s", problem)
            self._stuck.append(job)
            self.trouble = in_words(problem)
        else:
            _LOG.error("a transaction failed: %s", problem)
            job.fail(StoreError(f"nothing could be written: {problem}"))
