"""Uvicorn as Filterscope runs it, from its link to its orderly end."""

import asyncio
import gc
import logging
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from ..connections.acceptor import Acceptor
from ..connections.capacity import Capacity, capacity_for, raise_file_limit
from ..connections.gone import notice_gone_peers
from ..connections.protocol import REQUEST_SECONDS, BoundedProtocol
from ..connections.roster import Admission, Roster
from ..settings import Settings
from ..web.forwarded import Forwarded
from . import address

_GRACE_SECONDS = 3
_TICKS_A_SECOND = 10
_REACHED_AT = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # all addresses is none that one can open


def listen(host: str, port: int) -> socket.socket:
    """Opens a bound socket; port 0 takes a free one. Raises OSError that names the way out."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # Connections inherit it. With Nagle's algorithm answers would wait 40 ms for an ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    notice_gone_peers(listener)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        listener.close()
        reason = problem.strerror or str(problem)
        raise OSError(f"{host}:{port}: {reason}. Choose another port with --port.") from None
    return listener


class Server(uvicorn.Server):
    """Says where it is when it is ready, and why if it can't be.

    Args:
        app: what `app.main.create_app(settings)` made.
        listener: what `listen` gave.
        ready: called with the URL as soon as requests are answered.
        capacity: how many connections are kept; as many as this process can, if not given.
        each_second: called about so often while it serves.
    """

    def __init__(
        self,
        app: FastAPI,
        settings: Settings,
        listener: socket.socket,
        ready: Callable[[str], None],
        capacity: Capacity | None = None,
        each_second: Callable[[], None] = lambda: None,
    ) -> None:
        bound, port = listener.getsockname()[:2]
        host = _REACHED_AT.get(bound, bound)
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._app = app
        self._data_folder = settings.data_folder
        self._ready = ready
        self._listener = listener
        self._capacity = capacity or capacity_for(settings, raise_file_limit())
        self.roster = Roster(self._capacity)
        self._each_second = each_second
        self._acceptor: Acceptor | None = None
        super().__init__(
            uvicorn.Config(
                Forwarded(app, settings),
                proxy_headers=False,  # `Forwarded` does it
                http=BoundedProtocol,
                loop="asyncio",  # the one whose transports BoundedProtocol knows
                ws="none",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Opens the app, then says where it is. Raises what kept the app from opening."""
        uvicorn_log = logging.getLogger("uvicorn.error")
        uvicorn_log.disabled = True  # it would print a traceback for what one sentence says
        try:
            await super().startup(sockets=[])  # whom to let in is ours to say
        except SystemExit:
            raise self._app.state.problem from None
        finally:
            uvicorn_log.disabled = False
        self._acceptor = Acceptor(self._listener, self._capacity, self.roster, self._protocol)
        address.announce(self._data_folder, self.url, self._app.state.key)
        gc.freeze()  # routes and store stay: a collection needn't go through them, 30 ms each time
        self._ready(self.url)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes back the word of where it is."""
        address.withdraw(self._data_folder)
        if self._acceptor is not None:
            self._acceptor.close()
        await super().shutdown(sockets)

    async def on_tick(self, counter: int) -> bool:
        """Ends connections that keep the server waiting; called ten times a second."""
        if counter % _TICKS_A_SECOND == 0:
            await self.roster.sweep(asyncio.get_running_loop().time(), REQUEST_SECONDS)
            self._each_second()
        return await super().on_tick(counter)

    def _protocol(self, admission: Admission) -> BoundedProtocol:
        return BoundedProtocol(
            admission, self.roster, self.config, self.server_state, self.lifespan.state
        )
