"""Who watches which run, and how what is recorded reaches them."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence

from ..events import EncodedEvent, streamed_kernel
from .channel import Channel, Viewer
from .server_sent import ServerSentEvent, encode_frame

HEARTBEAT_SECONDS = 15.0
BLOCKED_SECONDS = 10.0
_LOG_READERS = 2  # at once, whatever number of viewers replay: each holds up the loop a little


class Hub:
    """Takes what the recorder publishes and wakes whoever watches.

    All but `publish` and `close` belong to the event loop's thread. `log_readers` are the places of
    those who read the log meanwhile, so that many replays wait for each other and nobody for them;
    `replays` is the one place of those for whom a process aside reads it.
    """

    def __init__(self, max_viewers: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._max_viewers = max_viewers
        self._channels: dict[str, Channel] = {}
        self._viewers: set[Viewer] = set()
        self.is_closed = False
        self.log_readers = asyncio.Semaphore(_LOG_READERS)
        self.replays = asyncio.Semaphore(1)
        self._ticker = self._loop.create_task(self._tick())

    @property
    def is_full(self) -> bool:
        """Whether there is no place for another viewer."""
        return len(self._viewers) >= self._max_viewers

    @contextlib.contextmanager
    def watching(self, run_id: str, viewer: Viewer) -> Iterator[Channel]:
        """Lets everything published about the run from here on reach the channel given."""
        channel = self._channels.setdefault(run_id, Channel())
        channel.viewers.add(viewer)
        try:
            with self.attending(viewer):
                yield channel
        finally:
            channel.viewers.discard(viewer)
            if not channel.viewers and self._channels.get(run_id) is channel:
                del self._channels[run_id]

    @contextlib.contextmanager
    def attending(self, viewer: Viewer) -> Iterator[None]:
        """Counts a viewer, reminds it of its heartbeat, and cuts it if it reads nothing."""
        self._viewers.add(viewer)
        try:
            yield
        finally:
            self._viewers.discard(viewer)

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

    def _deliver(self, run_id: str, frames: list[ServerSentEvent]) -> None:
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
