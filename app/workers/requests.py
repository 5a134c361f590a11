"""What other threads ask of the supervisor's, in the order in which they asked."""

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future

from .assignment import settle
from .bell import Bell

_LOG = logging.getLogger("filterscope.supervisor")


class Requests:
    """Hands requests from any thread to the one that carries them out, and wakes it for each.

    Args:
        bell: wakes that thread.
    """

    def __init__(self, bell: Bell) -> None:
        self._waiting: deque[tuple[Callable[[], None], Future[None] | None]] = deque()
        self._bell = bell

    def ask(self, request: Callable[[], None], asked: "Future[None] | None" = None) -> None:
        """Has something done soon; `asked` resolves with what it raises, if it does."""
        self._waiting.append((request, asked))
        self._bell.ring()

    def carry_out_next(self) -> None:
        """Carries out what waits longest, if anything does; raises nothing of what it raises."""
        if not self._waiting:
            return
        if len(self._waiting) > 1:
            self._bell.ring()
        request, asked = self._waiting.popleft()
        try:
            request()
        except Exception as problem:
            if asked is not None:
                settle(asked, problem)
            _LOG.exception("a request to the supervisor failed")
