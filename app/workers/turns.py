"""Who trains next: runs that wait in line, and how they get a worker."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future

from ..events import EncodedEvent
from . import server_events
from .archive import Archive
from .assignment import NotPossible, settle, settle_when
from .assignments import Assignments
from .backlog import Backlog
from .containment import contained
from .holding import Pool, Worker
from .last_words import LastWords
from .messages import Command
from .revival import Revival
from .roll import Roll
from .run_queue import QueuedRun, RunQueue

WAITS = "This run waits for its turn; until then it can be stopped."
_PAUSED_AT_MOST = 4  # runs that may wait in memory beyond those that train
_PROCESS_AWAITED_SECONDS = 10.0
_LOG = logging.getLogger("filterscope.supervisor")


class Turns:
    """The line of runs that wait, and whose turn it is. Belongs to the supervisor's thread.

    Args:
        archive: keeps what runs tell.
        pool: the workers.
        assignments: the runs that workers have in hand.
        last_words: records how runs ended.
        roll: takes down each run that is put in line.
        runs_at_once: how many runs may train at the same time.
        backlog: runs of sweeps, which come when nobody else waits.
        ask: has something done in the supervisor's thread.
    """

    def __init__(
        self,
        archive: Archive,
        pool: Pool,
        assignments: Assignments,
        last_words: LastWords,
        roll: Roll,
        runs_at_once: Callable[[], int],
        backlog: Backlog,
        ask: Callable[[Callable[[], None]], None],
    ) -> None:
        self._archive = archive
        self._backlog = backlog
        self._pool = pool
        self._assignments = assignments
        self._last_words = last_words
        self._roll = roll
        self._runs_at_once = runs_at_once
        self._queue = RunQueue()
        self._known: set[str] = set()  # every run that was ever put in line here
        self._no_process_since: float | None = None
        self._revival = Revival(archive, roll, ask, self.line_up, self._fail)
        assignments.unless_it_dies(self._revival.goes_on)

    def __bool__(self) -> bool:
        return any(self._queue) or bool(self._backlog)

    def line_up(self, queued: QueuedRun) -> None:
        """Puts a new run at the end of the line."""
        self._roll.enter(queued)
        self._known.add(queued.run_id)
        self._queue.add(queued)

    def refuse(self, queued: QueuedRun, problem: BaseException | None) -> None:
        """Has a run fail that couldn't be put in line."""
        if problem is not None:
            self._roll.enter(queued)
            self._fail(queued, problem)

    def line_up_again(self, queued: QueuedRun, asked: "Future[None]") -> None:
        """Puts an interrupted run at the end of the line; `asked` resolves when that is recorded.

        Raises:
            Exception: nothing can be read of it, or recorded; the run has failed then.
        """
        if queued.run_id in self._known:  # somebody else asked for it too
            settle(asked)
            return
        self._roll.enter(queued)
        try:
            status = self._archive.training_status(queued.run_id)
            self._tell(queued, server_events.status("queued", queued.step, "restart"), asked)
        except Exception as problem:
            self._fail(queued, problem)
            raise
        self.line_up(queued._replace(status=status))

    def find(self, run_id: str) -> QueuedRun | None:
        """Finds where a run waits, if it does."""
        return self._queue.find(run_id)

    def answer(self, queued: QueuedRun, command: Command, asked: "Future[None]") -> None:
        """Stops a run that waits; nothing else is possible with it."""
        if command.instruction.status != "stopped":
            settle(asked, NotPossible(WAITS))
            return
        self._queue.remove(queued)
        event = server_events.stopped(queued.step)
        self._last_words.say(queued.run_id, event, queued.training_seconds, [asked])

    def assign(self) -> None:
        """Gives workers to those whose turn it is; a run that can't begin fails alone."""
        while len(self._assignments) < self._runs_at_once() + _PAUSED_AT_MOST:
            queued = self._queue.next(self._may_train) or self._next_of_sweeps()
            if queued is None:
                return
            try:
                worker = self._pool.take()
            except OSError as problem:  # no memory, no file descriptor: soon there may be
                self._await_process(queued, problem)
                return
            except Exception as problem:
                self._fail(queued, problem)
                return
            self._no_process_since = None
            self._begin(queued, worker)

    @property
    def trouble(self) -> str | None:
        """Why nobody's turn comes, in words; None if all is well."""
        if self._no_process_since is None or len(self._assignments) or not self:
            return None
        return "no process can be started for want of memory or file descriptors"

    def end_lost(self) -> None:
        """Ends runs that neither wait nor train, for something went wrong on their way."""
        for queued in self._roll.runs():
            run_id = queued.run_id
            is_somewhere = self._queue.find(run_id) or self._assignments.find(run_id)
            is_on_its_way = run_id in self._last_words or run_id in self._revival
            if not is_somewhere and not is_on_its_way:
                self._fail(queued, RuntimeError("something went wrong on its way to a worker"))

    def _may_train(self, queued: QueuedRun) -> bool:
        """Tells whether a run has a place: one that was asked for alone doesn't wait for those of a
        sweep, which wait for all.
        """
        training = self._assignments
        count = training.training if queued.of_sweep else training.training_alone
        return count < self._runs_at_once()

    def _next_of_sweeps(self) -> QueuedRun | None:
        while self._assignments.training < self._runs_at_once():
            run_id = self._backlog.take()
            if run_id is None:
                return None
            if queued := self._fetched(run_id):
                return queued
        return None

    def _fetched(self, run_id: str) -> QueuedRun | None:
        """Reads what a run of a sweep is to train; None if it is gone, or has failed by that."""
        try:
            recipe = self._archive.recipe_of(run_id)
        except Exception as problem:
            _LOG.error("run %s can't begin", run_id, exc_info=problem)
            self._archive.record(run_id, [server_events.given_up(0, problem)], 0.0)
            return None
        if recipe is None:
            return None
        queued = QueuedRun(run_id, recipe, of_sweep=True)
        self._roll.enter(queued)
        self._known.add(run_id)
        return queued

    def knows(self, run_id: str) -> bool:
        """Tells whether a run was ever put in line here, or waits in a sweep; any thread may
        ask.
        """
        return run_id in self._known or run_id in self._backlog

    def waits_in_sweep(self, run_id: str) -> bool:
        """Tells whether a run is one of a sweep whose turn hasn't come."""
        return run_id in self._backlog

    def called_up(self, command: Command) -> QueuedRun | None:
        """Puts a run of a sweep that waits, and is to stop, where it can be answered."""
        is_stop = command.instruction.status == "stopped"
        if not (is_stop and self._backlog.remove(command.run_id)):
            return None
        queued = self._fetched(command.run_id)
        if queued is not None:
            self._queue.add(queued)
        return queued

    def interrupt_all(self) -> None:
        """Says of every run that waits that the server leaves it."""
        for queued in list(self._queue):
            with contained(f"leaving run {queued.run_id}"):
                self._tell(queued, server_events.status("interrupted", queued.step), Future())

    def _begin(self, queued: QueuedRun, worker: Worker) -> None:
        try:
            past = self._archive.past(queued.run_id) if queued.is_resumed else None
            beginning = self._archive.beginning(queued.run_id)
        except Exception as problem:
            self._fail(queued, problem)
            self._pool.take_back(worker)
            return
        if past is not None or not queued.is_resumed:
            self._assignments.begin(queued, past, worker, beginning)
        else:  # it was deleted meanwhile
            self._roll.leave(queued.run_id)
            self._pool.take_back(worker)

    def _await_process(self, queued: QueuedRun, problem: OSError) -> None:
        """Keeps a run first in line while no process can be started, for a while."""
        now = time.monotonic()
        self._no_process_since = self._no_process_since or now
        if now - self._no_process_since < _PROCESS_AWAITED_SECONDS:
            self._queue.add_first(queued)
        else:
            self._no_process_since = None
            self._fail(queued, problem)

    def _fail(self, queued: QueuedRun, problem: BaseException) -> None:
        _LOG.error("run %s can't begin", queued.run_id, exc_info=problem)
        self._known.discard(queued.run_id)
        failed = server_events.given_up(queued.step, problem)
        self._last_words.say(queued.run_id, failed, queued.training_seconds)

    def _tell(self, queued: QueuedRun, event: EncodedEvent, asked: "Future[None]") -> None:
        recorded = self._archive.record(queued.run_id, [event], queued.training_seconds)
        settle_when(recorded, asked)
