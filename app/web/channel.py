"""A watched run: a ring of its newest frames, and a cursor for each viewer."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice

from ..events import LAST_KINDS
from .server_sent import ServerSentEvent

_RING_FRAMES = 256
_RING_BYTES = 8 * 1024**2


class Viewer:
    """One open event stream: how far it got, and when it last took something."""

    def __init__(self, seq: int, hang_up: Callable[[], None]) -> None:
        self.seq = seq
        self.is_live = False  # has seen all there was, once
        self.was_reset = False  # knows that thinned snapshots are left out
        self.heartbeat_due = False
        self.sending_since: float | None = None
        self.last_sent = asyncio.get_running_loop().time()
        self.hang_up = hang_up
        self._waiter: asyncio.Future[None] | None = None

    async def wait(self) -> None:
        """Waits until something happens."""
        self._waiter = asyncio.get_running_loop().create_future()
        await self._waiter

    def wake(self) -> None:
        """Says that something happened."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class Channel:
    """The newest frames of a watched run, without gaps, and its viewers."""

    def __init__(self) -> None:
        self.viewers: set[Viewer] = set()
        self.is_over = False
        self._frames: deque[ServerSentEvent] = deque()
        self._bytes = 0
        self._last_seq: int | None = None

    def add(self, frames: Sequence[ServerSentEvent]) -> None:
        """Takes in what was just recorded and drops what is too old.

        If some came in between that nobody watched, the ring begins anew.
        """
        if self._frames and frames[0].seq != self._frames[-1].seq + 1:
            self._frames.clear()
            self._bytes = 0
        for frame in frames:
            self._frames.append(frame)
            self._bytes += len(frame.data)
        while len(self._frames) > 1 and self._is_too_large():
            self._bytes -= len(self._frames.popleft().data)
        self.reached(frames[-1].seq, is_over=frames[-1].kind in LAST_KINDS)

    def reached(self, seq: int, *, is_over: bool) -> None:
        """Notes that the log goes up to `seq` at least."""
        self._last_seq = max(seq, self._last_seq or 0)
        self.is_over = self.is_over or is_over
        for viewer in self.viewers:
            viewer.wake()

    def after(self, seq: int) -> list[ServerSentEvent] | None:
        """Gives the frames after `seq`; none if there are no newer ones; None if the ring can't
        tell.
        """
        if self._last_seq is None:
            return None
        if seq >= self._last_seq:
            return []
        if not self._frames or self._frames[0].seq > seq + 1:
            return None
        if self._frames[-1].seq < self._last_seq:  # the log is further
            return None
        return list(islice(self._frames, seq + 1 - self._frames[0].seq, None))

    def _is_too_large(self) -> bool:
        return len(self._frames) > _RING_FRAMES or self._bytes > _RING_BYTES
