"""The bytes of a pickle, taken one after the other, with an end to how many."""

from typing import Final

from ..contents import MOST_HEADER_BYTES, WeightsUnreadable
from ..pieces import FilePiece

_STEP: Final = 64 * 1024
_LONGEST_LINE: Final = 4096
MOST_KEPT: Final = 1024**2
_CUT: Final = "its pickle ends too early: the file is cut short; copy or save it once more"


class PickleText:
    """Reads on from a place in a file; strings longer than a megabyte are passed over."""

    def __init__(self, piece: FilePiece, start: int = 0) -> None:
        self._piece, self._begun, self._passed = piece, start, 0
        self._bytes, self._at, self._end = b"", 0, start  # _end: where the bytes at hand end

    @property
    def place(self) -> int:
        """The byte of the file that comes next."""
        return self._end - len(self._bytes) + self._at

    def byte(self) -> int:
        """Takes one byte."""
        if self._at == len(self._bytes):
            self._fetch(1)
        self._at += 1
        return self._bytes[self._at - 1]

    def take(self, size: int) -> bytes:
        """Takes `size` bytes."""
        if self._at + size > len(self._bytes):
            self._fetch(size)
        found = self._bytes[self._at : self._at + size]
        self._at += size
        return found

    def text(self, size: int) -> bytes | None:
        """Takes a string of `size` bytes; None if it is too long to be kept."""
        if size <= MOST_KEPT:
            return self.take(size)
        if self.place + size > self._piece.size:
            raise WeightsUnreadable(_CUT)
        self._passed += size
        self._end = self.place + size
        self._bytes, self._at = b"", 0
        return None

    def number(self, size: int) -> int:
        """Takes a whole number from 0 on of `size` bytes."""
        return int.from_bytes(self.take(size), "little")

    def line(self) -> bytes:
        """Takes what comes before the next line break, and the line break."""
        while (end := self._bytes.find(b"\n", self._at)) < 0:
            if len(self._bytes) - self._at > _LONGEST_LINE:
                raise WeightsUnreadable("its pickle has a line longer than any name is")
            self._fetch(len(self._bytes) - self._at + 1)
        found = self._bytes[self._at : end]
        self._at = end + 1
        return found

    def _fetch(self, size: int) -> None:
        rest = self._bytes[self._at :]
        step = min(max(size - len(rest), _STEP), self._piece.size - self._end)
        if len(rest) + step < size:
            raise WeightsUnreadable(_CUT)
        if self._end + step - self._begun - self._passed > MOST_HEADER_BYTES + _STEP:
            raise WeightsUnreadable(
                f"its pickle is longer than {MOST_HEADER_BYTES:,} bytes; save the weights alone"
            )
        self._bytes, self._at = rest + self._piece.read(self._end, step), 0
        self._end += step
