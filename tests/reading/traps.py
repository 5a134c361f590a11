"""Files that lie: what makes one, and the sentence that it must end in."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Trap(NamedTuple):
    """One file that lies: what writes it to a path, and a pattern of the sentence about it."""

    name: str
    make: Callable[[Path], object]
    says: str


def written(path: Path, data: bytes) -> Path:
    """Writes a file."""
    path.write_bytes(data)
    return path


def patched(data: bytes, old: bytes, new: bytes, *, at: int = 0) -> bytes:
    """Puts other bytes behind the first place of some; `at` counts from that place."""
    place = data.index(old) + at
    return data[:place] + new + data[place + len(new) :]
