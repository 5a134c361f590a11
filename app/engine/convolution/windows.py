"""Windows of images: where they lie, and the copies that make them rows of a matrix."""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ..arrays import Array, DType
from .geometry import Geometry


class Padder:
    """Images with their zeros around, or the images themselves where none are needed."""

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        (top, bottom), (left, right) = geometry.pads
        self._inside = (
            slice(None),
            slice(top, top + geometry.height),
            slice(left, left + geometry.width),
        )
        self._padded: Array | None = None
        if top or bottom or left or right:
            height, width = geometry.height + top + bottom, geometry.width + left + right
            self._padded = np.zeros((images, height, width, geometry.channels), dtype)

    def pad(self, inputs: Array) -> Array:
        """Return (images, padded height, padded width, channels), contiguous."""
        if self._padded is None:
            return np.ascontiguousarray(inputs)
        self._padded[self._inside] = inputs
        return self._padded


def windows(padded: Array, positions: tuple[int, int], size: int, stride: int) -> Array:
    """Return every window of every image as a view, nothing copied.

    padded: (images, height, width, channels), its last two axes contiguous; positions: how many
    windows there are down and across. Returns (images, rows, columns, size, size·channels).
    """
    images, height, width, channels = padded.shape
    by_image, by_row, by_column, by_value = padded.strides
    rows, columns = positions
    if (rows - 1) * stride + size > height or (columns - 1) * stride + size > width:
        raise ValueError(f"{rows}×{columns} windows of {size} don't fit into {height}×{width}")
    return as_strided(
        padded,
        (images, rows, columns, size, size * channels),
        (by_image, by_row * stride, by_column * stride, by_row, by_value),
    )


class Rows:
    """A matrix whose rows are windows, each followed by a one for the bias to multiply."""

    def __init__(self, images: int, positions: tuple[int, int], depth: int, dtype: DType) -> None:
        rows, columns = positions
        self.matrix: Array = np.ones((images * rows * columns, depth + 1), dtype)
        self._by_position = self.matrix.reshape(images, rows, columns, depth + 1)
        self._by_window: Array | None = None

    def gather(self, view: Array) -> None:
        """Copy windows (images, rows, columns, size, size·channels) in."""
        if self._by_window is None or self._by_window.shape != view.shape:
            *outer, by_value = self._by_position.strides
            strides = (*outer, view.shape[-1] * by_value, by_value)
            self._by_window = as_strided(self._by_position, view.shape, strides)
        np.copyto(self._by_window, view)
