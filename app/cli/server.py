"""Uvicorn as Filterscope runs it, from its link to its orderly end."""

import logging
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from ..settings import Settings
from . import address

_GRACE_SECONDS = 3
_REACHED_AT = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # all addresses is none that one can open


def listen(host: str, port: int) -> socket.socket:
    """Opens a bound socket; port 0 takes a free one. Raises OSError that names the way out."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Said to be TCP: else asyncio leaves Nagle's algorithm on, and answers wait 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
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
    """

    def __init__(
        self,
        app: FastAPI,
        settings: Settings,
        listener: socket.socket,
        ready: Callable[[str], None],
    ) -> None:
        bound, port = listener.getsockname()[:2]
        host = _REACHED_AT.get(bound, bound)
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._app = app
        self._data_folder = settings.data_folder
        self._ready = ready
        super().__init__(
            uvicorn.Config(
                app,
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
            await super().startup(sockets)
        except SystemExit:
            raise self._app.state.problem from None
        finally:
            uvicorn_log.disabled = False
        address.announce(self._data_folder, self.url, self._app.state.key)
        self._ready(self.url)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes back the word of where it is."""
        address.withdraw(self._data_folder)
        await super().shutdown(sockets)
