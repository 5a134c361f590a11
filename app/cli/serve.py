"""`python -m app serve`: the server and its link."""

import argparse
import sys
from dataclasses import replace

from ..main import create_app
from ..settings import Settings, port_number
from ..store import StoreError
from .server import Server, listen


def run(options: argparse.Namespace) -> int:
    """Serves until a signal ends it; 1 if it can't start, with the reason on standard error."""
    try:
        settings = Settings.from_environment()
        if options.host:
            settings = replace(settings, host=options.host)
        if options.port is not None:
            settings = replace(settings, port=port_number("--port", options.port))
        settings = replace(
            settings,
            asks_for_token=options.ask_token,
            allow_embedding=options.allow_embedding or settings.allow_embedding,
        )
        listener = listen(settings.host, settings.port)
        settings = replace(settings, port=listener.getsockname()[1])
        app = create_app(settings)
        server = Server(app, settings, listener, ready=lambda url: _say(url, app.state.token))
        server.run(sockets=[listener])
    except (ValueError, OSError, StoreError) as problem:
        print(f"Filterscope can't start: {problem}", file=sys.stderr)
        return 1
    return 0 if server.started else 1


def _say(url: str, token: str | None) -> None:
    link = f"{url}/?token={token}" if token else url
    print(f"Filterscope is at {link}", flush=True)
    print("Press Ctrl-C to end it.", flush=True)
