"""Many sockets that never say all they have to say, and a look at the server meanwhile."""

import contextlib
import errno
import selectors
import socket
import time
from collections.abc import Sequence
from typing import NamedTuple

from bench.meanwhile import UntilLeft

SILENT = b""
HALF_HEADERS = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: "
HALF_BODY = (
    b"POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
)
_LOOPBACK = "127.0.0.1"
_AT_ONCE = 256  # connections under way: fewer than any system holds for a server
_LOOK_SECONDS = 0.02


class Flood(UntilLeft):
    """Opens `count` sockets from one address, each with one of `beginnings` and no end.

    `still_open` are those the server hasn't closed, `lives` the seconds that each other one had,
    `heard` what was answered to whom.
    """

    def __init__(
        self, port: int, count: int, beginnings: Sequence[bytes] = (SILENT, HALF_HEADERS, HALF_BODY)
    ) -> None:
        self.lives: list[float] = []
        self.heard: list[bytes] = []
        self.opened = 0
        self._waiting = [beginnings[number % len(beginnings)] for number in range(count)]
        self._count = count
        self._port = port
        self._selector = selectors.DefaultSelector()
        self._under_way = 0
        super().__init__()

    @property
    def still_open(self) -> int:
        """How many the server hasn't closed yet, those not yet opened included."""
        return self._count - len(self.lives)

    def wait(self, seconds: float) -> None:
        """Waits until all are closed, so many seconds at most."""
        deadline = time.monotonic() + seconds
        while self.still_open and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)

    def _run(self) -> None:
        with self._selector:
            while not self._leaving.is_set():
                while self._waiting and self._under_way < _AT_ONCE:
                    self._connect(self._waiting.pop())
                for key, _ in self._selector.select(_LOOK_SECONDS):
                    self._look(key)
            for key in list(self._selector.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr]

    def _connect(self, beginning: bytes) -> None:
        client = socket.socket()
        client.setblocking(False)
        assert client.connect_ex((_LOOPBACK, self._port)) in (0, errno.EINPROGRESS)
        self._under_way += 1
        self._selector.register(client, selectors.EVENT_WRITE, (beginning, time.monotonic()))

    def _look(self, key: selectors.SelectorKey) -> None:
        client: socket.socket = key.fileobj  # type: ignore[assignment]
        if key.events == selectors.EVENT_WRITE:
            self._under_way -= 1
            self.opened += 1
            with contextlib.suppress(OSError):
                client.send(key.data[0])
            data = (b"", time.monotonic())
            self._selector.modify(client, selectors.EVENT_READ, data)
            return
        answer, since = key.data
        try:
            received = client.recv(65536)
        except OSError:
            received = b""
        if received:
            self._selector.modify(client, selectors.EVENT_READ, (answer + received, since))
            return
        self._selector.unregister(client)
        client.close()
        self.heard.append(answer)
        self.lives.append(time.monotonic() - since)


class Look(NamedTuple):
    """One question to `/healthz` over a connection of its own; status 0 if none came."""

    seconds: float
    status: int


class HealthWatch(UntilLeft):
    """Asks for the server's health again and again, each time anew, until the block is left."""

    def __init__(self, port: int, every_seconds: float = 0.05) -> None:
        self.looks: list[Look] = []
        self._port = port
        self._every_seconds = every_seconds
        super().__init__()

    def _run(self) -> None:
        while not self._leaving.wait(self._every_seconds):
            began = time.perf_counter()
            status = healthz(self._port)
            self.looks.append(Look(time.perf_counter() - began, status))


def healthz(port: int, patience_seconds: float = 5.0) -> int:
    """Asks `/healthz` over a new connection; its status, 0 if no answer came.

    Asks once more if the connection was cut before, as clients may. In a flood that happens to who
    was held up between connecting and asking.
    """
    return _status(port, patience_seconds) or _status(port, patience_seconds)


def _status(port: int, patience_seconds: float) -> int:
    request = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((_LOOPBACK, port), timeout=patience_seconds) as client:
            client.sendall(request)
            return int(client.recv(4096).split(b" ", 2)[1])
    except (OSError, IndexError):
        return 0
