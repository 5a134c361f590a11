"""Fractal heaps: where the messages of many links or attributes lie."""

from typing import Final

from ..contents import WeightsUnreadable
from ..cursor import Cursor, damaged
from .btree import records_of
from .space import UNDEFINED, AddressSpace

_DEEPEST: Final = 16
_LARGE_RECORD: Final = 1  # the type of a B-tree of large entries


class FractalHeap:
    """Entries by their ids: in the heap's blocks, beside them where large, in the id where tiny."""

    def __init__(self, space: AddressSpace, address: int) -> None:
        self._space = space
        head = space.header(address, 142, "a heap")
        head.expect(b"FRHP\0")
        self._id_bytes, filtered = head.number(2), head.number(2)
        head.take(1)
        most_managed = head.number(4)
        self._large_has_place = self._id_bytes > 16
        head.take(8)
        self._large_tree = head.number(8)
        head.take(80)
        self._width = head.number(2)
        self._first, most_direct = head.number(8), head.number(8)
        self._offset_bytes = (head.number(2) + 7) // 8
        head.take(2)
        self._root, self._rows = head.number(8), head.number(2)
        if filtered:
            raise WeightsUnreadable("a heap of it is compressed; save it with h5py as it comes")
        if not (0 < self._first <= most_direct < 2**40 and 0 < self._width <= 1024):
            raise damaged("a heap of it has blocks of an impossible size")
        self._length_bytes = min(
            (most_direct.bit_length() + 6) // 8, (most_managed.bit_length() + 7) // 8
        )
        self._direct_rows = (most_direct // self._first).bit_length() + 1

    def entry(self, heap_id: bytes) -> bytes:
        """Returns the bytes that an id stands for."""
        head = Cursor(heap_id[: self._id_bytes], "a heap's id")
        kind = head.number(1)
        if kind >> 4 & 3 == 2:
            return head.take((kind & 15) + 1)
        if kind >> 4 & 3 == 1:
            address, length = self._large(head)
            return self._space.header(address, length, "a heap").take(length)
        offset, length = head.number(self._offset_bytes), head.number(self._length_bytes)
        block, within = self._block(self._root, self._rows, offset)
        return self._space.header(block + within, length, "a heap").take(length)

    def _large(self, heap_id: Cursor) -> tuple[int, int]:
        """Returns address and length of an entry that is too large for the heap's blocks."""
        if self._large_has_place:
            return heap_id.number(8), heap_id.number(8)
        number = heap_id.number(heap_id.left)
        for data in records_of(self._space, self._large_tree, _LARGE_RECORD):
            record = Cursor(data, "a large entry of a heap")
            address, length = record.number(8), record.number(8)
            if record.number(8) == number:
                return address, length
        raise damaged("a large entry of a heap isn't there")

    def _block(self, address: int, rows: int, offset: int) -> tuple[int, int]:
        """Finds the block that a place of the heap lies in, and the place within it."""
        if rows == 0:
            return address, offset
        for _ in range(_DEEPEST):
            row, size, before = self._row(offset)
            column, within = divmod(offset - before, size)
            if row >= rows:
                break
            head = 13 + self._offset_bytes + 8 * (row * self._width + column)
            child = self._space.header(address + head, 8, "a heap").number(8)
            if child == UNDEFINED:
                break
            if row < self._direct_rows:
                return child, within
            address, offset = child, within
            rows = (size // (self._first * self._width)).bit_length()
        raise damaged("an entry of a heap lies in no block of it")

    def _row(self, offset: int) -> tuple[int, int, int]:
        """Returns the row of a place, the size of its blocks, and where the row begins."""
        row = (offset // (self._first * self._width)).bit_length()
        size = self._first << max(row - 1, 0)
        return row, size, size * self._width if row else 0
