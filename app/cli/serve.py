"""`python -m app serve`: the server and its link."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from ..connections.capacity import Capacity, capacity_for, raise_file_limit
from ..embedding_origins import embedding
from ..kernels import kernels_in_full
from ..main import create_app
from ..settings import Settings, path_prefix, port_number, scheduler_address
from ..store import DatabaseInUse, StoreError
from .address import announced
from .log import write_log
from .server import Server, listen

Ready = Callable[[str], None]


def run(options: argparse.Namespace) -> int:
    """Serves until a signal ends it; 1 if it can't start, with the reason on standard error."""
    return serve(options)


def serve(options: argparse.Namespace, ready: Ready = lambda _url: None) -> int:
    """Serves as `run`, and calls `ready` with the server's address once it has printed its link."""
    try:
        settings = Settings.from_environment()
        if options.host:
            settings = replace(settings, host=options.host)
        if options.port is not None:
            settings = replace(settings, port=port_number("--port", options.port))
        if options.root_path is not None:
            settings = replace(settings, root_path=path_prefix("--root-path", options.root_path))
        if options.allow_embedding:
            pictures, origins = embedding("--allow-embedding", options.allow_embedding)
            settings = replace(settings, allow_embedding=pictures, embedding_origins=origins)
        if options.scheduler is not None:
            address = scheduler_address("--scheduler", options.scheduler)
            settings = replace(settings, scheduler=address)
        settings.check_cluster()
        settings = replace(settings, asks_for_token=options.ask_token)
        listener = listen(settings.host, settings.port)
        settings = replace(settings, port=listener.getsockname()[1])
        merging = write_log()
        capacity = capacity_for(settings, raise_file_limit())
        settings = _within(settings, capacity)
        app = create_app(settings)

        def said(url: str) -> None:
            _say(url, app.state.token, app.state.send_token)
            ready(url)

        server = Server(app, settings, listener, said, capacity, merging.report)
        server.run(sockets=[listener])
        merging.report(is_last=True)
    except DatabaseInUse as problem:
        other = announced(settings.data_folder)
        where = f" It is at {other.url}." if other else ""
        print(f"Filterscope can't start: {problem}.{where}", file=sys.stderr)
        return 1
    except (ValueError, OSError, StoreError) as problem:
        print(f"Filterscope can't start: {problem}", file=sys.stderr)
        return 1
    return 0 if server.started else 1


def _within(settings: Settings, capacity: Capacity) -> Settings:
    """Lowers a limit of viewers that can't be kept, and says so."""
    if capacity.viewers < settings.max_viewers:
        print(
            f"Up to {capacity.viewers:,} can watch at a time, not {settings.max_viewers:,}: "
            f"the system lets this server have {capacity.files:,} files and connections open. "
            "“ulimit -Hn” tells the most that “ulimit -n” can raise that to.",
            file=sys.stderr,
        )
    return replace(settings, max_viewers=capacity.viewers)


def _say(url: str, token: str | None, send_token: str | None) -> None:
    link = f"{url}/?token={token}" if token else url
    print(f"Filterscope is at {link}", flush=True)
    if send_token:
        print(f"Scripts send what they train with FILTERSCOPE_TOKEN={send_token}", flush=True)
    print(f"Compiled kernels: {kernels_in_full()}", flush=True)
    print("Press Ctrl-C to end it.", flush=True)
