"""Where a split's pixels come from: images kept whole, or crops cut when asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from .dead_leaves import CROP_SIZE, Crops

Pixels = NDArray[np.uint8]


class Images(Protocol):
    """The natural images of one split."""

    def take(self, indices: NDArray[np.intp]) -> Pixels:
        """Takes a fresh uint8 ndarray of shape (len(indices), height, width, channels)."""
        ...


class StoredImages:
    """Images that lie in one array, read when the first of them is asked for."""

    def __init__(self, read: Callable[[], Pixels]) -> None:
        self._read = read

    def take(self, indices: NDArray[np.intp]) -> Pixels:
        taken: Pixels = self._stored[indices]
        return taken

    @cached_property
    def _stored(self) -> Pixels:
        return self._read()


class CroppedImages:
    """Images cut out of larger canvases; ten thousand crops would take nine times the memory."""

    def __init__(self, canvases: Pixels, crops: Crops) -> None:
        self._crops = crops
        self._windows = _windows(canvases)

    def take(self, indices: NDArray[np.intp]) -> Pixels:
        at, channels = self._crops, self._windows.shape[-1] // CROP_SIZE
        cut = self._windows[at.canvas[indices], at.top[indices], at.left[indices]]
        return cut.reshape(-1, CROP_SIZE, CROP_SIZE, channels)


def _windows(canvases: Pixels) -> Pixels:
    """Returns every crop of every canvas as a view (canvas, top, left, row, column · channel).

    Column and channel share an axis, so that a crop is copied a whole row at a time.
    """
    count, size, _, channels = canvases.shape
    canvas_step, row_step, column_step, _ = canvases.strides
    places = size - CROP_SIZE + 1
    return as_strided(
        canvases,
        shape=(count, places, places, CROP_SIZE, CROP_SIZE * channels),
        strides=(canvas_step, row_step, column_step, row_step, 1),
        writeable=False,
    )
