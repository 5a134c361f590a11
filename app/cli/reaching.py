"""The server that a command speaks to."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace

from ..main import create_app
from ..settings import Settings
from .address import announced
from .client import Client
from .server import Server, listen


@contextlib.contextmanager
def reached_server(settings: Settings) -> Iterator[Client]:
    """Connects to the data folder's server; if none runs, to one made for the while."""
    running = announced(settings.data_folder)
    if running is not None and Client(running).is_answered():
        yield Client(running, settings.token)
        return
    settings = replace(settings, host="127.0.0.1", port=0, token=None)
    listener = listen(settings.host, settings.port)
    ready = threading.Event()
    server = Server(create_app(settings), settings, listener, ready=lambda _: ready.set())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not ready.wait(0.1):
            if not thread.is_alive():
                raise OSError("the data folder can't be opened")
        yield Client(server.url)
    finally:
        server.should_exit = True
        thread.join()
