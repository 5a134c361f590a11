"""Takes connections from the system, no more than can be kept."""

import asyncio
import errno
import logging
import socket
from collections import deque
from collections.abc import Callable

from .addresses import address_of
from .capacity import Capacity
from .farewells import Farewells
from .roster import Admission, Roster

_LOG = logging.getLogger("filterscope")
_BACKLOG = 4096
_AT_ONCE = 64  # connections taken before all others have their turn
_SERVED_AT_ONCE = 8  # of those that have asked nothing yet
_PEEKED_BYTES = 4096
_SCARCE = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_RECOVERY_SECONDS = 0.2

MakeProtocol = Callable[[Admission], asyncio.Protocol]


class Acceptor:
    """Gives each connection a place and a protocol; says no where there is no place.

    In place of asyncio's own server, which takes whatever comes, and which goes round in circles
    when no file can be opened any more.
    """

    def __init__(
        self,
        listener: socket.socket,
        capacity: Capacity,
        roster: Roster,
        make_protocol: MakeProtocol,
    ) -> None:
        self._listener = listener
        self._highest_file = (capacity.files + capacity.connections) // 2  # the rest is in reserve
        self._roster = roster
        self._make_protocol = make_protocol
        self._loop = asyncio.get_running_loop()
        self._unserved: deque[tuple[socket.socket, Admission]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._farewells = Farewells()
        self._is_closed = False
        listener.setblocking(False)
        listener.listen(_BACKLOG)
        self._begin()

    def close(self) -> None:
        """Takes no more."""
        self._is_closed = True
        self._loop.remove_reader(self._listener)
        self._farewells.close()
        for client, _ in self._unserved:
            client.close()

    def _begin(self) -> None:
        if not self._is_closed:
            self._loop.add_reader(self._listener, self._accept)

    def _accept(self) -> None:
        for _ in range(_AT_ONCE):
            try:
                client, peer = self._listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as problem:
                self._recover(problem)
                return
            if not self._take(client, address_of(str(peer[0]))):
                return

    def _take(self, client: socket.socket, address: str) -> bool:
        """Gives a connection a place; tells whether there are files enough for more of them."""
        is_scarce = client.fileno() >= self._highest_file  # systems give out the lowest free one
        has_room = not is_scarce or self._roster.make_room()
        admission = self._roster.admit(address) if has_room else None
        if admission is None:
            self._farewells.add(client, address)
            return not is_scarce
        admission.cut = client.close
        self._roster.waits(admission, self._loop.time())
        if _has_asked(client):
            self._begin_to_serve(client, admission)
            return not is_scarce
        self._unserved.append((client, admission))
        if len(self._unserved) == 1:
            self._loop.call_soon(self._serve_some)
        return not is_scarce

    def _serve_some(self) -> None:
        """Serves a few of those that have asked nothing; others have their turn in between."""
        for _ in range(min(_SERVED_AT_ONCE, len(self._unserved))):
            self._begin_to_serve(*self._unserved.popleft())
        while self._unserved and not self._unserved[0][1].is_kept:  # these have given way
            self._unserved.popleft()
        if self._unserved:
            self._loop.call_soon(self._serve_some)

    def _begin_to_serve(self, client: socket.socket, admission: Admission) -> None:
        task = self._loop.create_task(self._serve(client, admission))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, client: socket.socket, admission: Admission) -> None:
        if not admission.is_kept:  # it has given way already
            return
        client.setblocking(False)
        admission.cut = lambda: None  # until the protocol has a transport that it can cut
        try:
            await self._loop.connect_accepted_socket(lambda: self._make_protocol(admission), client)
        except OSError:  # it has gone again
            self._roster.leave(admission)
            client.close()

    def _recover(self, problem: OSError) -> None:
        """Pauses, having made room where the system has no file left."""
        _LOG.warning("a connection couldn't be taken: %s", problem.strerror)
        for _ in range(_AT_ONCE if problem.errno in _SCARCE else 0):
            self._roster.make_room()
        self._loop.remove_reader(self._listener)
        self._loop.call_later(_RECOVERY_SECONDS, self._begin)


def _has_asked(client: socket.socket) -> bool:
    """Tells whether a whole request without a body is there already, without taking it."""
    try:
        said = client.recv(_PEEKED_BYTES, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return False
    return said.startswith((b"GET ", b"HEAD ")) and b"\r\n\r\n" in said
