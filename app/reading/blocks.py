"""Small reads of a file that come out of blocks which are kept for a while."""

from collections import OrderedDict
from typing import Final

from .cursor import damaged
from .pieces import FilePiece

_BLOCK: Final = 16 * 1024
_MOST_BLOCKS: Final = 64


class HeldPiece:
    """Bytes that are in memory."""

    def __init__(self, data: bytes) -> None:
        self.size = len(data)
        self._data = data

    def read(self, start: int, size: int) -> bytes:
        """Reads `size` bytes from byte `start` on; see `FilePiece.read`."""
        if start < 0 or size < 0 or start + size > self.size:
            raise damaged(f"it ends at byte {self.size:,}, and byte {start + size:,} is needed")
        return self._data[start : start + size]


class Blockwise:
    """A piece of a file that is read here and there, a few bytes at a time."""

    def __init__(self, piece: FilePiece) -> None:
        self.size = piece.size
        self._piece = piece
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def read(self, start: int, size: int) -> bytes:
        """Reads `size` bytes from byte `start` on; see `FilePiece.read`."""
        if start < 0 or size < 0 or start + size > self.size:
            raise damaged(f"it ends at byte {self.size:,}, and byte {start + size:,} is needed")
        first, within = divmod(start, _BLOCK)
        if within + size > 2 * _BLOCK:
            return self._piece.read(start, size)
        found = self._block(first)
        if within + size > _BLOCK:
            found += self._block(first + 1)
        return found[within : within + size]

    def _block(self, number: int) -> bytes:
        found = self._blocks.get(number)
        if found is None:
            start = number * _BLOCK
            found = self._piece.read(start, max(0, min(_BLOCK, self.size - start)))
            self._blocks[number] = found
            if len(self._blocks) > _MOST_BLOCKS:
                self._blocks.popitem(last=False)
        return found
