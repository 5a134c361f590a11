"""The process beside the scheduler: the only one of the server that knows Dask."""

import contextlib
import logging
import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait

from .notices import Where

_TURN_SECONDS = 0.25


def main(connection: Connection, where: Where) -> None:
    """Serves until the server says that it closes, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    logging.disable()  # Dask logs every line that breaks; what matters of it is told as a state
    from .desk import Desk

    desk = Desk(where, connection.send)
    with contextlib.suppress(EOFError, OSError):
        while True:
            patience = _TURN_SECONDS
            while connection.poll(patience):
                message = connection.recv()
                if message is None:
                    desk.close()
                    os._exit(0)  # all is said; Dask's threads need not wind down
                desk.hear(message)
                patience = 0.0
            desk.turn()
    os._exit(0)


def _end_with_the_server() -> None:
    server = parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(0)
