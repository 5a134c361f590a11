"""Pieces of a file that are read only when somebody asks for them."""

import os
import zlib
from pathlib import Path
from typing import Final, Protocol

from .contents import MOST_KERNEL_BYTES, WeightsUnreadable

_PIECE_BYTES: Final = 1024**2


class FilePiece(Protocol):
    """A run of bytes inside a file, perhaps packed."""

    @property
    def size(self) -> int:
        """Its bytes, unpacked."""
        ...

    def read(self, start: int, size: int) -> bytes:
        """Reads `size` bytes of it, from its byte `start` on.

        Raises:
            WeightsUnreadable: they aren't there, or aren't what was written.
        """
        ...


class OpenedFile:
    """A file whose pieces are read one by one; nothing of it is kept open, nothing is mapped.

    So no piece is ever of another file that has taken its name in between.
    """

    def __init__(self, path: Path) -> None:
        found = path.stat()
        self.path = path
        self.size = found.st_size
        self._state = _state(found)

    def read(self, start: int, size: int) -> bytes:
        """Reads bytes `start` to `start + size`; see `FilePiece.read`."""
        if start < 0 or size < 0 or start + size > self.size:
            raise WeightsUnreadable(
                f"the file ends at byte {self.size:,}, and byte {start + size:,} of it is needed: "
                "it is cut short; copy or save it once more"
            )
        with self.path.open("rb") as file:
            if _state(os.fstat(file.fileno())) != self._state:
                raise WeightsUnreadable("the file changed while it was read; open it once more")
            file.seek(start)
            found = file.read(size)
        if len(found) != size:
            raise WeightsUnreadable("the file became shorter while it was read; open it once more")
        return found


class PlainPiece:
    """A piece that lies in a file as it is.

    Attributes:
        check: CRC-32 of all of it; 0 if nobody wrote one.
    """

    def __init__(self, file: OpenedFile, start: int, size: int, name: str, check: int = 0) -> None:
        if start + size > file.size:
            raise WeightsUnreadable(
                f"{name} ends at byte {start + size:,} and the file at byte {file.size:,}: "
                "it is cut short; copy or save it once more"
            )
        self.size = size
        self._file, self._start, self._name, self._check = file, start, name, check

    def read(self, start: int, size: int) -> bytes:
        """Reads `size` bytes of it, from its byte `start` on; see `FilePiece.read`."""
        if start + size > self.size:
            raise WeightsUnreadable(
                f"{self._name} has {self.size:,} bytes, and byte {start + size:,} is needed: "
                "the file is damaged; copy or save it once more"
            )
        whole = start == 0 and size == self.size
        if self._check and not whole and self.size <= MOST_KERNEL_BYTES:
            self._compare(self._check_value())
        found = self._file.read(self._start + start, size)
        if self._check and whole:
            self._compare(zlib.crc32(found))
        return found

    def _check_value(self) -> int:
        value = 0
        for start in range(0, self.size, _PIECE_BYTES):
            size = min(_PIECE_BYTES, self.size - start)
            value = zlib.crc32(self._file.read(self._start + start, size), value)
        return value

    def _compare(self, value: int) -> None:
        if value != self._check:
            raise WeightsUnreadable(
                f"{self._name} isn't what was written: its check value doesn't fit; "
                "copy or save the file once more"
            )
        self._check = 0


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns
