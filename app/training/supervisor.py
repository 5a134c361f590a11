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
from . import notices
from .archive import Archive
from .assignment import NotPossible, settle, settle_when
from .line import Line, Place
from .messages import Command, Wish
from .shift import ENDED, Shift
from .staff import Staff

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
        self._line = Line()
        self._staff = Staff(cache_folder)
        self._shift = Shift(archive, self._staff, self._ask)
        self._closing = False
        self._close_seconds = 0.0
        self._thread = threading.Thread(target=self._serve, name="supervisor", daemon=True)

    def open(self) -> None:
        """Starts looking after workers, with one warming up for the first run."""
        self._thread.start()

    def start(self, run_id: str, recipe: Recipe) -> None:
        """Puts a run in line; it begins at once if a place is free."""
        self._ask(lambda: self._line_up(Place(run_id, recipe)))

    def resume(
        self, run_id: str, recipe: Recipe, step: int, training_seconds: float
    ) -> "Future[None]":
        """Puts a run that was interrupted in line; the future resolves when that is recorded.

        Args:
            step: how far it is on record.
            training_seconds: how long it has trained.
        """
        asked: Future[None] = Future()
        place = Place(run_id, recipe, "queued", step, training_seconds, is_resumed=True)
        self._ask(lambda: self._line_up_again(place, asked))
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
        command = Command(next(self._numbers), run_id, Wish(status, learning_rate, advance))
        self._ask(lambda: self._pass_on(command, asked))
        return asked

    def worker_of(self, run_id: str) -> int:
        """The process id of the worker that has a run in hand. Raises KeyError if none has."""
        run = self._shift.find(run_id)
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
        self._staff.clear_traces()
        self._staff.warm_one()
        while not self._closing:
            sources = [self._ear, *self._shift.sources(), *self._staff.sentinels()]
            ready = set(wait(sources, timeout=self._patience()))
            if self._ear in ready:
                self._ear.recv_bytes()
                self._requests.get()()
            self._shift.hear(ready)
            self._staff.dismiss_dead(ready)
            self._shift.press_stops()
            has_room = self._has_room()
            self._shift.hold(not has_room)
            if has_room:
                self._assign()
        self._shut_down()

    def _patience(self) -> float | None:
        if self._shift.is_stopping:
            return _STOPS_LOOKED_AT_SECONDS
        return _ROOM_LOOKED_AT_SECONDS if len(self._shift) or any(self._line) else None

    def _assign(self) -> None:
        while len(self._shift) < self._runs_at_once + _PAUSED_AT_MOST:
            place = self._line.next(may_train=self._shift.training < self._runs_at_once)
            if place is None:
                return
            past = self._archive.past(place.run_id) if place.is_resumed else None
            if past is not None or not place.is_resumed:  # else it was deleted meanwhile
                self._shift.begin(place, past)

    def _line_up(self, place: Place) -> None:
        self._known.add(place.run_id)
        self._line.add(place)

    def _line_up_again(self, place: Place, asked: "Future[None]") -> None:
        if place.run_id in self._known:  # somebody else asked for it too
            settle(asked)
            return
        self._line_up(place._replace(status=self._archive.training_status(place.run_id)))
        self._tell(place, notices.status("queued", place.step, "restart"), asked)

    def _pass_on(self, command: Command, asked: "Future[None]") -> None:
        if run := self._shift.find(command.run_id):
            self._shift.pass_on(run, command, asked)
        elif place := self._line.find(command.run_id):
            self._answer_waiting(place, command, asked)
        else:
            settle(asked, NotPossible(ENDED))

    def _answer_waiting(self, place: Place, command: Command, asked: "Future[None]") -> None:
        if command.wish.status != "stopped":
            settle(asked, NotPossible(WAITS))
            return
        self._line.remove(place)
        self._tell(place, notices.stopped(place.step), asked)

    def _tell(self, place: Place, event: EncodedEvent, asked: "Future[None]") -> None:
        recorded = self._archive.record(place.run_id, [event], place.training_seconds)
        settle_when(recorded, asked)

    def _shut_down(self) -> None:
        for place in self._line:
            self._tell(place, notices.status("interrupted", place.step), Future())
        self._shift.leave(time.monotonic() + self._close_seconds)
