"""What somebody asks for: which pictures, as what. It needs no NumPy."""

from pathlib import Path
from typing import Final, Literal, NamedTuple

SIZES: Final = (28, 32, 48, 64, 96)
FITS: Final = ("crop", "pad")
BACKGROUNDS: Final = ("white", "black")

LARGEST_UPLOAD_BYTES: Final = 200 * 1000**2
MOST_PICTURES: Final = 100_000
MOST_PIXELS: Final = 25_000_000  # of one picture, before it is decoded
MOST_CLASSES: Final = 100
FEWEST_CLASSES: Final = 2


class PicturesWanted(NamedTuple):
    """How pictures are to be.

    Attributes:
        size: height and width; None takes what an archive of arrays has if that is possible,
            else 32.
        channels: None takes 1 if all pictures are gray, else 3.
        fit: `crop` cuts off what is longer than it is wide, `pad` adds a border.
        background: of that border, and below what is transparent.
    """

    size: int | None = None
    channels: Literal[1, 3] | None = None
    fit: Literal["crop", "pad"] = "crop"
    background: Literal["white", "black"] = "white"


class GatherRequest(NamedTuple):
    """Pictures at `path`, which lie in a file or folder called `origin`, to be kept as `name`."""

    path: Path
    origin: str
    name: str
    wanted: PicturesWanted
    folder: Path


class NotGathered(Exception):
    """Why there is no data set of it: in words, and which field to mend.

    It travels between processes, so all it holds is in its arguments.
    """

    def __init__(self, message: str, field: str | None = None, limit: float | None = None) -> None:
        super().__init__(message, field, limit)
        self.message = message
        self.field = field
        self.limit = limit

    def __str__(self) -> str:
        return self.message
