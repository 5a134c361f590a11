"""The server that a command speaks to."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..settings import Settings
from .address import announced
from .client import Client


def running_server(data_folder: Path) -> Client | None:
    """Connects to the server that has the folder open; None if none does."""
    running = announced(data_folder)
    if running is not None and (client := Client(running.url)).recognizes(running.key):
        return client
    return None


@contextlib.contextmanager
def reached_server(settings: Settings, *, with_cluster: bool = False) -> Iterator[Client]:
    """Connects to the data folder's server; if none runs, to one made for the while.

    Args:
        with_cluster: whether that one trains on the cluster that is set.

    Raises:
        OSError: the data folder can't be opened, with the reason.
    """
    if client := running_server(settings.data_folder):
        yield client
        return
    from ..main import create_app  # only now: who finds a server needn't wait for these
    from ..store import StoreError
    from .server import Server, listen

    scheduler = settings.scheduler if with_cluster else None
    settings = replace(settings, host="127.0.0.1", token=None, scheduler=scheduler)
    listener = listen(settings.host, 0)
    settings = replace(settings, port=listener.getsockname()[1])
    ready = threading.Event()
    server = Server(create_app(settings), settings, listener, ready=lambda _: ready.set())
    problems: list[Exception] = []

    def serve() -> None:
        try:
            server.run(sockets=[listener])
        except (OSError, StoreError) as problem:
            problems.append(problem)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        while not ready.wait(0.1):
            if not thread.is_alive():
                raise OSError(*map(str, problems))
        yield Client(server.url)
    finally:
        server.should_exit = True
        thread.join()
