"""An array of pictures: how they lie in it and what range their numbers have, said in words."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .found import Pixels
from .npy_entry import NpyEntry
from .request import MOST_PIXELS, NotGathered

_SLACK = 1e-3  # that numbers may lie beyond their range


class ArrayPictures:
    """Pictures in an array: NHWC, NCHW or gray NHW, whole numbers or fractions.

    Attributes:
        side: height and width of each.
        words: what was understood, as a sentence.

    Raises:
        NotGathered: it is no array of pictures.
    """

    def __init__(self, entry: NpyEntry, name: str) -> None:
        self._entry, self.name = entry, name
        self.count = entry.shape[0] if entry.shape else 0
        self._order, self._shape = _order(entry.shape, name)
        self.side = self._shape[:2]
        if self.side[0] * self.side[1] > MOST_PIXELS or not all(self._shape):
            raise NotGathered(f"{name} holds pictures of the shape {self._shape}", "file")
        if entry.dtype.kind not in "buif":
            message = f"{name} holds {entry.dtype.name}; whole numbers or fractions are read"
            raise NotGathered(message, "file")
        self._low, self._high, range_words = self._range()
        height, width, channels = self._shape
        kind = {1: "gray", 3: "coloured", 4: "coloured, with transparency"}[channels]
        self.words = (
            f"{name} holds {self.count:,} {kind} pictures of {height}×{width}, "
            f"{self._order}, {range_words}."
        )

    def read(self) -> Iterator[Pixels | None]:
        """Yields each picture, uint8 (height, width, channels); None for one with numbers that
        aren't finite.
        """
        factor = 255 / (self._high - self._low)
        for rows in self._entry.rows():
            lying = _as_nhwc(rows, self._order, self._shape)
            for one in lying:
                if one.dtype == np.uint8 and factor == 1:
                    yield np.ascontiguousarray(one)
                    continue
                scaled = (one.astype(np.float64) - self._low) * factor
                is_whole = bool(np.isfinite(scaled).all())
                yield np.rint(np.clip(scaled, 0, 255)).astype(np.uint8) if is_whole else None

    def _range(self) -> tuple[float, float, str]:
        """Finds the range that all numbers lie in: what becomes 0 and 255, and words for it."""
        low, high = np.inf, -np.inf
        for rows in self._entry.rows():
            numbers = rows[np.isfinite(rows)] if rows.dtype.kind == "f" else rows
            if numbers.size:
                low, high = min(low, float(numbers.min())), max(high, float(numbers.max()))
        if low > high:
            raise NotGathered(f"{self.name} holds no finite number", "file")
        for bottom, top, words in _ranges(self._entry.dtype):
            slack = _SLACK * (top - bottom)
            if low >= bottom - slack and high <= top + slack:
                return bottom, top, words
        message = (
            f"the numbers of {self.name} go from {low:g} to {high:g}; 0 to 255, 0 to 1 and -1 to 1 "
            "are understood"
        )
        raise NotGathered(message, "file")


def _ranges(dtype: np.dtype[Any]) -> list[tuple[float, float, str]]:
    if dtype.kind == "f":
        return [
            (0.0, 1.0, "fractions from 0 to 1"),
            (-1.0, 1.0, "fractions from −1 to 1"),
            (0.0, 255.0, "numbers from 0 to 255"),
        ]
    ranges = [(0.0, 1.0, "black (0) and white (1)"), (0.0, 255.0, "numbers from 0 to 255")]
    return [*ranges, (0.0, 65535.0, "numbers from 0 to 65535")] if dtype.itemsize > 1 else ranges


def _order(shape: tuple[int, ...], name: str) -> tuple[str, tuple[int, int, int]]:
    """Finds in which order the axes lie, and height, width and channels of a picture."""
    if len(shape) == 2 and round(shape[1] ** 0.5) ** 2 == shape[1]:
        side = round(shape[1] ** 0.5)
        return "row by row", (side, side, 1)
    if len(shape) == 3:
        return "one number a pixel", (shape[1], shape[2], 1)
    if len(shape) == 4 and shape[3] in (1, 3, 4):
        return "channels last", (shape[1], shape[2], shape[3])
    if len(shape) == 4 and shape[1] in (1, 3, 4):
        return "channels first", (shape[2], shape[3], shape[1])
    message = (
        f"{name} has the shape {shape}; pictures have (n, height, width), "
        "(n, height, width, 1 or 3) or (n, 1 or 3, height, width)"
    )
    raise NotGathered(message, "file")


def _as_nhwc(rows: NDArray[Any], order: str, shape: tuple[int, int, int]) -> NDArray[Any]:
    if order == "channels first":
        return rows.transpose(0, 2, 3, 1)
    return rows.reshape(len(rows), *shape)
