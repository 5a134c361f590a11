"""An answer that goes on: server-sent events until there is no more to tell or nobody listens."""

import asyncio
import contextlib
from abc import abstractmethod
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..events import ALIVE
from .channel import Viewer
from .leaving import departure

OPENING = b"retry: 1000\n\n"


def encode_alive() -> bytes:
    """Encodes that the stream goes on, as an event: browsers show comments to no page.

    Has no id, so that a viewer's cursor is what the last event made it.
    """
    time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'event: {ALIVE}\ndata: {{"time": "{time}"}}\n\n'.encode()


class LiveAnswer(Response):
    """What `_parts` yields, sent as it comes; ends when the viewer goes away."""

    media_type = "text/event-stream"

    def __init__(self, seq: int = 0) -> None:
        headers = {"Content-Type": self.media_type, "X-Accel-Buffering": "no"}
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._seq = seq

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams until there is no more to tell, nobody listens, or the server stops."""
        viewer = Viewer(self._seq, scope.get("filterscope.hang_up", lambda: None))
        streaming = asyncio.create_task(self._send_all(viewer, send))
        leaving = asyncio.create_task(departure(receive))
        try:
            await asyncio.wait({streaming, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (streaming, leaving):
                task.cancel()
            _, problem = await asyncio.gather(leaving, streaming, return_exceptions=True)
        if isinstance(problem, Exception) and not isinstance(problem, OSError):
            raise problem

    @abstractmethod
    def _parts(self, viewer: Viewer) -> AsyncGenerator[bytes, None]:
        """Yields what to send, part by part; waits for `viewer` where there is nothing yet."""

    async def _send_all(self, viewer: Viewer, send: Send) -> None:
        start = {
            "type": "http.response.start",
            "status": HTTPStatus.OK,
            "headers": self.raw_headers,
        }
        await send(start)
        loop = asyncio.get_running_loop()
        async with contextlib.aclosing(self._parts(viewer)) as parts:
            async for part in parts:
                viewer.sending_since = loop.time()
                await send({"type": "http.response.body", "body": part, "more_body": True})
                viewer.sending_since, viewer.last_sent = None, loop.time()
        await send({"type": "http.response.body", "body": b""})
