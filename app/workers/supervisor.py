"""Looks after the worker processes: who trains what, who waits, who died."""

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import Pipe
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Literal

from ..recipe import Recipe
from ..training.instruction import Instruction
from .archive import Archive
from .assignment import NotPossible, settle
from .assignments import ENDED, Assignments
from .containment import contained
from .last_words import LastWords
from .messages import Command
from .pool import WorkerPool
from .run_queue import QueuedRun
from .turns import Turns

__all__ = ["NotPossible", "Supervisor"]

_STOPS_LOOKED_AT_SECONDS = 0.25
_ROOM_LOOKED_AT_SECONDS = 1.0
_AFTER_TROUBLE_SECONDS = 1.0
_HEARTBEAT_SECONDS = 5.0
_SILENT_SECONDS = 30.0  # without a whole turn for so long, something hangs
_LOG = logging.getLogger("filterscope.supervisor")


_Request = tuple[Callable[[], None], "Future[None] | None"]


class Supervisor:
    """Runs at most `runs_at_once` trainings in processes of their own; the rest wait in line.

    All state belongs to one thread; the public methods only hand it requests. What goes wrong in a
    request or with a run ends that request or run alone. A paused run gives up its turn but keeps
    its process, so that resuming is instant.

    Args:
        archive: keeps what runs tell, and gives it back to those that go on.
        runs_at_once: how many runs may train at the same time.
        cache_folder: where workers keep generated data sets and null tables.
        has_room: whether what runs tell can be kept just now; while not, none trains.
    """

    def __init__(
        self,
        *,
        archive: Archive,
        runs_at_once: int,
        cache_folder: Path,
        has_room: Callable[[], bool] = lambda: True,
    ) -> None:
        self._has_room = has_room
        self._requests: queue.SimpleQueue[_Request] = queue.SimpleQueue()
        self._ear, self._bell = Pipe(duplex=False)
        self._numbers = itertools.count(1)
        self._pool = WorkerPool(cache_folder)
        self._last_words = LastWords(archive, self._ask)
        self._assignments = Assignments(archive, self._pool, self._last_words, self._ask)
        self._turns = Turns(archive, self._pool, self._assignments, self._last_words, runs_at_once)
        self._served_at = time.monotonic()
        self._closing = False
        self._close_seconds = 0.0
        self._thread = threading.Thread(target=self._serve, name="supervisor", daemon=True)

    def open(self) -> None:
        """Starts looking after workers, with one warming up for the first run."""
        self._thread.start()

    @property
    def trouble(self) -> str | None:
        """Why no run can train just now, in words; None if all is well."""
        if not self._thread.is_alive():
            return "the thread that starts and stops runs has ended"
        silent = time.monotonic() - self._served_at
        if silent > _SILENT_SECONDS:
            return f"the thread that starts and stops runs did nothing for {silent:.0f} seconds"
        return None

    def start(self, run_id: str, recipe: Recipe) -> None:
        """Puts a run in line; it begins at once if a place is free."""
        self._ask(lambda: self._turns.line_up(QueuedRun(run_id, recipe)))

    def resume(
        self, run_id: str, recipe: Recipe, step: int, training_seconds: float
    ) -> "Future[None]":
        """Puts a run that was interrupted in line; the future resolves when that is recorded.

        Args:
            step: how far it is on record.
            training_seconds: how long it has trained.
        """
        asked: Future[None] = Future()
        queued = QueuedRun(run_id, recipe, "queued", step, training_seconds, is_resumed=True)
        self._ask(lambda: self._turns.line_up_again(queued, asked), asked)
        return asked

    def command(
        self,
        run_id: str,
        *,
        status: Literal["paused", "running", "stopped"] | None = None,
        learning_rate: float | None = None,
        advance: int | None = None,
    ) -> "Future[None]":
        """Asks a live run for a change; the future resolves when what it caused is recorded.

        Raises (through the future):
            NotPossible: the run can't do that now; the message says why.
        """
        asked: Future[None] = Future()
        command = Command(next(self._numbers), run_id, Instruction(status, learning_rate, advance))
        self._ask(lambda: self._pass_on(command, asked), asked)
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
        self._close_seconds = timeout_seconds
        self._closing = True
        self._ask(lambda: None)
        self._thread.join()

    def _ask(self, request: Callable[[], None], asked: "Future[None] | None" = None) -> None:
        self._requests.put((request, asked))
        self._bell.send_bytes(b".")

    def _serve(self) -> None:
        with contained("clearing up after the last server"):
            self._pool.clear_traces()
        with contained("warming up a worker"):
            self._pool.warm_one()
        while not self._closing:
            with contained("a turn of the supervisor"):
                self._turn()
                self._served_at = time.monotonic()
        self._shut_down()

    def _turn(self) -> None:
        ready = self._wait()
        if self._ear in ready:
            self._ear.recv_bytes()
            self._carry_out(*self._requests.get())
        self._assignments.hear(ready)
        with contained("dismissing workers that died"):
            self._pool.dismiss_dead(ready)
        self._assignments.press_stops()
        self._last_words.repeat()
        has_room = self._is_there_room()
        self._assignments.hold(not has_room)
        if has_room:
            self._turns.assign()

    def _wait(self) -> set[Any]:
        """Waits for what becomes ready. A worker that can't be waited for loses its run, not the
        others.
        """
        try:
            sources = [self._ear, *self._assignments.sources(), *self._pool.sentinels()]
            return set(wait(sources, self._patience()))
        except Exception:
            _LOG.exception("some worker can't be waited for")
            self._assignments.end_unreachable()
            self._pool.dismiss_unreachable()
            return set(wait([self._ear], _AFTER_TROUBLE_SECONDS))

    def _carry_out(self, request: Callable[[], None], asked: "Future[None] | None") -> None:
        try:
            request()
        except Exception as problem:
            _LOG.exception("a request to the supervisor failed")
            if asked is not None:
                settle(asked, problem)

    def _is_there_room(self) -> bool:
        try:
            return self._has_room()
        except Exception:  # a disk that can't be looked at keeps nothing either
            _LOG.exception("nobody can say how much room there is")
            return False

    def _patience(self) -> float:
        if self._assignments.is_stopping:
            return _STOPS_LOOKED_AT_SECONDS
        is_busy = len(self._assignments) or self._turns or self._last_words
        return _ROOM_LOOKED_AT_SECONDS if is_busy else _HEARTBEAT_SECONDS

    def _pass_on(self, command: Command, asked: "Future[None]") -> None:
        if run := self._assignments.find(command.run_id):
            self._assignments.pass_on(run, command, asked)
        elif queued := self._turns.find(command.run_id):
            self._turns.answer(queued, command, asked)
        else:
            settle(asked, NotPossible(ENDED))

    def _shut_down(self) -> None:
        self._turns.interrupt_all()
        with contained("taking leave of the workers"):
            self._assignments.leave(time.monotonic() + self._close_seconds)
