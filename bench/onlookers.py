"""Two who use a server while others abuse it: a health check, and a viewer of `bench.attacked`."""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection

from bench.attacked import WATCHED_RUN
from bench.attacks import head

_PAUSE_SECONDS = 0.05
_PATIENCE_SECONDS = 60.0
_RECEIVED_AT_ONCE = 1 << 16
_EVENT = re.compile(rb"id: (\d+)\n.*\"loss\":\[([0-9.]+)\]", re.DOTALL)


def probe(port: int, seconds: list[float], enough: threading.Event) -> None:
    """Asks /healthz over a kept connection; one that was cut is made anew."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    while not enough.wait(_PAUSE_SECONDS):
        began = time.perf_counter()
        with _made_anew(connection):
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        seconds.append(time.perf_counter() - began)
    connection.close()


@contextlib.contextmanager
def _made_anew(connection: HTTPConnection) -> Iterator[None]:
    try:
        yield
    except (ConnectionError, TimeoutError):
        connection.close()


class ClockWatcher:
    """Follows the watched run, and notes how late each event is that is told from here on."""

    def __init__(self, port: int, enough: threading.Event) -> None:
        self.late: list[float] = []
        self.is_complete = True
        self._port = port
        self._enough = enough
        self._seq = 1

    def watch(self) -> None:
        """Reads until it is enough."""
        with socket.create_connection(("127.0.0.1", self._port)) as watching:
            watching.settimeout(_PATIENCE_SECONDS)
            watching.sendall(head("GET", f"/api/runs/{WATCHED_RUN}/events?after=1"))
            began, tail = time.time(), b""
            while not self._enough.is_set() and (data := watching.recv(_RECEIVED_AT_ONCE)):
                now = time.time()
                *told, tail = (tail + data).split(b"\n\n")
                for event in told:
                    if found := _EVENT.search(event):
                        self._note(int(found[1]), float(found[2]), began, now)

    def _note(self, seq: int, told_at: float, began: float, now: float) -> None:
        self.is_complete = self.is_complete and seq == self._seq + 1
        self._seq = seq
        if told_at > began:
            self.late.append(now - told_at)
