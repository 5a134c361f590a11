"""Takes in what workers report of their runs."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.connection import wait

from . import server_events
from .archive import Archive
from .assignment import Assignment
from .bell import Bell
from .endings import Endings
from .holding import Pool
from .last_words import LastWords
from .messages import Report


class Reports:
    """Notes each report, records it, and answers the command it follows from.

    Belongs to the supervisor's thread.

    Args:
        runs: the runs that workers have in hand, by their id.
        archive: keeps what runs tell.
        pool: takes back the workers of runs that are over.
        endings: ends the runs whose reports can't be recorded.
        last_words: sees to it that ends are recorded.
        ask: has something done in the supervisor's thread.
        bell: rings when a worker has reported.
    """

    def __init__(
        self,
        runs: dict[str, Assignment],
        archive: Archive,
        pool: Pool,
        endings: Endings,
        last_words: LastWords,
        ask: Callable[[Callable[[], None]], None],
        bell: Bell,
    ) -> None:
        self._runs = runs
        self._archive = archive
        self._pool = pool
        self._endings = endings
        self._last_words = last_words
        self._ask = ask
        self._bell = bell

    def take_in(self, run: Assignment) -> bool:
        """Notes all that a worker has reported; False if it has hung up.

        Raises:
            Exception: what it sent can't be read, or recorded.
        """
        has_ended = run.worker.mail.has_ended  # asked first: what came before it is all there
        while self._runs.get(run.run_id) is run:
            report = run.worker.mail.take()
            if report is None:
                return not has_ended
            self._note(run, report)
        return True

    def take_in_last(self, deadline: float) -> None:
        """Notes what workers that were told to leave report until each has hung up.

        Args:
            deadline: a `time.monotonic`, after which nobody is waited for.
        """
        leaving = list(self._runs.values())
        while True:
            leaving = [run for run in leaving if self._take_in_safely(run)]
            if not leaving or (seconds := deadline - time.monotonic()) <= 0:
                return
            wait([self._bell.source], seconds)
            self._bell.silence()

    def _take_in_safely(self, run: Assignment) -> bool:
        try:
            return self.take_in(run) and self._runs.get(run.run_id) is run
        except Exception as problem:
            self._endings.end_for(run, problem)
            return False

    def _note(self, run: Assignment, report: Report) -> None:
        is_stray = report.run_id != run.run_id
        if is_stray or run.last_word is not None:
            return
        if report.events:
            run.has_begun = True
            run.step = report.events[-1].step
        run.training_seconds = report.training_seconds
        run.peak_memory_bytes = report.peak_memory_bytes
        run.is_paused = report.is_paused
        recorded = self._archive.record(
            report.run_id,
            report.events,
            report.training_seconds,
            report.checkpoint,
            report.numerics,
        )
        run.worker.mail.noted(recorded)
        if not report.is_over:
            recorded.add_done_callback(lambda done: self._check_recorded(done, run))
        if report.is_over:
            run.ending = recorded
        run.answer(report.answers, recorded)
        if report.is_over:
            unrecorded = server_events.unrecorded(run.step)
            self._last_words.await_end(run.run_id, recorded, unrecorded, report.training_seconds)
            self._endings.release(run)
        if report.crash is not None:
            self._archive.keep_crash_report(report.run_id, report.crash)
        if report.is_over:
            self._pool.take_back(run.worker)

    def _check_recorded(self, recorded: "Future[None]", run: Assignment) -> None:
        if recorded.exception() is not None:
            self._ask(lambda: self._endings.end_unrecorded(run))
