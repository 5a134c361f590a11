"""HTTP/1.1 as uvicorn speaks it, with a deadline and bounds for what comes in."""

import asyncio
from typing import Any

import httptools
from uvicorn import Config
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from . import refusals
from .roster import Admission, Roster

REQUEST_SECONDS = 10.0  # for a whole request, from the connection or its first byte on
BLOCKED_SECONDS = 10.0  # for who takes nothing of an answer
MOST_HEAD_BYTES = 32 * 1024  # of address and headers; browsers send cookies of all local servers
MOST_HEADERS = 100
_MOST_PIPELINED = 8
MOST_CHUNKS = 2048  # of a body: 512 bytes each in the largest
_READ_AT_ONCE = 16 * 1024  # what is parsed in one go: 3 ms if it is all chunks of one byte
_FAREWELL_SECONDS = 1.0  # a refused peer may read why, while what it still sends is dropped

_TOO_SLOW = refusals.too_slow(REQUEST_SECONDS)
_TOO_LARGE = refusals.headers_too_large(MOST_HEAD_BYTES, MOST_HEADERS)
_NOT_HTTP = refusals.not_http()
_TOO_MANY_CHUNKS = refusals.too_many_chunks(MOST_CHUNKS)
_NO_METHOD = refusals.no_such_method()


class _OutOfBounds(Exception):
    """Stops the parser in the middle of a request that is too long."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection: ends where a request takes too long to come, or is too long.

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
        self._is_in_head = False
        self._is_refused = False
        self._is_flushing = False  # the whole answer is written but not taken
        self._head_bytes = 0
        self._chunks = 0
        self._unread_bytes = 0
        self._took_at = 0.0
        self._refusal = _NOT_HTTP
        self._held: tuple[RequestResponseCycle, Any] | None = None
        self._running: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Makes the connection one that can be ended; it has been waited for since it was taken."""
        super().connection_made(transport)
        transport.max_size = _READ_AT_ONCE  # type: ignore[attr-defined]
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

    def data_received(self, data: bytes) -> None:
        """Takes in what came, as long as it is within bounds."""
        if self._is_refused:
            return
        self._unset_keepalive_if_required()
        was_in_head = self._is_in_head
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:  # no other protocol is spoken here: answered in ours
            self.cycle.keep_alive = False
        except httptools.HttpParserInvalidMethodError:
            self._refuse(_NO_METHOD if data[:1].isalpha() else _NOT_HTTP)
        except httptools.HttpParserError:
            self._refuse(self._refusal)
        if was_in_head and self._is_in_head:  # a header that goes on and on is told of at its end
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES + _READ_AT_ONCE and not self._is_refused:
                self._refuse(_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Begins to time a request; the first one's time began with the connection."""
        if len(self.pipeline) >= _MOST_PIPELINED:
            raise _OutOfBounds
        if self.cycle is not None:
            self._roster.waits(self._admission, self.loop.time())
        self._is_receiving = self._is_in_head = True
        self._is_flushing = False
        self._head_bytes = self._chunks = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Takes in a part of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Takes in a header."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Has the request answered."""
        self._is_in_head = False
        super().on_headers_complete()

    def on_chunk_header(self) -> None:
        """Counts the pieces that a body comes in: each costs as much as many bytes."""
        self._chunks += 1
        if self._chunks > MOST_CHUNKS:
            self._refusal = _TOO_MANY_CHUNKS
            raise _OutOfBounds

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
        is_untaken = self.flow.read_paused and not self.cycle.response_complete
        if is_untaken:  # it is the server that has yet to take what came
            self._roster.waits(self._admission, self.loop.time())
        elif self._is_receiving:
            self._refuse(_TOO_SLOW)
        else:  # nothing was asked: browsers open connections ahead of time
            self.transport.abort()

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

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MOST_HEAD_BYTES or len(self.headers) >= MOST_HEADERS:
            self._refusal = _TOO_LARGE
            raise _OutOfBounds

    def _refuse(self, answer: bytes) -> None:
        """Answers in place of the application, unless it has begun to."""
        cycle = self.cycle
        is_answering = cycle is not None and not cycle.response_complete
        if self.pipeline or (is_answering and (cycle.response_started or self._is_in_head)):
            self.transport.abort()
            return
        if is_answering:
            cycle.disconnected = True
            cycle.message_event.set()
        self._is_refused = True
        self._unset_keepalive_if_required()
        self.transport.write(answer)
        self.transport.write_eof()
        self.loop.call_later(_FAREWELL_SECONDS, self.transport.abort)


def _is_small(cycle: RequestResponseCycle) -> bool:
    """Tells whether the body is known to fit what is kept until the application takes it."""
    headers = dict(cycle.scope["headers"])
    length = headers.get(b"content-length", b"0")
    is_chunked = b"transfer-encoding" in headers
    is_counted = length.isdigit() and int(length[:9]) <= HIGH_WATER_LIMIT and len(length) < 9
    return is_counted and not is_chunked and not cycle.waiting_for_100_continue
