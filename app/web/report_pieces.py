"""Reports of a cluster's tasks that are larger than a request may be: they come piece by piece."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import IO, NamedTuple

from ..cluster.report_wire import PIECE_BYTES
from .body import too_large
from .problems import Problem
from .reception import file_without_name, full_disk_told
from .room import Room

_WORKING_BYTES = 64 * 1024**2  # of whole reports at once; a larger one is worked on alone
_COPIES = 2  # of a report: as it came, and as it was read
_MOST_WAITING = 256
_PATIENCE_SECONDS = 15.0  # for it would have to come anew


class Piece(NamedTuple):
    """Which piece of which report.

    Attributes:
        at: its number, from 0; `of`: how many there are.
    """

    attempt: int
    report: int
    at: int
    of: int


class _Begun(NamedTuple):
    first: Piece
    next: int
    file: IO[bytes]


class ReportPieces:
    """Keeps in files without names what has come of reports. Belongs to the event loop's thread.

    Args:
        folder: where the files lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begun: dict[str, _Begun] = {}
        self._working = Room(_WORKING_BYTES, _MOST_WAITING, _PATIENCE_SECONDS)

    async def add(self, lease: str, piece: Piece, body: bytes) -> bool:
        """Takes a piece; tells whether it was the last one.

        Raises:
            Problem: 503 another piece comes next, or the disk is full; the report begins again with
                its first. 413 it is larger than a piece is.
        """
        if len(body) > PIECE_BYTES:
            raise too_large(PIECE_BYTES)
        if piece.at == 0:
            self.forget({lease})
            with full_disk_told():
                file = await asyncio.to_thread(file_without_name, self._folder)
            self._begun[lease] = _Begun(piece, 0, file)
        begun = self._begun.get(lease)
        if begun is None or piece != begun.first._replace(at=begun.next):
            raise _again()
        self._begun[lease] = begun._replace(next=begun.next + 1)
        with full_disk_told():
            await asyncio.to_thread(begun.file.write, body)
        return piece.at + 1 == piece.of

    @contextlib.asynccontextmanager
    async def whole(self, lease: str) -> AsyncIterator[bytes]:
        """Gives the report of which all has come, when there is room for it in memory, as long as
        the block lasts; then it is forgotten here.

        Raises:
            Problem: 503 there is no room now, or not all of it is here; it begins again.
        """
        begun = self._begun.get(lease)
        if begun is None or begun.next < begun.first.of:
            self.forget({lease})
            raise _again()
        del self._begun[lease]
        with begun.file as file:
            size = await asyncio.to_thread(file.seek, 0, io.SEEK_END)
            async with self._working.taken(min(_COPIES * size, _WORKING_BYTES)):
                yield await asyncio.to_thread(_read, file)

    def forget(self, leases: Collection[str]) -> None:
        """Lets go of what has come for these."""
        for lease in leases:
            if begun := self._begun.pop(lease, None):
                with contextlib.suppress(OSError):
                    begun.file.close()

    @property
    def leases(self) -> list[str]:
        """Of what has come a part."""
        return list(self._begun)


def _again() -> Problem:
    message = "Send this report again from its first piece."
    return Problem(503, "not_recorded", message, headers={"Retry-After": "1"})


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
