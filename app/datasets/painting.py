"""Paints leaves one over the other, anti-aliased, all canvases of a class at once.

A leaf drawn by itself costs some thirty small NumPy calls, and most of what it paints is covered
by later ones. So every leaf is cut into the pixels of its rows: of the solid ones only the last
leaf at each pixel matters, and only the soft borders above it are blended, in order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .leaves import Leaves

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

_SOFT = 0.5  # alpha = clip(½ − d, 0, 1) falls from 1 to 0 between d = −½ and d = ½


def paint(leaves: Leaves, canvas_size: int) -> Floats:
    """Canvases on which each leaf covers the earlier ones; the first one's colour lies below.

    Alpha is clip(½ − d, 0, 1) with d the signed distance of the pixel to the leaf's outline:
    |x| − r for a disc, max(|u| − 3r, |v| − r/2) for a bar with u along and v across it.

    Args:
        leaves: at least one for each canvas.

    Returns:
        float64 ndarray of shape (canvases, canvas_size, canvas_size, 3), in [0, 1].
    """
    canvases, count = leaves.radius.shape
    colours = leaves.colour.reshape(-1, 3)
    rows = _cut_into_rows(leaves, canvas_size)
    outer, inner = rows.span(_SOFT, canvas_size), rows.span(-_SOFT, canvas_size)

    top = np.repeat(np.arange(canvases) * count, canvas_size**2)
    row, column = _expand(*inner)
    np.maximum.at(top, rows.first_pixel[row] + column, rows.leaf[row])
    image: Floats = colours[top]

    side, column = _expand(*_border(outer, inner))
    row = side // 2
    pixel, leaf = rows.first_pixel[row] + column, rows.leaf[row]
    seen = leaf > top[pixel]
    row, column, pixel, leaf = row[seen], column[seen], pixel[seen], leaf[seen]
    alpha = np.clip(_SOFT - rows.distance(row, column), 0, 1)
    _blend(image, pixel, leaf, alpha[:, None], colours)
    return image.reshape(canvases, canvas_size, canvas_size, 3)


@dataclass(frozen=True, slots=True)
class _Rows:
    """One entry for each row of pixels that a leaf touches, in painting order."""

    leaf: Indices
    first_pixel: Indices
    column: Floats  # the leaf's centre
    up: Floats  # the row's height above the centre
    radius: Floats
    cos: Floats | None  # of the bar's angle; None for discs
    sin: Floats | None

    def span(self, grow: float, canvas_size: int) -> tuple[Indices, Indices]:
        """Returns the first column and one past the last where the distance is below `grow`."""
        if self.cos is None or self.sin is None:
            half = np.sqrt(np.maximum((self.radius + grow) ** 2 - self.up**2, 0))
            left, right = self.column - half, self.column + half
        else:
            along, across = 3 * self.radius + grow, self.radius / 2 + grow
            middle_u, half_u = -self.up * self.sin / self.cos, along / np.abs(self.cos)
            middle_v, half_v = self.up * self.cos / self.sin, across / np.abs(self.sin)
            left = self.column + np.maximum(middle_u - half_u, middle_v - half_v)
            right = self.column + np.minimum(middle_u + half_u, middle_v + half_v)
        start = np.ceil(np.clip(left, 0, canvas_size)).astype(np.intp)
        stop = np.floor(np.clip(right, -1, canvas_size - 1)).astype(np.intp) + 1
        return start, np.maximum(start, stop)

    def distance(self, row: Indices, column: Indices) -> Floats:
        """Computes the signed distance to the outline of the pixels (row, column), in pixels."""
        x, y, radius = column - self.column[row], self.up[row], self.radius[row]
        distance: Floats
        if self.cos is None or self.sin is None:
            distance = np.hypot(x, y) - radius
        else:
            u = x * self.cos[row] + y * self.sin[row]
            v = y * self.cos[row] - x * self.sin[row]
            distance = np.maximum(np.abs(u) - 3 * radius, np.abs(v) - radius / 2)
        return distance


def _cut_into_rows(leaves: Leaves, canvas_size: int) -> _Rows:
    radius, centre = leaves.radius.ravel(), leaves.row.ravel()
    cos = sin = None
    reach = radius + _SOFT
    if leaves.angle is not None:
        cos, sin = _nonzero(np.cos(leaves.angle.ravel())), _nonzero(np.sin(leaves.angle.ravel()))
        reach = (3 * radius + _SOFT) * np.abs(sin) + (radius / 2 + _SOFT) * np.abs(cos)
    start = np.ceil(np.clip(centre - reach, 0, canvas_size)).astype(np.intp)
    stop = np.floor(np.clip(centre + reach, -1, canvas_size - 1)).astype(np.intp) + 1
    leaf, row = _expand(start, np.maximum(start, stop))
    canvas = leaf // leaves.radius.shape[1]
    return _Rows(
        leaf=leaf,
        first_pixel=(canvas * canvas_size + row) * canvas_size,
        column=leaves.column.ravel()[leaf],
        up=centre[leaf] - row,
        radius=radius[leaf],
        cos=None if cos is None else cos[leaf],
        sin=None if sin is None else sin[leaf],
    )


def _nonzero(values: Floats) -> Floats:
    return np.where(np.abs(values) < 1e-12, 1e-12, values)


def _expand(start: Indices, stop: Indices) -> tuple[Indices, Indices]:
    """Lists (i, j) for every i and every j in range(start[i], stop[i]), in that order."""
    counts = stop - start
    entry = np.repeat(np.arange(counts.size), counts)
    before = np.cumsum(counts) - counts
    return entry, np.arange(entry.size) + np.repeat(start - before, counts)


def _border(
    outer: tuple[Indices, Indices], inner: tuple[Indices, Indices]
) -> tuple[Indices, Indices]:
    """Splits each row into two spans: what lies in `outer` to the left and to the right of
    `inner`.
    """
    empty = inner[0] == inner[1]
    left_stop = np.where(empty, outer[1], inner[0])
    right_start = np.where(empty, outer[1], inner[1])
    return np.stack([outer[0], right_start], 1).ravel(), np.stack([left_stop, outer[1]], 1).ravel()


def _blend(image: Floats, pixel: Indices, leaf: Indices, alpha: Floats, colours: Floats) -> None:
    """Lays soft pixels over `image` in place, at each pixel in the order of the leaves."""
    order = np.lexsort((leaf, pixel))
    pixel, leaf, alpha = pixel[order], leaf[order], alpha[order]
    first = np.searchsorted(pixel, pixel)
    depth = np.arange(pixel.size) - first
    for level in range(depth.max(initial=-1) + 1):
        now = np.flatnonzero(depth == level)
        below = image[pixel[now]]
        image[pixel[now]] = below + alpha[now] * (colours[leaf[now]] - below)
