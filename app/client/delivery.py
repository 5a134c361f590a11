"""Getting a run to where it goes, whatever happens there, and saying so once each time."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .batches import OutgoingBatch, batch_of, next_batch
from .film_file import FilmFile
from .pace import Closing, Pace
from .saying import command, say
from .server import Away, Busy, Heard, NobodyThere, RemoteServer, RunRefused, Welcome
from .waiting import Waiting

_MOST_ALERTS = 1000


class Stopped(Exception):
    """Nothing of the run can be delivered any more; says why."""


class Late(Exception):
    """The run is closed, and its time is over."""


class Delivery:
    """Delivers a run's batches in order, each until it was taken.

    Args:
        destination: a server, or a file.
        rest: the file for what no server takes.

    Attributes:
        heard: what was answered last.
        alerts: what the server warned of, until somebody takes it.
        page: of the run, once a server has it.
        file: where the run lies, or what is left of it, once it does.
    """

    def __init__(
        self,
        destination: RemoteServer | FilmFile,
        rest: FilmFile,
        waiting: Waiting,
        closing: Closing,
        pace: Pace,
    ) -> None:
        self._destination, self._rest = destination, rest
        self._waiting, self._closing, self._pace = waiting, closing, pace
        self._next, self._attempt = 1, 1
        self._batch: OutgoingBatch | None = None
        self._is_away = False
        self.heard = Heard((), ())
        self.alerts: deque[dict[str, Any]] = deque(maxlen=_MOST_ALERTS)
        self.page: str | None = None
        self.file: Path | None = None
        self.close, self.break_off = destination.close, destination.break_off

    @property
    def is_to_server(self) -> bool:
        """Whether somebody listens, as against a file."""
        return isinstance(self._destination, RemoteServer)

    def begin(self, registration: Mapping[str, Any], from_step: int) -> None:
        """Registers the run; where no server answers, begins a file.

        Raises:
            Stopped, Late: nothing can be delivered.
            OSError: the file can't be written.
        """
        while True:
            try:
                return self._begun(self._destination.begin(registration, from_step))
            except (Away, NobodyThere) as problem:
                assert isinstance(self._destination, RemoteServer)
                url, self._destination = self._destination.url, self._rest
                self.close()
                self.close = self._rest.close
                say(f"no Filterscope answers at {url} ({problem})")
            except Busy as busy:
                self._wait(str(busy), busy.seconds or self._pace.retry * 4)
            except RunRefused as refused:
                raise Stopped(f"the server refuses this run: {refused}") from None

    def deliver_next(self) -> bool:
        """Delivers what waits longest; False if nothing does.

        Raises:
            Stopped, Late: it wasn't delivered.
            OSError: the file can't be written any more.
        """
        if self._batch is None:
            self._batch = next_batch(self._waiting, self._next, self._attempt)
        if self._batch is None:
            return False
        self._deliver(self._batch)
        self._next, self._batch = self._next + self._batch.items, None
        return True

    def tell_of_life(self) -> None:
        """Sends a batch without anything in it."""
        self._deliver(batch_of([], [], self._next, self._attempt, self._waiting.left_out))

    def keep_rest(self, registration: Mapping[str, Any], from_step: int) -> None:
        """Writes what wasn't delivered into a file.

        Raises:
            OSError: it can't be written.
        """
        batch = self._batch or next_batch(self._waiting, self._next, self._attempt)
        if batch is None or not self.is_to_server:
            return
        self._rest.begin({**registration, "attempt": self._attempt}, from_step, batch.first)
        while batch is not None:
            self._rest.send(batch.first, batch.packet)
            batch = next_batch(self._waiting, batch.first + batch.items, self._attempt)
        self._rest.close()
        self.file = self._rest.path
        where = self.file
        say(f"what the server didn't get lies in {where}; `{command()} upload {where}` sends it")

    def _begun(self, welcome: Welcome) -> None:
        self._next, self._attempt, self._is_away = welcome.next, welcome.attempt, False
        self.heard = Heard(welcome.wanted, ())
        if isinstance(self._destination, FilmFile):
            self.file = self._destination.path
            say(f"this run is kept in {self.file}; `{command()} open {self.file}` shows it")
        else:
            self.page = welcome.url
            say(f"this run is shown at {self.page}")

    def _deliver(self, batch: OutgoingBatch) -> None:
        wait = self._pace.retry
        while True:
            try:
                self.heard = self._destination.send(batch.first, batch.packet)
                self.alerts.extend(self.heard.alerts)
                break
            except Away as away:
                self._wait(str(away), wait)
            except Busy as busy:
                self._wait(str(busy), max(wait, busy.seconds or 0))
            except RunRefused as refused:
                raise Stopped(f"the server refuses this run: {refused}") from None
            wait = min(2 * wait, self._pace.longest)
        if self._is_away:
            self._is_away = False
            say("the server answers again and gets what waited")

    def _wait(self, why: str, seconds: float) -> None:
        if not self._is_away:
            self._is_away = True
            say(f"the server takes nothing now ({why}); training goes on, and what it makes waits")
        self._waiting.settle()
        if not self._closing.pause(seconds):
            raise Late
