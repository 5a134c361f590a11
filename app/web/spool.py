"""Answers that are too large to hold: they lie in files, and are sent from there piece by piece."""

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .leaving import unless_left
from .pacing import PIECE_BYTES

MOST_BYTES = 1024**3  # that may lie there when another is begun
_PATIENCE_SECONDS = 10.0
_FAIR_SECONDS = 30.0  # that a file may take to be sent while others wait for its room


class SpoolFull(Exception):
    """Those who get large answers take them too slowly to make another."""


class Spool:
    """The room that unsent answers take on the disk, with an end to it.

    All of it belongs to the event loop's thread.

    Args:
        folder: where the files lie, without names; made when one is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[SpooledAnswer, tuple[int, float, Callable[[], None]]] = {}
        self._freed = asyncio.Event()

    @property
    def bytes(self) -> int:
        """How much lies there."""
        return sum(size for size, _, _ in self._held.values())

    async def room(self) -> None:
        """Waits until another answer may be made; who has been slow for long is cut off for it.

        Raises:
            SpoolFull: there was no room for ten seconds.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + _PATIENCE_SECONDS
        while self.bytes >= MOST_BYTES:
            if loop.time() > until:
                raise SpoolFull
            self._cut(loop.time() - _FAIR_SECONDS)
            self._freed.clear()
            try:
                await asyncio.wait_for(self._freed.wait(), 1)
            except TimeoutError:
                continue

    def hold(self, answer: "SpooledAnswer", size: int, hang_up: Callable[[], None]) -> None:
        """Counts an answer that is being sent from now on."""
        self._held[answer] = size, asyncio.get_running_loop().time(), hang_up

    def release(self, answer: "SpooledAnswer") -> None:
        """Counts it no longer."""
        self._held.pop(answer, None)
        self._freed.set()

    def _cut(self, before: float) -> None:
        for _, since, hang_up in list(self._held.values()):
            if since < before:
                hang_up()
                return


class SpooledAnswer(Response):
    """What a process aside wrote, sent as fast as it is taken, and gone with the connection."""

    def __init__(
        self,
        spool: Spool,
        file: BinaryIO,
        media_type: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(media_type=media_type, headers=headers)
        self._size = os.fstat(file.fileno()).st_size
        self.headers["content-length"] = str(self._size)
        self._spool = spool
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the file, unless whoever asked leaves before its end."""
        self._spool.hold(self, self._size, scope.get("filterscope.hang_up", lambda: None))
        try:
            with self._file, contextlib.suppress(ClientDisconnect):
                await unless_left(receive, self._sent(send))
        finally:
            self._spool.release(self)

    async def _sent(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        for begin in range(0, self._size, PIECE_BYTES):
            piece = await asyncio.to_thread(os.pread, self._file.fileno(), PIECE_BYTES, begin)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
