"""Who watches which run: a ring of recent frames a run, and a cursor a viewer."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from app.events import LAST_KINDS, EncodedEvent, streamed_kernel
from app.web.frames import Frame, encode_frame

HEARTBEAT_SECONDS = 15.0
BLOCKED_SECONDS = 10.0
_RING_FRAMES = 256
_RING_BYTES = 8 * 1024**2


class Viewer:
    """One open event stream: how far it got, and when it last took something."""

    def __init__(self, seq: int, hang_up: Callable[[], None]) -> None:
        self.seq = seq
        self.is_live = False  # has seen all there was, once
        self.heartbeat_due = False
        self.sending_since: float | None = None
        self.last_sent = asyncio.get_running_loop().time()
        self.hang_up = hang_up
        self._waiter: asyncio.Future[None] | None = None

    async def wait(self) -> None:
        """Until something happens."""
        self._waiter = asyncio.get_running_loop().create_future()
        await self._waiter

    def wake(self) -> None:
        """Something happened."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class Channel:
    """The newest frames of a watched run, without gaps, and its viewers."""

    def __init__(self) -> None:
        self.viewers: set[Viewer] = set()
        self.is_over = False
        self._frames: deque[Frame] = deque()
        self._bytes = 0
        self._last_seq: int | None = None

    def add(self, frames: Sequence[Frame]) -> None:
        """Takes in what was just recorded and drops what is too old."""
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

    def after(self, seq: int) -> list[Frame] | None:
        """The frames after `seq`; none if there are no newer ones; None if the ring can't tell."""
        if self._last_seq is None:
            return None
        if seq >= self._last_seq:
            return []
        if not self._frames or self._frames[0].seq > seq + 1:
            return None
        return list(islice(self._frames, seq + 1 - self._frames[0].seq, None))

    def _is_too_large(self) -> bool:
        return len(self._frames) > _RING_FRAMES or self._bytes > _RING_BYTES


class Hub:
    """Takes what the recorder publishes and wakes whoever watches.

    All but `publish` and `close` belong to the event loop's thread.
    """

    def __init__(self, max_viewers: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._max_viewers = max_viewers
        self._channels: dict[str, Channel] = {}
        self._viewers: set[Viewer] = set()
        self.is_closed = False
        self._ticker = self._loop.create_task(self._tick())

    @property
    def is_full(self) -> bool:
        """Whether there is no place for another viewer."""
        return len(self._viewers) >= self._max_viewers

    @contextlib.contextmanager
    def watching(self, run_id: str, viewer: Viewer) -> Iterator[Channel]:
        """Everything published about the run from here on reaches the channel given."""
        channel = self._channels.setdefault(run_id, Channel())
        channel.viewers.add(viewer)
        self._viewers.add(viewer)
        try:
            yield channel
        finally:
            self._viewers.discard(viewer)
            channel.viewers.discard(viewer)
            if not channel.viewers and self._channels.get(run_id) is channel:
                del self._channels[run_id]

    def publish(self, run_id: str, numbered: Sequence[tuple[int, EncodedEvent]]) -> None:
        """Hands committed events to the viewers; called from the recorder's thread.

        An unwatched run needs no frames: whoever comes later reads the log first.
        """
        if run_id not in self._channels or not numbered:
            return
        frames = [
            encode_frame(seq, event.kind, event.body, streamed_kernel(event))
            for seq, event in numbered
        ]
        with contextlib.suppress(RuntimeError):  # the loop has ended, and with it all viewers
            self._loop.call_soon_threadsafe(self._deliver, run_id, frames)

    def forget(self, run_id: str) -> None:
        """Ends the streams of a run that was deleted."""
        if channel := self._channels.pop(run_id, None):
            channel.reached(0, is_over=True)

    def close(self) -> None:
        """Ends all streams and lets no new one in; may be called from a signal handler."""
        self.is_closed = True
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._wake_all)

    async def aclose(self) -> None:
        """Closes, and ends the heartbeat."""
        self.close()
        self._ticker.cancel()
        await asyncio.gather(self._ticker, return_exceptions=True)

    def _deliver(self, run_id: str, frames: list[Frame]) -> None:
        if channel := self._channels.get(run_id):
            channel.add(frames)

    def _wake_all(self) -> None:
        for viewer in self._viewers:
            viewer.wake()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            now = self._loop.time()
            for viewer in list(self._viewers):
                blocked_since = viewer.sending_since
                if blocked_since is not None and now - blocked_since > BLOCKED_SECONDS:
                    viewer.hang_up()
                elif now - viewer.last_sent > HEARTBEAT_SECONDS:
                    viewer.heartbeat_due = True
                    viewer.wake()
