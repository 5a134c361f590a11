"""The thread that sends: the training's own never waits for a server."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .batches import MOST_BYTES
from .delivery import Delivery, Late, Stopped
from .film_file import FilmFile
from .pace import Closing, Pace
from .saying import say
from .server import RemoteServer
from .waiting import Waiting


class Sender(threading.Thread):
    """Sends what waits, in order.

    Args:
        destination: a server, or a file.
        rest: the file for what no server takes.

    Attributes:
        alerts: what the server warned of, for the training's own thread.
        is_over: that nothing is sent any more.
    """

    def __init__(
        self, waiting: Waiting, destination: RemoteServer | FilmFile, rest: FilmFile, pace: Pace
    ) -> None:
        super().__init__(name="filterscope", daemon=True)
        self._waiting, self._pace, self._closing = waiting, pace, Closing()
        self._delivery = Delivery(destination, rest, waiting, self._closing, pace)
        self._registration: Mapping[str, Any] | None = None
        self._from_step = 0
        self._begins, self._ended = threading.Event(), threading.Event()
        self._claim = threading.Lock()
        self.alerts = self._delivery.alerts
        self.is_over = False

    @property
    def wanted(self) -> tuple[int, ...]:
        """Places of layers that somebody looks at."""
        return self._delivery.heard.wanted

    @property
    def page(self) -> str | None:
        """The run's page, once a server has it."""
        return self._delivery.page

    @property
    def file(self) -> Path | None:
        """Where the run lies, or what is left of it, once it does."""
        return self._delivery.file

    def begin(self, registration: Mapping[str, Any], from_step: int) -> None:
        """Says what the run says of itself; nothing is sent before.

        Args:
            from_step: updates that another process made before this one went on.
        """
        self._registration, self._from_step = registration, from_step
        self._begins.set()

    def catch_up(self, seconds: float) -> None:
        """Returns when all that waits was delivered, or when the time is over."""
        deadline = time.monotonic() + seconds
        while (self._waiting or self._waiting.nbytes) and time.monotonic() < deadline:
            time.sleep(0.02)

    def close(self) -> None:
        """Sends what waits, for a moment; what is left then goes into a file."""
        seconds = self._pace.close
        self._closing.begin(seconds * 2 / 3)
        self._begins.set()
        if not self._ended.wait(seconds * 2 / 3):
            self._delivery.break_off()
            if not self._ended.wait(seconds / 6):
                self._keep_rest()

    def run(self) -> None:
        """Sends until all is sent or nothing can be."""
        try:
            self._begins.wait()
            if self._registration is not None:
                self._delivery.begin(self._registration, self._from_step)
                self._send_all()
        except Late:
            pass
        except Stopped as stopped:
            self.give_up(str(stopped))
        except Exception as problem:
            self.give_up(f"watching stopped ({type(problem).__name__}: {problem})")
        self._keep_rest()
        self._delivery.close()
        self._ended.set()

    def _send_all(self) -> None:
        last = time.monotonic()
        while not self.is_over:
            is_closed = self._closing.has_begun()  # asked before the last look at what waits
            if self._delivery.deliver_next():
                last = time.monotonic()
            elif is_closed:
                return
            elif time.monotonic() - last > self._pace.life and self._delivery.is_to_server:
                self._delivery.tell_of_life()
                last = time.monotonic()
            if self._closing.is_late and self._delivery.is_to_server:
                return
            self._gather()

    def _gather(self) -> None:
        """Waits until it is worth sending again."""
        if self._closing.has_begun() or self._waiting.nbytes > MOST_BYTES:
            return
        until = time.monotonic() + self._pace.rows
        while time.monotonic() < until and not self._waiting.has_news:
            self._closing.pause(self._pace.gather)
            if self._closing.has_begun():
                break
        self._waiting.settle()

    def give_up(self, words: str) -> None:
        """Tells nothing more, and says why."""
        self.is_over = True
        self._waiting.end()
        say(f"{words.rstrip('.')}. Training goes on unwatched")

    def _keep_rest(self) -> None:
        """Keeps what wasn't sent, in the first thread that gets here."""
        was_given_up = self.is_over
        if self._registration is None or not self._claim.acquire(blocking=False):
            return
        self.is_over = True
        try:
            if not was_given_up:
                self._delivery.keep_rest(self._registration, self._from_step)
        except Exception as problem:
            say(f"what the server didn't get can't be kept: {problem}")
