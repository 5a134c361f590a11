"""Takes connections from the system, no more than can be kept."""

import asyncio
import contextlib
import errno
import logging
import socket
from collections.abc import Callable

from . import refusals
from .capacity import Capacity
from .roster import Admission, Roster, address_of

_LOG = logging.getLogger("filterscope")
_BACKLOG = 1024
_AT_ONCE = 16  # connections taken before all others have their turn
_SCARCE = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_RECOVERY_SECONDS = 0.2
_FAREWELLS = 16
_FAREWELL_SECONDS = 0.5
_GONE_SECONDS = 30  # a peer that acknowledges nothing for so long is gone
_TOO_MANY = refusals.too_many_connections()

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
        self._tasks: set[asyncio.Task[None]] = set()
        self._farewells: set[socket.socket] = set()
        self._is_closed = False
        _notice_gone_peers(listener)
        listener.setblocking(False)
        listener.listen(_BACKLOG)
        self._begin()

    def close(self) -> None:
        """Takes no more."""
        self._is_closed = True
        self._loop.remove_reader(self._listener)
        for client in list(self._farewells):
            self._close(client)

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
            self._take(client, address_of(str(peer[0])))

    def _take(self, client: socket.socket, address: str) -> None:
        client.setblocking(False)
        is_scarce = client.fileno() >= self._highest_file  # systems give out the lowest free one
        has_room = not is_scarce or self._roster.make_room()
        admission = self._roster.admit(address) if has_room else None
        if admission is None:
            self._refuse(client, address)
            return
        admission.cut = client.close
        self._roster.waits(admission, self._loop.time())
        task = self._loop.create_task(self._serve(client, admission))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, client: socket.socket, admission: Admission) -> None:
        if not admission.is_kept:  # it has given way already
            return
        admission.cut = lambda: None  # until the protocol has a transport that it can cut
        try:
            await self._loop.connect_accepted_socket(lambda: self._make_protocol(admission), client)
        except OSError:  # it has gone again
            self._roster.leave(admission)
            client.close()

    def _refuse(self, client: socket.socket, address: str) -> None:
        _LOG.warning("a connection from %s was refused: all that can be kept are in use", address)
        with contextlib.suppress(OSError):
            client.send(_TOO_MANY)
            client.shutdown(socket.SHUT_WR)
        if len(self._farewells) >= _FAREWELLS:
            client.close()
            return
        self._farewells.add(client)
        self._loop.call_later(_FAREWELL_SECONDS, self._close, client)

    def _close(self, client: socket.socket) -> None:
        self._farewells.discard(client)
        client.close()

    def _recover(self, problem: OSError) -> None:
        """Pauses, having made room where the system has no file left."""
        _LOG.warning("a connection couldn't be taken: %s", problem.strerror)
        for _ in range(_AT_ONCE if problem.errno in _SCARCE else 0):
            self._roster.make_room()
        self._loop.remove_reader(self._listener)
        self._loop.call_later(_RECOVERY_SECONDS, self._begin)


def _notice_gone_peers(listener: socket.socket) -> None:
    """Has the system end connections whose peer vanished without a word; those accepted inherit."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    options = {
        "TCP_KEEPIDLE": _GONE_SECONDS // 2,
        "TCP_KEEPINTVL": _GONE_SECONDS // 6,
        "TCP_KEEPCNT": 3,
        "TCP_USER_TIMEOUT": _GONE_SECONDS * 1000,
    }
    for name, value in options.items():
        if hasattr(socket, name):
            listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
