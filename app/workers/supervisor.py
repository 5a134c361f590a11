"""Looks after the worker processes: who trains what, who waits, who died."""

import itertools
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import Pipe
from multiprocessing.connection import wait
from pathlib import Path
from typing import Literal

from ..events import EncodedEvent
from ..recipe import Recipe
from ..training.instruction import Instruction
from . import server_events
from .archive import Archive
from .assignment import NotPossible, settle, settle_when
from .assignments import ENDED, Assignments
from .messages import Command
from .pool import WorkerPool
from .run_queue import QueuedRun, RunQueue

__all__ = ["NotPossible", "Supervisor"]

WAITS = "This run waits for its turn; until then it can be stopped."
_PAUSED_AT_MOST = 4  # runs that may wait in memory beyond those that train
_STOPS_LOOKED_AT_SECONDS = 0.25
_ROOM_LOOKED_AT_SECONDS = 1.0


class Supervisor:
    """Runs at most `runs_at_once` trainings in processes of their own; the rest wait in line.

    All state belongs to one thread; the public methods only hand it requests. A paused run gives
    up its turn but keeps its process, so that resuming is instant.

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
        self._archive = archive
        self._runs_at_once = runs_at_once
        self._has_room = has_room
        self._requests: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ear, self._bell = Pipe(duplex=False)
        self._numbers = itertools.count(1)
        self._known: set[str] = set()  # every run that was ever put in line here
        self._queue = RunQueue()
        self._pool = WorkerPool(cache_folder)
        self._assignments = Assignments(archive, self._pool, self._ask)
        self._closing = False
        self._close_seconds = 0.0
        self._thread = threading.Thread(target=self._serve, name="supervisor", daemon=True)

    def open(self) -> None:
        """Starts looking after workers, with one warming up for the first run."""
        self._thread.start()

    def start(self, run_id: str, recipe: Recipe) -> None:
        """Puts a run in line; it begins at once if a place is free."""
        self._ask(lambda: self._line_up(QueuedRun(run_id, recipe)))

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
        self._ask(lambda: self._line_up_again(queued, asked))
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
        self._ask(lambda: self._pass_on(command, asked))
        return asked

    def worker_of(self, run_id: str) -> int:
        """The process id of the worker that has a run in hand. Raises KeyError if none has."""
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

    def _ask(self, request: Callable[[], None]) -> None:
        self._requests.put(request)
        self._bell.send_bytes(b".")

    def _serve(self) -> None:
        self._pool.clear_traces()
        self._pool.warm_one()
        while not self._closing:
            sources = [self._ear, *self._assignments.sources(), *self._pool.sentinels()]
            ready = set(wait(sources, timeout=self._patience()))
            if self._ear in ready:
                self._ear.recv_bytes()
                self._requests.get()()
            self._assignments.hear(ready)
            self._pool.dismiss_dead(ready)
            self._assignments.press_stops()
            has_room = self._has_room()
            self._assignments.hold(not has_room)
            if has_room:
                self._assign()
        self._shut_down()

    def _patience(self) -> float | None:
        if self._assignments.is_stopping:
            return _STOPS_LOOKED_AT_SECONDS
        return _ROOM_LOOKED_AT_SECONDS if len(self._assignments) or any(self._queue) else None

    def _assign(self) -> None:
        while len(self._assignments) < self._runs_at_once + _PAUSED_AT_MOST:
            queued = self._queue.next(may_train=self._assignments.training < self._runs_at_once)
            if queued is None:
                return
            past = self._archive.past(queued.run_id) if queued.is_resumed else None
            if past is not None or not queued.is_resumed:  # else it was deleted meanwhile
                self._assignments.begin(queued, past)

    def _line_up(self, queued: QueuedRun) -> None:
        self._known.add(queued.run_id)
        self._queue.add(queued)

    def _line_up_again(self, queued: QueuedRun, asked: "Future[None]") -> None:
        if queued.run_id in self._known:  # somebody else asked for it too
            settle(asked)
            return
        self._line_up(queued._replace(status=self._archive.training_status(queued.run_id)))
        self._tell(queued, server_events.status("queued", queued.step, "restart"), asked)

    def _pass_on(self, command: Command, asked: "Future[None]") -> None:
        if run := self._assignments.find(command.run_id):
            self._assignments.pass_on(run, command, asked)
        elif queued := self._queue.find(command.run_id):
            self._answer_waiting(queued, command, asked)
        else:
            settle(asked, NotPossible(ENDED))

    def _answer_waiting(self, queued: QueuedRun, command: Command, asked: "Future[None]") -> None:
        if command.instruction.status != "stopped":
            settle(asked, NotPossible(WAITS))
            return
        self._queue.remove(queued)
        self._tell(queued, server_events.stopped(queued.step), asked)

    def _tell(self, queued: QueuedRun, event: EncodedEvent, asked: "Future[None]") -> None:
        recorded = self._archive.record(queued.run_id, [event], queued.training_seconds)
        settle_when(recorded, asked)

    def _shut_down(self) -> None:
        for queued in self._queue:
            self._tell(queued, server_events.status("interrupted", queued.step), Future())
        self._assignments.leave(time.monotonic() + self._close_seconds)
