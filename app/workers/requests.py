"""What other threads ask of the supervisor's, in the order in which they asked."""

import logging
import queue
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import Pipe

from .assignment import settle

_LOG = logging.getLogger("filterscope.supervisor")


class Requests:
    """Hands requests from any thread to the one that carries them out, and wakes it for each.

    Attributes:
        bell: becomes ready when somebody has asked; for `multiprocessing.connection.wait`.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Callable[[], None], Future[None] | None]]
        self._waiting = queue.SimpleQueue()
        self.bell, self._bell_rope = Pipe(duplex=False)

    def ask(self, request: Callable[[], None], asked: "Future[None] | None" = None) -> None:
        """Has something done soon; `asked` resolves with what it raises, if it does."""
        self._waiting.put((request, asked))
        self._bell_rope.send_bytes(b".")

    def carry_out_next(self) -> None:
        """Carries out the request that the bell rang for; raises nothing of what it raises."""
        self.bell.recv_bytes()
        request, asked = self._waiting.get()
        try:
            request()
        except Exception as problem:
            _LOG.exception("a request to the supervisor failed")
            if asked is not None:
                settle(asked, problem)
