"""Reports of a cluster's tasks that are larger than a request may be: they come piece by piece."""

import asyncio
import contextlib
from collections.abc import Collection
from pathlib import Path
from typing import IO, NamedTuple

from ..cluster.report_wire import PIECE_BYTES
from .body import too_large
from .problems import Problem
from .reception import file_without_name, full_disk_told


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

    async def add(self, lease: str, piece: Piece, body: bytes) -> bytes | None:
        """Takes a piece; returns the whole report with its last one, else None.

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
            message = "Send this report again from its first piece."
            raise Problem(503, "not_recorded", message, headers={"Retry-After": "1"})
        self._begun[lease] = begun._replace(next=begun.next + 1)
        with full_disk_told():
            await asyncio.to_thread(begun.file.write, body)
        if piece.at + 1 < piece.of:
            return None
        whole = await asyncio.to_thread(_read, begun.file)
        self.forget({lease})
        return whole

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


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
