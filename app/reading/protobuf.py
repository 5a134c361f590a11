"""Protocol Buffers read by their bytes: fields with a number, and either a value or a range.

After https://protobuf.dev/programming-guides/encoding. A range is only looked into where somebody
asks, so that hundreds of megabytes of weights are passed over.
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .blocks import Blockwise
from .contents import MOST_HEADER_BYTES, WeightsUnreadable
from .cursor import damaged
from .pieces import FilePiece

VARINT, EIGHT_BYTES, RANGE, FOUR_BYTES = 0, 1, 2, 5
_MOST_FIELDS: Final = 400_000
_AHEAD: Final = 512
_LONGEST_LIST: Final = 64 * 1024
_MOST_DIGITS: Final = 10  # bytes of the longest number
_FIXED: Final = {EIGHT_BYTES: 8, FOUR_BYTES: 4}


class WireField(NamedTuple):
    """One field: `value` of a number, or where its bytes lie."""

    number: int
    wire: int
    value: int
    start: int
    end: int

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.end - self.start


class Wire:
    """The messages of a file; what is read of them is counted, and comes to an end."""

    def __init__(self, piece: FilePiece) -> None:
        self._file = Blockwise(piece)
        self.size = piece.size
        self._fields_left = _MOST_FIELDS
        self._bytes_left = MOST_HEADER_BYTES

    def fields(self, start: int, end: int) -> Iterator[WireField]:
        """Yields the fields of the message that lies there."""
        at = start
        window, window_at = b"", start  # read ahead, for most fields are short
        while at < end:
            self._fields_left -= 1
            if self._fields_left < 0:
                raise WeightsUnreadable(
                    f"it has more than {_MOST_FIELDS:,} parts; save it with its weights as raw data"
                )
            if at + 2 * _MOST_DIGITS > window_at + len(window):
                window, window_at = self._file.read(at, min(_AHEAD, end - at)), at
            key, length = _number(window, at - window_at)
            wire = key & 7
            value = 0
            if wire == VARINT:
                value, length = _number(window, length)
                first = last = window_at + length
            elif wire in _FIXED:
                first = window_at + length
                last = first + _FIXED[wire]
            elif wire == RANGE:
                size, length = _number(window, length)
                first = window_at + length
                last = first + size
            else:
                raise damaged(f"there is no field at its byte {at:,}")
            if last > end:
                raise damaged(f"a part of it ends at byte {last:,}, beyond what holds it")
            yield WireField(key >> 3, wire, value, first, last)
            at = last

    def data(self, field: WireField) -> bytes:
        """Returns a range's bytes, which mustn't be many."""
        self._bytes_left -= field.size
        if self._bytes_left < 0:
            raise WeightsUnreadable(
                f"its names and settings take more than {MOST_HEADER_BYTES // 1024**2} MiB;"
                " save it with its weights as raw data"
            )
        return self._file.read(field.start, field.size)

    def text(self, field: WireField) -> str:
        """Returns a range as text."""
        return self.data(field).decode("utf-8", "replace") if field.wire == RANGE else ""

    def raw(self, field: WireField) -> bytes:
        """Returns a range's bytes, however many, for whoever has counted them before."""
        return self._file.read(field.start, field.size)

    def signed(self, field: WireField) -> list[int]:
        """Returns whole numbers: of a field that is one, or of one that packs several."""
        if field.wire == VARINT:
            return [_signed(field.value)]
        if field.wire != RANGE or field.size > _LONGEST_LIST:
            raise damaged(f"there is no list of sizes at its byte {field.start:,}")
        data, at, found = self.data(field), 0, list[int]()
        while at < len(data):
            number, at = _number(data, at)
            found.append(_signed(number))
        return found

    def real(self, field: WireField) -> float:
        """Returns a number of four bytes."""
        return float(struct.unpack("<f", self.data(field))[0]) if field.wire == FOUR_BYTES else 0.0


def unpacked(data: bytes) -> NDArray[np.int64]:
    """Returns the whole numbers that are packed in bytes, as int64."""
    digits = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(digits < 128)
    if not len(digits):
        return np.zeros(0, np.int64)
    lengths = np.diff(ends, prepend=-1)
    if not len(ends) or ends[-1] != len(digits) - 1 or lengths.max() > _MOST_DIGITS:
        raise damaged("numbers in it run into one another")
    starts = ends - lengths + 1
    found = np.zeros(len(ends), np.uint64)
    for place in range(int(lengths.max())):
        there = lengths > place
        digit = digits[starts[there] + place].astype(np.uint64) & np.uint64(127)
        found[there] |= digit << np.uint64(7 * place)
    return found.view(np.int64)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Returns the number that begins there, and the place behind it."""
    if at < len(data) and data[at] < 128:  # most are
        return data[at], at + 1
    found = 0
    for place in range(_MOST_DIGITS):
        if at + place >= len(data):
            break
        digit = data[at + place]
        found |= (digit & 127) << 7 * place
        if digit < 128:
            return found & 2**64 - 1, at + place + 1
    raise damaged("a number in it has no end")


def _signed(number: int) -> int:
    return number - 2**64 if number >= 2**63 else number
