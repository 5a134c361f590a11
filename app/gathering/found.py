"""A picture that was found, wherever it lies, and what became of the others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..kept_pictures import LeftOutPicture

MOST_TOLD = 1000
_LONGEST_NAME = 200

Pixels = NDArray[np.uint8]
GivenSplit = Literal["train", "test"] | None


class UnreadablePicture(Exception):
    """Why one picture can't be read, in words; the others go on."""


class FoundPicture(NamedTuple):
    """One picture: what it is called, its class, its set if the source says one, how to read it.

    `read` gives uint8 (size, size, channels), channels being 1 or 3; it raises UnreadablePicture.
    """

    name: str
    class_name: str
    split: GivenSplit
    read: Callable[[], Pixels]


@dataclass
class Passed:
    """What was passed over: `left_out` tells the first of `count`; `hidden` are the system's."""

    left_out: list[LeftOutPicture] = field(default_factory=list)
    count: int = 0
    hidden: int = 0

    def leave_out(self, name: str, why: str) -> None:
        """Notes a file that isn't taken."""
        self.count += 1
        if len(self.left_out) < MOST_TOLD:
            self.left_out.append(LeftOutPicture(shown(name), why))


class PictureSource(NamedTuple):
    """All that was found: how many pictures at `most`, and each in turn; what was understood."""

    most: int
    pictures: Iterator[FoundPicture]
    understood: list[str]


def shown(name: str) -> str:
    """Returns a name that can be printed, shortened where it is very long."""
    text = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in name)
    return text if len(text) <= _LONGEST_NAME else f"…{text[1 - _LONGEST_NAME :]}"
