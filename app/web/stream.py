"""The event stream of one viewer: first the log, then the ring, without gap or duplicate."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.events import LAST_KINDS, LIVE
from app.store import LoggedEvent, Store
from app.web.channel import Channel, Viewer
from app.web.frames import Frame, condense, frame_of
from app.web.hub import Hub

_CHUNK = 64  # events read from the log at a time: a replay begins before all of it is read
_OPENING = b"retry: 1000\n\n"
_HEARTBEAT = b":\n\n"


class EventStream(Response):
    """Everything that happened in a run after `seq`, until it ends, as server-sent events."""

    media_type = "text/event-stream"

    def __init__(self, hub: Hub, store: Store, run_id: str, seq: int) -> None:
        headers = {"Content-Type": self.media_type, "X-Accel-Buffering": "no"}
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._hub = hub
        self._store = store
        self._run_id = run_id
        self._seq = seq

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams until there is no more to tell, nobody listens, or the server stops."""
        viewer = Viewer(self._seq, scope.get("filterscope.hang_up", lambda: None))
        streaming = asyncio.create_task(self._send_all(viewer, send))
        leaving = asyncio.create_task(_disconnected(receive))
        try:
            await asyncio.wait({streaming, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (streaming, leaving):
                task.cancel()
            _, problem = await asyncio.gather(leaving, streaming, return_exceptions=True)
        if isinstance(problem, Exception) and not isinstance(problem, OSError):
            raise problem

    async def _send_all(self, viewer: Viewer, send: Send) -> None:
        start = {
            "type": "http.response.start",
            "status": HTTPStatus.OK,
            "headers": self.raw_headers,
        }
        await send(start)
        loop = asyncio.get_running_loop()
        with self._hub.watching(self._run_id, viewer) as channel:
            async with contextlib.aclosing(self._parts(viewer, channel)) as parts:
                async for part in parts:
                    viewer.sending_since = loop.time()
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                    viewer.sending_since, viewer.last_sent = None, loop.time()
        await send({"type": "http.response.body", "body": b""})

    async def _parts(self, viewer: Viewer, channel: Channel) -> AsyncGenerator[bytes, None]:
        yield _OPENING
        while not self._hub.is_closed:
            frames = await self._next(viewer, channel)
            if frames:
                viewer.seq = frames[-1].seq
                yield b"".join([frame.data for frame in frames])
                if frames[-1].kind in LAST_KINDS:
                    return
            elif frames is not None:
                if channel.is_over:
                    return
                if viewer.heartbeat_due:
                    viewer.heartbeat_due = False
                    yield _HEARTBEAT
                else:
                    await viewer.wait()

    async def _next(self, viewer: Viewer, channel: Channel) -> list[Frame] | None:
        """What to send next: nothing if there is nothing new, None if one must look again."""
        frames = channel.after(viewer.seq)
        if frames is not None:
            viewer.is_live = True
            return frames
        if viewer.is_live:
            missed = await asyncio.to_thread(self._missed, viewer.seq)
            return [frame_of(event) for event in missed] or None
        is_over, past = await asyncio.to_thread(self._past, viewer.seq)
        if not past:
            channel.reached(viewer.seq, is_over=is_over)
        return [frame_of(event) for event in past] or None

    def _past(self, seq: int) -> tuple[bool, list[LoggedEvent]]:
        """The next events of the log, and whether the run was over before they were read."""
        run = self._store.run(self._run_id)
        is_over = run is None or run.status not in LIVE | {"interrupted"}
        return is_over, self._store.events_after(self._run_id, seq, _CHUNK)

    def _missed(self, seq: int) -> list[LoggedEvent]:
        missed: list[LoggedEvent] = []
        while more := self._store.events_after(self._run_id, seq, _CHUNK):
            missed = condense([*missed, *more])
            seq = more[-1].seq
        return missed


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
