"""Looks after the worker processes: who trains what, who waits, who died."""

import itertools
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Literal

from ..recipe import Recipe
from ..training.instruction import Instruction
from .archive import Archive
from .assignment import NotPossible, settle
from .assignments import Assignments
from .backlog import Backlog
from .bell import Bell
from .endings import ENDED
from .holding import Pool
from .last_words import LastWords
from .messages import Command
from .pool import WorkerPool
from .requests import Requests
from .roll import Roll
from .run_queue import QueuedRun
from .stalls import STALLED_SECONDS
from .supervisor_thread import SupervisorThread
from .turns import WAITS, Turns

__all__ = ["NotPossible", "Supervisor"]


class Supervisor:
    """Runs at most `runs_at_once` trainings in processes of their own; the rest wait in line.

    All state belongs to one thread; the public methods only hand it requests. What goes wrong in a
    request or with a run ends that request or run alone. A paused run gives up its turn but keeps
    its process, so that resuming is instant.

    Args:
        archive: keeps what runs tell, and gives it back to those that go on.
        runs_at_once: how many runs may train at the same time; asked each time where that changes.
        cache_folder: where workers keep generated data sets and null tables.
        has_room: whether what runs tell can be kept just now; while not, none trains.
        stalled_seconds: without a sign of a worker, until its run is said to be stalled.
        backlog: runs of sweeps, which train whenever nobody else waits.
        make_pool: makes who trains, given that folder and what is to be called when there is news.
    """

    def __init__(
        self,
        *,
        archive: Archive,
        runs_at_once: int | Callable[[], int],
        cache_folder: Path,
        has_room: Callable[[], bool] = lambda: True,
        stalled_seconds: float = STALLED_SECONDS,
        backlog: Backlog | None = None,
        make_pool: Callable[[Path, Callable[[], None]], Pool] = WorkerPool,
    ) -> None:
        backlog = Backlog() if backlog is None else backlog
        self._numbers = itertools.count(1)
        bell, roll = Bell(), Roll()
        self._requests = Requests(bell)
        self._pool = make_pool(cache_folder, bell.ring)
        places = runs_at_once if callable(runs_at_once) else lambda: runs_at_once
        self._last_words = LastWords(archive, roll, bell.ring)
        self._assignments = Assignments(
            archive, self._pool, self._last_words, self._requests, bell, stalled_seconds
        )
        self._turns = Turns(
            *(archive, self._pool, self._assignments, self._last_words, roll, places),
            *(backlog, self._requests.ask),
        )
        backlog.listen(bell.ring)
        self._thread = SupervisorThread(
            bell,
            self._requests,
            self._pool,
            self._assignments,
            self._turns,
            self._last_words,
            has_room,
            stalled_seconds,
        )

    def open(self) -> None:
        """Starts looking after workers, with one warming up for the first run."""
        self._thread.start()

    @property
    def trouble(self) -> str | None:
        """Why no run can train just now, in words; None if all is well."""
        return self._thread.trouble

    def knows(self, run_id: str) -> bool:
        """Tells whether a run was ever given to this supervisor; any thread may ask."""
        return self._turns.knows(run_id)

    def start(self, run_id: str, recipe: Recipe) -> None:
        """Puts a run in line; it begins at once if a place is free."""
        queued = QueuedRun(run_id, recipe)
        asked: Future[None] = Future()
        asked.add_done_callback(lambda done: self._turns.refuse(queued, done.exception()))
        self._requests.ask(lambda: self._turns.line_up(queued), asked)

    def resume(
        self,
        run_id: str,
        recipe: Recipe,
        step: int,
        training_seconds: float,
        *,
        of_sweep: bool = False,
    ) -> "Future[None]":
        """Puts a run that was interrupted in line; the future resolves when that is recorded.

        Args:
            step: how far it is on record.
            training_seconds: how long it has trained.
            of_sweep: whether it comes after those that were asked for alone.
        """
        asked: Future[None] = Future()
        queued = QueuedRun(
            *(run_id, recipe, "queued", step, training_seconds), is_resumed=True, of_sweep=of_sweep
        )
        self._requests.ask(lambda: self._turns.line_up_again(queued, asked), asked)
        return asked

    def command(
        self,
        run_id: str,
        *,
        status: Literal["paused", "running", "stopped"] | None = None,
        learning_rate: float | None = None,
        advance: int | None = None,
        total_steps: int | None = None,
    ) -> "Future[None]":
        """Asks a live run for a change; the future resolves when what it caused is recorded.

        Raises (through the future):
            NotPossible: the run can't do that now; the message says why.
        """
        asked: Future[None] = Future()
        instruction = Instruction(status, learning_rate, advance, total_steps)
        command = Command(next(self._numbers), run_id, instruction)
        self._requests.ask(lambda: self._pass_on(command, asked), asked)
        return asked

    def worker_of(self, run_id: str) -> int:
        """Gives the process id of the worker that has a run in hand. Raises KeyError if none
        has.
        """
        run = self._assignments.find(run_id)
        if run is None:
            raise KeyError(run_id)
        return run.worker.pid

    def close(self, timeout_seconds: float) -> None:
        """Ends all workers within about `timeout_seconds`; live runs are left as interrupted."""
        self._thread.close(timeout_seconds)

    def _pass_on(self, command: Command, asked: "Future[None]") -> None:
        run_id = command.run_id
        if run := self._assignments.find(run_id):
            if run.is_waiting and command.instruction.status != "stopped":
                settle(asked, NotPossible(WAITS))
            else:
                self._assignments.pass_on(run, command, asked)
        elif queued := self._turns.find(run_id) or self._turns.called_up(command):
            self._turns.answer(queued, command, asked)
        else:
            settle(asked, NotPossible(WAITS if self._turns.waits_in_sweep(run_id) else ENDED))
