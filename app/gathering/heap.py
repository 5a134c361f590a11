"""Pictures as they come, in a file: each once, with its class, its set and its hash."""

import hashlib
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from .found import FoundPicture, GivenSplit, Passed, Pixels, UnreadablePicture
from .request import MOST_CLASSES, MOST_PICTURES, NotGathered

_HASH_BYTES = 16


class _Taken(NamedTuple):
    name: str
    class_name: str
    split: GivenSplit
    digest: bytes


class Heap:
    """The pictures that were taken so far, uint8 (size, size, 3) one after the other in a file.

    Attributes:
        taken: name, class, set and hash of each, in that order.
        is_gray: whether none of them has a colour.
    """

    def __init__(self, path: Path, size: int, passed: Passed) -> None:
        self.taken: list[_Taken] = []
        self.is_gray = True
        self._path, self._size, self._passed = path, size, passed
        self._known: dict[bytes, int] = {}
        self._classes: set[str] = set()
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

    def add(self, found: FoundPicture) -> None:
        """Reads a picture and takes it, unless it can't be read or is there already.

        Raises:
            NotGathered: there are too many pictures or classes.
        """
        try:
            pixels = found.read()
        except UnreadablePicture as why:
            self._passed.leave_out(found.name, str(why))
            return
        coloured = np.ascontiguousarray(np.broadcast_to(pixels, (*pixels.shape[:2], 3)))
        digest = hashlib.sha256(coloured.tobytes()).digest()[:_HASH_BYTES]
        if (at := self._known.get(digest)) is not None:
            self._passed.leave_out(found.name, _same_as(self.taken[at], found))
            return
        self._classes.add(found.class_name)
        if len(self._classes) > MOST_CLASSES:
            message = f"there are more than {MOST_CLASSES} classes"
            raise NotGathered(message, "file", MOST_CLASSES)
        if len(self.taken) == MOST_PICTURES:
            message = f"there are more than {MOST_PICTURES:,} pictures"
            raise NotGathered(message, "file", MOST_PICTURES)
        self.is_gray = self.is_gray and not _has_colour(pixels)
        self._known[digest] = len(self.taken)
        self.taken.append(_Taken(found.name, found.class_name, found.split, digest))
        self._file.write(coloured.tobytes())

    def pictures(self) -> Pixels:
        """Maps all of them, uint8 (pictures, size, size, 3); none can be added any more."""
        self._file.close()
        shape = (len(self.taken), self._size, self._size, 3)
        return np.memmap(self._path, np.uint8, "r", shape=shape)


def _has_colour(pixels: Pixels) -> bool:
    if pixels.shape[2] == 1:
        return False
    first = pixels[..., :1]
    return bool((pixels != first).any())


def _same_as(known: _Taken, found: FoundPicture) -> str:
    if known.class_name != found.class_name:
        return f"it is the same picture as {known.name}, which is of another class"
    return f"it is the same picture as {known.name}"
