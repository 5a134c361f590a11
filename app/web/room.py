"""Room for bodies that are read whole: bounded, and given in the order of asking."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator

from .problems import Problem


class Room:
    """So many bytes that bodies may take up at once. Whoever finds none waits, and costs nothing:
    what isn't read yet lies in the sender's memory.

    All of it belongs to the event loop's thread.

    Args:
        most_bytes: that bodies may take up together; a single one never needs more.
        most_waiting: who comes after so many is refused at once.
        patience_seconds: after which who waits is refused.
    """

    def __init__(self, most_bytes: int, most_waiting: int, patience_seconds: float) -> None:
        self._free = most_bytes
        self._most_waiting = most_waiting
        self._patience_seconds = patience_seconds
        self._line: deque[tuple[int, asyncio.Future[None]]] = deque()

    @contextlib.asynccontextmanager
    async def taken(self, size_bytes: int) -> AsyncIterator[None]:
        """Keeps room for a body of so many bytes until the block is left.

        Raises:
            Problem: 503 too much waits already.
        """
        await self._turn(size_bytes)
        try:
            yield
        finally:
            self._give_back(size_bytes)

    async def _turn(self, size_bytes: int) -> None:
        if not self._line and size_bytes <= self._free:
            self._free -= size_bytes
            return
        if len(self._line) >= self._most_waiting:
            raise _busy()
        turn = asyncio.get_running_loop().create_future()
        self._line.append((size_bytes, turn))
        try:
            async with asyncio.timeout(self._patience_seconds):
                await turn
        except (TimeoutError, asyncio.CancelledError) as left:
            if turn.done() and not turn.cancelled():  # it came in the same moment
                self._free += size_bytes
            turn.cancel()
            self._let_in()
            if isinstance(left, TimeoutError):
                raise _busy() from None
            raise

    def _give_back(self, size_bytes: int) -> None:
        self._free += size_bytes
        self._let_in()

    def _let_in(self) -> None:
        """Gives room to those who have waited longest, as far as there is any."""
        while self._line:
            size_bytes, turn = self._line[0]
            if not turn.done():
                if size_bytes > self._free:
                    return
                self._free -= size_bytes
                turn.set_result(None)
            self._line.popleft()


def _busy() -> Problem:
    message = "Too much waits to be recorded just now; try again in some seconds."
    return Problem(503, "busy", message, headers={"Retry-After": "2"})
