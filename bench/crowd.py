"""Many viewers in one process: plain sockets, looked at in turn, that note when each event came.

What a socket has received waits in the kernel until its turn. `longest_looks` says how long that
can take, and so by how much at most the client itself makes arrivals look late.
"""

import contextlib
import resource
import selectors
import socket
import time
from array import array
from collections.abc import Callable

_MARK = b"\nid: "
_RECEIVED_AT_ONCE = 1 << 16
_LITTLE_ROOM = 4096
_SPARE_FILES = 200
_PATIENCE_SECONDS = 60.0


class Watching:
    """A viewer of a run's stream; `arrivals` has time.time() of each event, in order.

    `last_seq` is that of the newest, `is_complete` whether each had the seq after the one before.
    """

    def __init__(self, after: int = 0) -> None:
        self.first_seq = after + 1
        self.last_seq = after
        self.arrivals = array("d")
        self.is_complete = True
        self.is_cut = False
        self.socket = socket.socket()
        self._tail = b""

    def ask(self, port: int, run_id: str, *, with_little_room: bool = False) -> None:
        """Asks for the events after the last one, over a new connection."""
        self.socket = socket.socket()
        if with_little_room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _LITTLE_ROOM)
        self.socket.connect(("127.0.0.1", port))
        path = f"/api/runs/{run_id}/events?after={self.last_seq}"
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        self._tail, self.is_cut = b"", False

    def receive(self) -> None:
        """Notes the events in what has come; waits for something if nothing has."""
        try:
            data = self.socket.recv(_RECEIVED_AT_ONCE)
        except ConnectionError:
            data = b""
        self.is_cut = not data
        now = time.time()
        chunk = self._tail + data
        begin, end = chunk.find(_MARK), 0
        while begin >= 0 and (end := chunk.find(b"\n", begin + len(_MARK))) >= 0:
            self._note(int(chunk[begin + len(_MARK) : end]), now)
            begin = chunk.find(_MARK, end)
        self._tail = chunk[begin:] if begin >= 0 else chunk[-len(_MARK) :]

    def _note(self, seq: int, now: float) -> None:
        self.is_complete = self.is_complete and seq == self.last_seq + 1
        self.last_seq = seq
        self.arrivals.append(now)


class Crowd:
    """Viewers that read whatever comes, while `look_until` runs."""

    def __init__(self, port: int, run_id: str) -> None:
        self.viewers: list[Watching] = []
        self.looks = array("d")  # how many seconds each round of reading took
        self._port = port
        self._run_id = run_id
        self._selector = selectors.DefaultSelector()

    def join(self, count: int, after: int = 0) -> None:
        """Adds so many more viewers, each at the event after `after`."""
        for _ in range(count):
            watching = Watching(after)
            watching.ask(self._port, self._run_id)
            self.viewers.append(watching)
            self._selector.register(watching.socket, selectors.EVENT_READ, watching)

    def look_until(self, is_enough: Callable[[], bool]) -> None:
        """Reads until `is_enough()`, asked after each round. Raises TimeoutError."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not is_enough():
            ready = self._selector.select(0.05)
            began = time.perf_counter()
            for key, _ in ready:
                key.data.receive()
                if key.data.is_cut:
                    self._selector.unregister(key.fileobj)
            if ready:
                self.looks.append(time.perf_counter() - began)
                deadline = time.monotonic() + _PATIENCE_SECONDS
            elif time.monotonic() > deadline:
                raise TimeoutError(f"nothing came for {_PATIENCE_SECONDS:.0f} s")

    def have(self, seq: int) -> bool:
        """Tells whether everyone has the event `seq`."""
        return all(watching.last_seq >= seq for watching in self.viewers)

    def lateness(self, sent: dict[int, float]) -> list[float]:
        """Seconds from sending to arrival, for all viewers and the events in `sent`."""
        return [
            at - sent[seq]
            for one in self.viewers
            for seq, at in enumerate(one.arrivals, start=one.first_seq)
            if seq in sent
        ]

    def close(self) -> None:
        """Lets everyone leave."""
        self._selector.close()
        for watching in self.viewers:
            with contextlib.suppress(OSError):
                watching.socket.close()


def allow_files(count: int) -> None:
    """Raises the limit of open files, for this process and those it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + _SPARE_FILES
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
