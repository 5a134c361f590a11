"""Filters as pixels, one weight a pixel: what `static/js/kernels/atlas.js` paints, in NumPy."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..events import StoredArray
from .colours import Pixels, coloured, rgb, signed
from .lettering import PAPER

_IN_A_ROW = 3  # slices that lie beside each other, so that it is seen whose they are


class Cell(NamedTuple):
    """How a filter's slices lie: one image for gray or colour kernels, else a mosaic of slices."""

    colour: bool
    columns: int
    gap: int
    width: int
    height: int


def cell_of(shape: tuple[int, ...], *, in_colour: bool = True) -> Cell:
    """Returns the cell of a filter of a kernel of that HWIO shape.

    Three channels are red, green and blue if they are `in_colour`.
    """
    height, width, channels, _ = shape
    if channels == 1 or (channels == 3 and in_colour):
        return Cell(channels == 3, 1, 0, width, height)
    columns = channels if channels <= _IN_A_ROW else math.ceil(math.sqrt(channels))
    rows = math.ceil(channels / columns)
    return Cell(False, columns, 1, columns * (width + 1) - 1, rows * (height + 1) - 1)


def weights_of(kernel: StoredArray) -> NDArray[np.float64]:
    """Returns a stored kernel as float64, HWIO, with 0 in place of what is no number."""
    weights = np.frombuffer(kernel.data, "<f4").reshape(kernel.shape).astype(np.float64)
    return np.nan_to_num(weights, copy=False, posinf=0, neginf=0)


def paint(
    kernel: NDArray[np.float64], limits: NDArray[np.float64], cell: Cell | None = None
) -> Pixels:
    """Paints all filters of a layer.

    Args:
        kernel: HWIO, float64.
        limits: what the ends of the scale stand for in each filter, (filters,) float64.
        cell: how slices lie; that of a kernel that looks at pixels unless said.

    Returns:
        ndarray of shape (filters, cell height, cell width, 3), uint8; paper between slices.
    """
    height, width, channels, count = kernel.shape
    cell = cell or cell_of(kernel.shape)
    if cell.colour:
        return np.ascontiguousarray(np.moveaxis(coloured(kernel, limits), 3, 0))
    slices = np.moveaxis(signed(kernel, limits), (2, 3), (1, 0))  # filter, channel, row, column
    painted = np.empty((count, cell.height, cell.width, 3), np.uint8)
    painted[:] = rgb(PAPER)
    for channel in range(channels):
        row, column = divmod(channel, cell.columns)
        top, left = row * (height + cell.gap), column * (width + cell.gap)
        painted[:, top : top + height, left : left + width] = slices[:, channel]
    return painted
