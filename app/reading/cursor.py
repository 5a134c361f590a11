"""A place in a header that moves on as numbers are read."""

import struct
from typing import Any

from .contents import WeightsUnreadable


class Cursor:
    """Reads little-endian numbers and bytes one after the other.

    Args:
        data: the header.
        name: what it is called in the sentence about its damage.
    """

    def __init__(self, data: bytes, name: str, at: int = 0) -> None:
        self._data = data
        self._name = name
        self.at = at

    @property
    def left(self) -> int:
        """How many bytes follow."""
        return len(self._data) - self.at

    def take(self, length: int) -> bytes:
        """Returns the next bytes; WeightsUnreadable if there are fewer."""
        start = self.at
        end = self.at = start + length
        if not start <= end <= len(self._data):
            raise damaged(f"{self._name} is shorter than it says")
        return self._data[start:end]

    def number(self, length: int) -> int:
        """Returns the unsigned number in the next bytes."""
        return int.from_bytes(self.take(length), "little")

    def numbers(self, layout: struct.Struct) -> tuple[Any, ...]:
        """Returns the numbers in the next bytes, which lie as `layout` says."""
        return layout.unpack(self.take(layout.size))

    def expect(self, signature: bytes) -> None:
        """Passes over bytes that must stand here."""
        if self.take(len(signature)) != signature:
            raise damaged(f"{self._name} doesn't begin as one does")

    def pad_to(self, multiple: int, since: int) -> None:
        """Passes over bytes that fill up to a multiple of so many since a place."""
        missing = -(self.at - since) % multiple
        self.take(min(missing, self.left))


def damaged(problem: str) -> WeightsUnreadable:
    """Makes the refusal of a file that contradicts itself."""
    return WeightsUnreadable(f"the file is damaged: {problem}; fetch or save it once more")
