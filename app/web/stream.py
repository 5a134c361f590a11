"""The event stream of one viewer: first the log, then the ring, without gap or duplicate.

Where snapshots are missing that were thinned, a `reset` comes first, and then all that is left.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from typing import TypeVar

from ..events import LAST_KINDS, LIVE
from ..store import DatabaseUnusable, LoggedEvent, Store, StoreError
from .channel import Channel, Viewer
from .hub import Hub
from .live import OPENING, LiveAnswer, encode_alive
from .replaying import LongReplay
from .server_sent import (
    RESET,
    Condensed,
    ServerSentEvent,
    encode_damage,
    frame_of,
    with_thinned_steps,
)

_LOG = logging.getLogger("filterscope.web")
_LEVELS = {True: logging.ERROR, False: logging.WARNING}  # by whether it is damage
_SPAN = 1024  # events of the log looked at in one turn of catching up
_CHUNK = 64  # events read from the log at a time: a replay begins before all of it is read
PART_BYTES = 64 * 1024  # sent at a time, more or less: the server holds it until it was taken

_Read = TypeVar("_Read")


class EventStream(LiveAnswer):
    """Everything that happened in a run after `seq`, until it ends, as server-sent events.

    Args:
        replay: tells few steps in place of many, of those that the log holds; None has all told.
        waits: for what happens next; else the answer ends after what has happened.
    """

    def __init__(
        self,
        hub: Hub,
        store: Store,
        run_id: str,
        seq: int,
        *,
        replay: LongReplay | None = None,
        waits: bool = True,
    ) -> None:
        super().__init__(seq)
        self._waits = waits
        self._replay = replay
        self._hub = hub
        self._store = store
        self._run_id = run_id

    async def _parts(self, viewer: Viewer) -> AsyncGenerator[bytes, None]:
        with self._hub.watching(self._run_id, viewer) as channel:
            yield OPENING
            while not self._hub.is_closed:
                try:
                    frames = await self._next(viewer, channel)
                except StoreError as problem:
                    if is_damage := isinstance(problem, DatabaseUnusable):
                        yield encode_damage(problem)
                    # Else the viewer will ask again, and be told why if it lasts.
                    _LOG.log(_LEVELS[is_damage], "a stream ends: %s", problem)
                    return
                if frames:
                    viewer.seq, last_kind = frames[-1].seq, frames[-1].kind
                    part = b"".join([frame.data for frame in frames])
                    del frames  # a viewer may take its time: hold nothing twice
                    yield part
                    if last_kind in LAST_KINDS:
                        return
                    async for part in self._long_past(viewer):
                        yield part
                elif frames is not None:
                    if channel.is_over or not self._waits:
                        return
                    if viewer.heartbeat_due:
                        viewer.heartbeat_due = False
                        yield encode_alive()
                    else:
                        await viewer.wait()

    async def _long_past(self, viewer: Viewer) -> AsyncGenerator[bytes, None]:
        """Yields what a long log holds, in parts, if there is much of it after what was told."""
        if self._replay is None or viewer.is_live:
            return
        async for told, seq in self._replay.after(viewer.seq):
            for begin in range(0, len(told), PART_BYTES):
                yield told[begin : begin + PART_BYTES]
            viewer.seq = seq

    async def _next(self, viewer: Viewer, channel: Channel) -> list[ServerSentEvent] | None:
        """Gives what to send next: nothing if there is nothing new, None if one must look again."""
        frames = channel.after(viewer.seq)
        if frames is not None:
            viewer.is_live = True
            return _first_part(frames)
        if viewer.is_live:
            missed, until = await self._in_turn(self._missed, viewer.seq)
            is_further, viewer.seq = until > viewer.seq, until
            return missed if missed or not is_further else None  # a deleted run goes no further
        is_over, past, is_thinned = await self._in_turn(self._past, viewer.seq)
        if is_thinned and not viewer.was_reset:
            viewer.was_reset = True
            return [RESET]
        if not past:
            channel.reached(viewer.seq, is_over=is_over)
        return past or None

    async def _in_turn(self, read: Callable[[int], _Read], seq: int) -> _Read:
        """Reads the log off the event loop when it is this viewer's turn, for a bounded time."""
        async with self._hub.log_readers:
            return await asyncio.to_thread(read, seq)

    def _past(self, seq: int) -> tuple[bool, list[ServerSentEvent], bool]:
        """Gives the next events of the log; whether the run was over before; whether any are
        thinned.
        """
        run = self._store.run(self._run_id)
        is_over = run is None or run.status not in LIVE | {"interrupted"}
        past = self._store.events_after(self._run_id, seq, _CHUNK, PART_BYTES)
        return is_over, self._frames(past), self._store.is_thinned_after(self._run_id, seq)

    def _missed(self, seq: int) -> tuple[list[ServerSentEvent], int]:
        """Gives the next of what a viewer fell behind by, and up to which seq that is all.

        The next turn goes on from there, so that catching up reads each event once.
        """
        missed, until = self._store.needed_after(self._run_id, seq, _SPAN, PART_BYTES)
        condensed = Condensed()
        condensed.add(missed)
        return self._frames(condensed.events()), until

    def _frames(self, told: list[LoggedEvent]) -> list[ServerSentEvent]:
        as_asked = with_thinned_steps(told) if self._replay else told
        return [frame_of(event) for event in as_asked]


def _first_part(frames: list[ServerSentEvent]) -> list[ServerSentEvent]:
    """Returns as many frames as are sent at once; at least one if there is one."""
    size = 0
    for count, frame in enumerate(frames, start=1):
        size += len(frame.data)
        if size >= PART_BYTES:
            return frames[:count]
    return frames
