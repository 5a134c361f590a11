"""Takes in what workers report of their runs."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.connection import wait

from .archive import Archive
from .assignment import Assignment
from .endings import Endings
from .messages import Report
from .pool import WorkerPool


class Reports:
    """Notes each report, records it, and answers the command it follows from.

    Belongs to the supervisor's thread.

    Args:
        runs: the runs that workers have in hand, by their id.
        archive: keeps what runs tell.
        pool: takes back the workers of runs that are over.
        endings: ends the runs whose reports can't be recorded.
        ask: has something done in the supervisor's thread.
    """

    def __init__(
        self,
        runs: dict[str, Assignment],
        archive: Archive,
        pool: WorkerPool,
        endings: Endings,
        ask: Callable[[Callable[[], None]], None],
    ) -> None:
        self._runs = runs
        self._archive = archive
        self._pool = pool
        self._endings = endings
        self._ask = ask

    def take_in(self, run: Assignment) -> bool:
        """Notes all that a worker has reported; False if it has hung up."""
        while True:
            try:
                if not run.worker.connection.poll():
                    return True
                report = run.worker.connection.recv()
            except (EOFError, OSError):
                return False
            self._note(run, report)

    def take_in_last(self, deadline: float) -> None:
        """Notes what workers that were told to leave report until each has hung up.

        Args:
            deadline: a `time.monotonic`, after which nobody is waited for.
        """
        leaving = list(self._runs.values())
        while leaving and (seconds := deadline - time.monotonic()) > 0:
            ready = set(wait([run.worker.connection for run in leaving], seconds))
            leaving = [
                run
                for run in leaving
                if (run.worker.connection not in ready or self._take_in_safely(run))
                and self._runs.get(run.run_id) is run
            ]

    def _take_in_safely(self, run: Assignment) -> bool:
        try:
            return self.take_in(run)
        except Exception as problem:
            self._endings.end_for(run, problem)
            return False

    def _note(self, run: Assignment, report: Report) -> None:
        is_stray = self._runs.get(report.run_id) is not run
        if is_stray or run.last_word is not None:
            return
        if report.events:
            run.step = report.events[-1].step
        run.training_seconds = report.training_seconds
        run.peak_memory_bytes = report.peak_memory_bytes
        run.is_paused = report.is_paused
        recorded = self._archive.record(
            report.run_id, report.events, report.training_seconds, report.checkpoint
        )
        recorded.add_done_callback(lambda done: self._check_recorded(done, run))
        run.answer(report.answers, recorded)
        if report.is_over:
            self._endings.release(run)
        if report.crash is not None:
            self._archive.keep_crash_report(report.run_id, report.crash)
        if report.is_over:
            self._pool.take_back(run.worker)

    def _check_recorded(self, recorded: "Future[None]", run: Assignment) -> None:
        if recorded.exception() is not None:
            self._ask(lambda: self._endings.end_unrecorded(run))
