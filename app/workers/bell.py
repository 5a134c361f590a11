"""Wakes the supervisor's thread, from any other."""

import contextlib
import threading
from multiprocessing import Pipe


class Bell:
    """Rings once, however often it is rung, until it is silenced; ringing it never waits.

    Attributes:
        source: becomes ready when somebody has rung; for `multiprocessing.connection.wait`.
    """

    def __init__(self) -> None:
        self.source, self._rope = Pipe(duplex=False)
        self._lock = threading.Lock()
        self._is_rung = False

    def ring(self) -> None:
        """Wakes whoever waits for `source`, now or when they next do."""
        with self._lock, contextlib.suppress(OSError):
            if not self._is_rung:
                self._is_rung = True
                self._rope.send_bytes(b".")

    def silence(self) -> None:
        """Has it ring anew for what comes from here on."""
        with self._lock:
            self._is_rung = False
            while self.source.poll():
                self.source.recv_bytes()
