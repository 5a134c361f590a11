"""HTTP/1.1 as uvicorn reads it, with bounds for what one connection may send."""

import asyncio
from typing import Any

import httptools
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from . import refusals

MOST_HEAD_BYTES = 32 * 1024  # of address and headers; browsers send cookies of all local servers
MOST_HEADERS = 100
_MOST_PIPELINED = 8
MOST_CHUNKS = 2048  # of a body: 512 bytes each in the largest
_READ_AT_ONCE = 16 * 1024  # what is parsed in one go: 3 ms if it is all chunks of one byte
_FAREWELL_SECONDS = 1.0  # a refused peer may read why, while what it still sends is dropped

_TOO_LARGE = refusals.headers_too_large(MOST_HEAD_BYTES, MOST_HEADERS)
_NOT_HTTP = refusals.not_http()
_TOO_MANY_CHUNKS = refusals.too_many_chunks(MOST_CHUNKS)
_NO_METHOD = refusals.no_such_method()


class _OutOfBounds(Exception):
    """Stops the parser in the middle of a request that is too long."""


class BoundedReading(HttpToolsProtocol):
    """One connection: what is too long, or isn't HTTP, is refused in the one error envelope.

    Args:
        config, state, lifespan_state: uvicorn's.
    """

    def __init__(self, config: Config, state: ServerState, lifespan_state: dict[str, Any]) -> None:
        super().__init__(config, state, lifespan_state)
        self._is_in_head = False
        self._is_refused = False
        self._head_bytes = 0
        self._chunks = 0
        self._refusal = _NOT_HTTP

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Has little read at a time, so that others have their turn in between."""
        super().connection_made(transport)
        transport.max_size = _READ_AT_ONCE  # type: ignore[attr-defined]

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
        """Begins to count a request's head."""
        if len(self.pipeline) >= _MOST_PIPELINED:
            raise _OutOfBounds
        self._is_in_head = True
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

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MOST_HEAD_BYTES or len(self.headers) >= MOST_HEADERS:
            self._refusal = _TOO_LARGE
            raise _OutOfBounds
