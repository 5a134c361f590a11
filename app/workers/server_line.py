"""A worker's ends of its pipes: one thread listens, two may speak."""

import pickle
import threading
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, Self


class ServerLine:
    """What a worker says to the server and hears from it.

    Args:
        incoming: from the server.
        outgoing: to the server.

    Attributes:
        is_listening: whether the worker waits for a word, and so has nothing to do.
    """

    def __init__(self, incoming: Connection, outgoing: Connection) -> None:
        self.is_listening = False
        self._incoming = incoming
        self._outgoing = outgoing
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        with self._lock:
            self._incoming.close()
            self._outgoing.close()

    def poll(self) -> bool:
        """Tells whether there is something to hear."""
        return self._incoming.poll()

    def recv(self) -> Any:
        """Waits for the next message. Raises EOFError where the server has hung up."""
        self.is_listening = True
        try:
            return self._incoming.recv()
        finally:
            self.is_listening = False

    def send(self, message: NamedTuple) -> None:
        """Tells the server. Raises OSError where it is gone.

        `Connection.send` would ask Python code how to pickle each object: twice the time or more.
        """
        self.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def send_bytes(self, packed: bytes) -> None:
        """Tells the server what is pickled already. Raises OSError where it is gone."""
        with self._lock:
            self._outgoing.send_bytes(packed)
