"""`python -m app serve`: the server, from its link to its orderly end."""

import argparse
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import uvicorn
from fastapi import FastAPI

from app.main import create_app
from app.ownership import AlreadyOwned
from app.settings import Settings, port_number

_GRACE_SECONDS = 3


def run(options: argparse.Namespace) -> int:
    """Serves until a signal ends it; 1 if it can't start, with the reason on standard error."""
    try:
        settings = Settings.from_environment()
        if options.host:
            settings = replace(settings, host=options.host)
        if options.port is not None:
            settings = replace(settings, port=port_number("--port", options.port))
        listener = listen(settings.host, settings.port)
        server = Server(create_app(settings), listener, announce=_say)
        server.run(sockets=[listener])
    except (ValueError, OSError, AlreadyOwned) as problem:
        print(f"Filterscope can't start: {problem}", file=sys.stderr)
        return 1
    return 0 if server.started else 1


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError that names the port and the way out."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        listener.close()
        reason = problem.strerror or str(problem)
        raise OSError(f"{host}:{port}: {reason}. Choose another port with --port.") from None
    listener.set_inheritable(False)
    return listener


class Server(uvicorn.Server):
    """Uvicorn that tells its link when it is ready and lets streams go when asked to end."""

    def __init__(
        self,
        app: FastAPI,
        listener: socket.socket,
        announce: Callable[[str, str], None],
    ) -> None:
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{port}"
        self._app = app
        self._announce = announce
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
                server_header=False,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Opens the app, then says where it is."""
        await super().startup(sockets)
        if self.started:
            self._app.state.ownership.announce(self.url)
            token = self._app.state.token
            self._announce(self.url, f"{self.url}/?token={token}" if token else self.url)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ends the streams first, for uvicorn waits for open connections."""
        self._app.state.hub.close()
        if sig == signal.SIGINT:
            print()
        super().handle_exit(sig, frame)


def _say(_: str, link: str) -> None:
    print(f"Filterscope is at {link}", flush=True)
    print("Press Ctrl-C to end it.", flush=True)
