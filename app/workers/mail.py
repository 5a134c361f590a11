"""The server's ends of a worker's pipes. A worker that hangs keeps nobody waiting."""

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.connection import Connection
from typing import NamedTuple

from .messages import Beat, Report

_UNREAD = 2  # reports, which may be large; then the worker waits, as at a full pipe


class Mail:
    """Writes to a worker and reads from it in threads of its own.

    What is sent waits until the worker takes it; what it sends is there when it is whole. The
    threads alone close the pipes, when the worker is gone or was told that nothing follows.

    Args:
        incoming: from the worker.
        outgoing: to the worker.
        ring: called when there is something to take in, in a thread of its own.

    Attributes:
        heard_at: a `time.monotonic`, when the worker last gave a sign of going on.
        has_ended: whether the worker has hung up; what it said before may still wait.
    """

    def __init__(
        self, incoming: Connection, outgoing: Connection, ring: Callable[[], None]
    ) -> None:
        self.heard_at = time.monotonic()
        self._incoming = incoming
        self._outgoing = outgoing
        self._ring = ring
        self._unsent: queue.SimpleQueue[NamedTuple | None] = queue.SimpleQueue()
        self._unread: queue.Queue[Report] = queue.Queue(_UNREAD)
        self._problem: Exception | None = None
        self._is_left = False
        self.has_ended = False
        self._reader = threading.Thread(target=self._read, name="mail-in", daemon=True)
        self._writer = threading.Thread(target=self._write, name="mail-out", daemon=True)
        self._reader.start()
        self._writer.start()

    @property
    def silent_seconds(self) -> float:
        """How long the worker gave no sign of going on."""
        return time.monotonic() - self.heard_at

    @property
    def has_place(self) -> bool:
        """Tells that somebody has the run: a process of this machine has it at once."""
        return True

    def send(self, message: NamedTuple) -> None:
        """Tells the worker, as soon as it listens; one that is dead is buried when that is seen."""
        self._unsent.put(message)

    def hang_up(self) -> None:
        """Tells the worker that nothing follows."""
        self._unsent.put(None)

    def forget(self) -> None:
        """Leaves unread what a worker says that was let go."""
        self._is_left = True
        with contextlib.suppress(queue.Empty):
            while True:
                self._unread.get_nowait()

    def take(self) -> Report | None:
        """Returns the next report, if there is one.

        Raises:
            Exception: what came can't be read.
        """
        try:
            return self._unread.get_nowait()
        except queue.Empty:
            if self._problem is not None:
                raise self._problem from None
            return None

    def noted(self, recorded: "Future[None]") -> None:
        """Does nothing: a worker of this machine doesn't wait until a report is on disk."""

    def _read(self) -> None:
        try:
            with self._incoming:
                while True:
                    message = self._incoming.recv()
                    self.heard_at = time.monotonic()
                    if not isinstance(message, Beat) and not self._is_left:
                        self._unread.put(message)
                        self._ring()
        except (EOFError, OSError):
            pass
        except Exception as problem:
            self._problem = problem
        self.has_ended = True
        self._ring()

    def _write(self) -> None:
        with contextlib.suppress(OSError, ValueError), self._outgoing:
            while (message := self._unsent.get()) is not None:
                self._outgoing.send(message)
