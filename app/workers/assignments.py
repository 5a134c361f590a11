"""The runs that workers have in hand: what they report, how they end."""

import contextlib
import logging
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from multiprocessing.connection import wait
from typing import Any

from ..events import Cause, EncodedEvent, Status
from ..past import Past
from . import server_events
from .archive import Archive
from .assignment import Assignment, NotPossible, settle
from .containment import contained
from .last_words import LastWords
from .messages import Command, Hold, Job, Leave, Report
from .pool import WorkerPool
from .process import WorkerProcess
from .run_queue import QueuedRun

ENDED = "This run has ended. Start it again to train further."
NO_ROOM = "The disk is full. Make room, and this run goes on by itself."
CLOSING = "The server is shutting down."
_STOP_TOLD_AFTER_SECONDS = 1.0
_STOP_FORCED_AFTER_SECONDS = 10.0
_LOG = logging.getLogger("filterscope.supervisor")


class Assignments:
    """All assignments of the moment. Belongs to the supervisor's thread.

    Where the server itself meets an error with a run, that run alone ends.

    Args:
        archive: keeps what runs tell.
        pool: the workers.
        last_words: records how runs ended.
        ask: has something done in the supervisor's thread.
    """

    def __init__(
        self,
        archive: Archive,
        pool: WorkerPool,
        last_words: LastWords,
        ask: Callable[[Callable[[], None]], None],
    ) -> None:
        self._archive = archive
        self._pool = pool
        self._last_words = last_words
        self._ask = ask
        self._runs: dict[str, Assignment] = {}
        self._is_held = False

    def __len__(self) -> int:
        return len(self._runs)

    @property
    def training(self) -> int:
        """How many runs train, rather than pause."""
        return sum(not run.is_paused for run in self._runs.values())

    def sources(self) -> list[Any]:
        """Returns what becomes ready when a worker reports or dies."""
        return [
            source
            for run in self._runs.values()
            for source in (run.worker.connection, run.worker.sentinel)
        ]

    def find(self, run_id: str) -> Assignment | None:
        """Finds the assignment of a run, if a worker has it in hand."""
        return self._runs.get(run_id)

    def begin(self, queued: QueuedRun, past: Past | None, worker: WorkerProcess) -> None:
        """Gives a run to a worker: from its beginning, or on from its past."""
        run = Assignment(
            queued.run_id,
            worker,
            step=queued.step,
            training_seconds=queued.training_seconds,
            is_paused=queued.status == "paused",
        )
        self._runs[run.run_id] = run
        with self._ending_alone(run):
            if queued.is_resumed and queued.status != "queued":
                self._tell_status(run, queued.status, "restart")
            run.send(Job(queued.run_id, queued.recipe, past))

    def pass_on(self, run: Assignment, command: Command, asked: "Future[None]") -> None:
        """Sends a command to the run's worker; `asked` resolves when its effect is on disk."""
        instruction = command.instruction
        if self._is_held and (instruction.status == "running" or instruction.advance is not None):
            settle(asked, NotPossible(NO_ROOM))
            return
        run.unanswered[command.number] = asked
        if instruction.status == "stopped" and run.stop_asked_at is None:
            run.stop_asked_at = time.monotonic()
        run.send(command)

    def hear(self, ready: Collection[Any]) -> None:
        """Takes in what workers report, and buries those that died."""
        for run in list(self._runs.values()):
            with self._ending_alone(run):
                if run.worker.connection in ready:
                    if not self._take_in(run):
                        self._bury(run)
                elif run.worker.sentinel in ready:
                    self._bury(run)

    def end_unreachable(self) -> None:
        """Ends the runs whose workers can't be waited for."""
        for run in list(self._runs.values()):
            with self._ending_alone(run):
                wait([run.worker.connection, run.worker.sentinel], 0)

    def hold(self, is_held: bool) -> None:
        """Lets no run train while what it tells can't be kept, and says so in its log."""
        self._is_held = is_held
        for run in [run for run in self._runs.values() if run.is_held != is_held]:
            with self._ending_alone(run):
                run.is_held = is_held
                run.send(Hold(run.run_id, is_held))
                if not run.is_paused:
                    self._tell_status(run, "paused" if is_held else "running", "disk_full")

    @property
    def is_stopping(self) -> bool:
        """Whether somebody waits for a run to stop."""
        return any(run.stop_asked_at is not None for run in self._runs.values())

    def press_stops(self) -> None:
        """Reports a worker deep in a long update as stopping, and ends it if it takes too long."""
        for run in list(self._runs.values()):
            if run.stop_asked_at is not None:
                with self._ending_alone(run):
                    self._press(run, time.monotonic() - run.stop_asked_at)

    def leave(self, deadline: float) -> None:
        """Has every worker report a last checkpoint by `deadline`, then ends them all."""
        leaving = list(self._runs.values())
        for run in leaving:
            run.send(Leave())
        while leaving and (seconds := deadline - time.monotonic()) > 0:
            ready = set(wait([run.worker.connection for run in leaving], seconds))
            leaving = [
                run
                for run in leaving
                if (run.worker.connection not in ready or self._take_in_safely(run))
                and self._runs.get(run.run_id) is run
            ]
        for run in list(self._runs.values()):
            with contained(f"leaving run {run.run_id}"):
                self._tell_status(run, "interrupted")
            run.refuse_unanswered(CLOSING)
        self._pool.dismiss_all([run.worker for run in self._runs.values()], deadline)

    @contextlib.contextmanager
    def _ending_alone(self, run: Assignment) -> Iterator[None]:
        """Ends the run, with a sentence, where its block raises; the others go on."""
        try:
            yield
        except Exception as problem:
            self._end_for(run, problem)

    def _end_for(self, run: Assignment, problem: Exception) -> None:
        _LOG.error("run %s can't go on", run.run_id, exc_info=problem)
        if self._runs.get(run.run_id) is run:
            self._end(run, run.last_word or server_events.given_up(run.step, problem))
            run.worker.discard()

    def _press(self, run: Assignment, waited_seconds: float) -> None:
        if waited_seconds > _STOP_TOLD_AFTER_SECONDS and not run.stopping_told:
            run.stopping_told = True
            self._tell_status(run, "stopping")
        if waited_seconds > _STOP_FORCED_AFTER_SECONDS:
            run.last_word = server_events.stopped(run.step)
            run.worker.kill()

    def _take_in_safely(self, run: Assignment) -> bool:
        try:
            return self._take_in(run)
        except Exception as problem:
            self._end_for(run, problem)
            return False

    def _take_in(self, run: Assignment) -> bool:
        """Notes all that a worker has reported; False if it has hung up."""
        while True:
            try:
                if not run.worker.connection.poll():
                    return True
                report = run.worker.connection.recv()
            except (EOFError, OSError):
                return False
            self._note(run, report)

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
            self._release(run)
        if report.crash is not None:
            self._archive.keep_crash_report(report.run_id, report.crash)
        if report.is_over:
            self._pool.take_back(run.worker)

    def _check_recorded(self, recorded: "Future[None]", run: Assignment) -> None:
        if recorded.exception() is not None:
            self._ask(lambda: self._give_up(run))

    def _give_up(self, run: Assignment) -> None:
        """Ends a run whose events can't be kept, rather than going on with a gap."""
        if self._runs.get(run.run_id) is run:
            run.last_word = server_events.unrecorded(run.step)
            run.worker.kill()

    def _end(self, run: Assignment, last_word: EncodedEvent) -> None:
        self._last_words.say(run.run_id, last_word, run.training_seconds)
        self._release(run)

    def _release(self, run: Assignment) -> None:
        self._runs.pop(run.run_id, None)
        run.refuse_unanswered(ENDED)

    def _bury(self, run: Assignment) -> None:
        """Handles the death of a worker with a run in hand: the run says so, a new worker warms
        up.
        """
        if self._runs.get(run.run_id) is not run:
            return
        death = run.worker.how_it_ended(run.peak_memory_bytes)
        self._end(run, run.last_word or server_events.died(run.step, death))
        if run.last_word is None:
            self._archive.keep_crash_report(run.run_id, death.report(run.run_id, run.step))
        run.worker.discard()
        self._pool.warm_one()

    def _tell_status(self, run: Assignment, status: Status, cause: Cause | None = None) -> None:
        self._tell(run, server_events.status(status, run.step, cause))

    def _tell(self, run: Assignment, event: EncodedEvent) -> None:
        self._archive.record(run.run_id, [event], run.training_seconds)
