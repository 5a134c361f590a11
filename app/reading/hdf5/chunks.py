"""Arrays in pieces, which may be compressed: finding, unpacking and putting them together."""

import zlib
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..contents import MOST_KERNEL_BYTES, MOST_RATIO, WeightsUnreadable
from ..cursor import Cursor, damaged
from .space import AddressSpace

_DEFLATE, _SHUFFLE, _FLETCHER32 = 1, 2, 3
_KNOWN: Final = {_DEFLATE, _SHUFFLE, _FLETCHER32}
_DEEPEST: Final = 16
_STEPS: Final = 4  # a piece takes as long as so many other things
_MOST_TIMES: Final = 8  # of an array's bytes are unpacked, for pieces reach beyond its edges
_SMALL_BYTES: Final = 4 * 1024**2


class Chunk(NamedTuple):
    """One piece: where it begins in the array, and where in the file its bytes lie."""

    starts: tuple[int, ...]
    address: int
    size: int
    left_out: int  # bit by bit, which filters weren't used


def filters_of(data: bytes, name: str) -> tuple[int, ...]:
    """Reads which filters pieces went through, first to last."""
    head = Cursor(data, f"the filters of {name}")
    version, count = head.number(1), head.number(1)
    head.take(6 if version == 1 else 0)
    found = []
    for _ in range(count):
        number = head.number(2)
        length = head.number(2) if version == 1 or number >= 256 else 0
        head.take(2)
        values = head.number(2)
        head.take(length + (-length % 8 if version == 1 else 0))
        head.take(4 * (values + (values % 2 if version == 1 else 0)))
        found.append(number)
    if unknown := set(found) - _KNOWN:
        raise WeightsUnreadable(
            f"{name} is compressed by filter {min(unknown)} of HDF5; save it with gzip or without"
        )
    return tuple(found)


@dataclass(frozen=True)
class Chunked:
    """An array that lies in pieces of one shape, `sides`, each entry of `entry_bytes`."""

    space: AddressSpace
    name: str
    entry_bytes: int
    sides: tuple[int, ...]
    filters: tuple[int, ...]

    @property
    def _bytes(self) -> int:
        entries = self.entry_bytes
        for side in self.sides:
            entries *= side
        if entries > MOST_KERNEL_BYTES:
            raise damaged(f"the pieces of {self.name} are larger than it may be")
        return entries

    def chunks(self, tree: int) -> list[Chunk]:
        """Lists the pieces under a B-tree of version 1."""
        axes = len(self.sides)
        entry = 8 + 8 * (axes + 1) + 8
        nodes, found = [tree], list[Chunk]()
        for _ in range(_DEEPEST):
            below: list[Chunk] = []
            levels = set()
            for address in nodes:
                head = self.space.header(address, 24, f"the B-tree of {self.name}")
                head.expect(b"TREE\1")
                levels.add(head.number(1))
                count = head.number(2)
                self.space.step(_STEPS * count)
                table = self.space.header(address + 24, entry * count, f"the B-tree of {self.name}")
                below += [_entry(table, axes) for _ in range(count)]
            if levels == {0}:
                return found + below
            nodes = [chunk.address for chunk in below]
        raise damaged(f"the B-tree of {self.name} is deeper than any is")

    def check(self, chunks: list[Chunk], wanted: int) -> None:
        """Refuses pieces that would unpack to far more than the array that they make up."""
        stored = sum(chunk.size for chunk in chunks)
        made = len(chunks) * self._bytes
        if stored * MOST_RATIO < wanted or made > _MOST_TIMES * wanted + _SMALL_BYTES:
            raise WeightsUnreadable(
                f"{self.name} unpacks to more than {MOST_RATIO} times its size in the file, or than"
                " it holds, as no trained weights do; save it without compression"
            )

    def put(self, chunk: Chunk, whole: NDArray[np.uint8]) -> int:
        """Writes a piece into the array's bytes (…, entry's bytes); returns its entries there."""
        data = self.space.file.read(chunk.address, chunk.size)
        for place, number in reversed(list(enumerate(self.filters))):
            if not chunk.left_out >> place & 1:
                data = self._undone(number, data)
        if len(data) != self._bytes:
            raise damaged(f"a piece of {self.name} has {len(data):,} bytes for {self._bytes:,}")
        piece: NDArray[Any] = np.frombuffer(data, np.uint8)
        piece = piece.reshape(*self.sides, self.entry_bytes)
        room = [
            min(side, most - start)
            for side, most, start in zip(self.sides, whole.shape, chunk.starts, strict=False)
        ]
        if any(left <= 0 for left in room):
            raise damaged(f"a piece of {self.name} lies outside it")
        target = tuple(slice(at, at + n) for at, n in zip(chunk.starts, room, strict=True))
        whole[target] = piece[tuple(slice(n) for n in room)]
        return int(np.prod(room, dtype=np.int64))

    def _undone(self, number: int, data: bytes) -> bytes:
        if number == _DEFLATE:
            unpacker = zlib.decompressobj()
            try:
                return unpacker.decompress(data, self._bytes + 4)  # a check value may follow
            except zlib.error:
                raise damaged(f"a piece of {self.name} can't be unpacked") from None
        if number == _SHUFFLE:
            whole = len(data) // self.entry_bytes * self.entry_bytes
            planes = np.frombuffer(data, np.uint8, whole).reshape(self.entry_bytes, -1)
            return planes.T.tobytes() + data[whole:]
        return _checked(data, self.name)


def _entry(table: Cursor, axes: int) -> Chunk:
    size, left_out = table.number(4), table.number(4)
    starts = tuple(table.number(8) for _ in range(axes))
    table.take(8)
    return Chunk(starts, table.number(8), size, left_out)


def _checked(data: bytes, name: str) -> bytes:
    """Takes Fletcher's check value off the end of a piece."""
    body, told = data[:-4], int.from_bytes(data[-4:], "little")
    words = np.frombuffer(body + b"\0" * (len(body) % 2), ">u2").astype(np.int64)
    first = int(words.sum()) % 65535
    # Each word counts as often as there are words from it to the end.
    times = np.arange(len(words), 0, -1) % 65535
    second = int((words % 65535 * times % 65535).sum()) % 65535
    if (told & 0xFFFF) % 65535 != first or (told >> 16) % 65535 != second:
        raise damaged(f"a piece of {name} doesn't match its check value")
    return body
