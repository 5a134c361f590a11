"""Connections for which there is no room: they are told so, and let go."""

import asyncio
import contextlib
import logging
import socket

from . import refusals

_LOG = logging.getLogger("filterscope")
_FAREWELLS = 16
_FAREWELL_SECONDS = 0.5
_TOO_MANY = refusals.too_many_connections()


class Farewells:
    """Sockets that were answered and are kept for a moment, so that their peers can read it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._kept: set[socket.socket] = set()

    def add(self, client: socket.socket, address: str) -> None:
        """Answers that there is no room; where many are refused at once only that."""
        _LOG.warning("a connection from %s was refused: all that can be kept are in use", address)
        client.setblocking(False)
        with contextlib.suppress(OSError):
            client.send(_TOO_MANY)
            client.shutdown(socket.SHUT_WR)
        if len(self._kept) >= _FAREWELLS:
            client.close()
            return
        self._kept.add(client)
        self._loop.call_later(_FAREWELL_SECONDS, self._close, client)

    def close(self) -> None:
        """Lets all of them go."""
        for client in list(self._kept):
            self._close(client)

    def _close(self, client: socket.socket) -> None:
        self._kept.discard(client)
        client.close()
