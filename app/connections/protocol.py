"""One connection as it is served: how long its requests may take to come, its answers to go."""

import asyncio
from typing import Any

from uvicorn import Config
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
from uvicorn.server import ServerState

from . import refusals
from .reading import BoundedReading
from .roster import Admission, Roster

REQUEST_SECONDS = 10.0  # for a whole request, from the connection or its first byte on
PROGRESS_BYTES = 512 * 1024  # of a body give it as long again: half a megabit a second is enough
BLOCKED_SECONDS = 10.0  # for who takes nothing of an answer

_TOO_SLOW = refusals.too_slow(REQUEST_SECONDS, PROGRESS_BYTES)


class BoundedProtocol(BoundedReading):
    """One connection: ends where a request takes too long to come, or an answer isn't taken.

    Args:
        admission: where it is counted, in `roster`.
        config, state, lifespan_state: uvicorn's.
    """

    def __init__(
        self,
        admission: Admission,
        roster: Roster,
        config: Config,
        state: ServerState,
        lifespan_state: dict[str, Any],
    ) -> None:
        super().__init__(config, state, lifespan_state)
        self._admission = admission
        self._roster = roster
        self._is_receiving = False  # a request has begun to come and isn't whole
        self._body_bytes = 0  # that came since its time began
        self._is_flushing = False  # the whole answer is written but not taken
        self._unread_bytes = 0
        self._took_at = 0.0
        self._held: tuple[RequestResponseCycle, Any] | None = None
        self._running: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Makes the connection one that can be ended; it has been waited for since it was taken."""
        super().connection_made(transport)
        self._admission.cut = transport.abort
        self._admission.give_up = self.give_up
        self._admission.look = self.look
        if not self._admission.is_kept:  # it has given way in between
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Gives its place back, and tells whoever still answers."""
        self._roster.leave(self._admission)
        super().connection_lost(exc)
        if self._running is not None:  # not the newest, if requests were sent ahead
            self._running.disconnected = True
            self._running.message_event.set()

    def on_message_begin(self) -> None:
        """Begins to time a request; the first one's time began with the connection."""
        super().on_message_begin()
        if self.cycle is not None:
            self._roster.waits(self._admission, self.loop.time())
        self._is_receiving = True
        self._is_flushing = False
        self._body_bytes = 0

    def on_body(self, body: bytes) -> None:
        """Takes in a part of a body, whose time begins anew with each half megabyte."""
        super().on_body(body)
        self._body_bytes += len(body)
        if self._body_bytes >= PROGRESS_BYTES and self._is_receiving:
            self._body_bytes = 0
            self._roster.waits(self._admission, self.loop.time())

    def on_message_complete(self) -> None:
        """Stops the clock: the request is whole."""
        self._is_receiving = False
        self._roster.asks(self._admission)
        super().on_message_complete()
        if self._held is not None:
            held, self._held = self._held, None
            self._start_asgi_task(*held)

    def on_response_complete(self) -> None:
        """Begins to wait for the next request, as soon as the answer was taken."""
        super().on_response_complete()
        if not (self._is_receiving or self.pipeline or self.transport.is_closing()):
            self._is_flushing = True
            self.look(self.loop.time())

    def look(self, now: float) -> None:
        """Cuts who takes nothing of an answer; called every second."""
        unread = self.transport.get_write_buffer_size()
        if unread != self._unread_bytes or not unread:
            self._unread_bytes, self._took_at = unread, now
        elif now - self._took_at > BLOCKED_SECONDS:
            self.transport.abort()
        if self._is_flushing and not unread:
            self._is_flushing = False
            self._roster.waits(self._admission, now)

    def give_up(self) -> None:
        """Ends the connection because no whole request came in time."""
        if self._is_refused:  # and may still read why
            return
        is_untaken = self.flow.read_paused and not self.cycle.response_complete
        if is_untaken:  # it is the server that has yet to take what came
            self._roster.waits(self._admission, self.loop.time())
        elif self._is_receiving:
            self._refuse(_TOO_SLOW)
        else:  # nothing was asked: browsers open connections ahead of time
            self.transport.abort()

    def still_comes(self) -> None:
        """Begins the time of a request anew, of which a good part has come since."""
        if self._is_receiving and self.cycle is not None:
            self._roster.waits(self._admission, self.loop.time())

    def shutdown(self) -> None:
        """Ends the connection, when it was answered if it has asked; called by uvicorn."""
        if self._is_receiving:
            self.transport.abort()
        else:
            super().shutdown()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Has a request answered when it is whole, or at once where it may be large.

        So half a request costs nothing but its place.
        """
        if cycle.more_body and _is_small(cycle):
            self._held = (cycle, app)
        else:
            self._running = cycle
            super()._start_asgi_task(cycle, app)


def _is_small(cycle: RequestResponseCycle) -> bool:
    """Tells whether the body is known to fit what is kept until the application takes it."""
    headers = dict(cycle.scope["headers"])
    length = headers.get(b"content-length", b"0")
    is_chunked = b"transfer-encoding" in headers
    is_counted = length.isdigit() and int(length[:9]) <= HIGH_WATER_LIMIT and len(length) < 9
    return is_counted and not is_chunked and not cycle.waiting_for_100_continue
