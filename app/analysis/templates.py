"""The template bank: ideal edges, lines and blobs at every place, size and angle, and the constant.

Edges and lines are Gabor functions (Daugman 1985), blobs are Gaussians and their centre-surround
second derivative.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

SMALLEST_SIZE: Final = 3
_SHORTEST_WAVE = 2.6  # pixels; shorter ones are sampled too coarsely to have a shape

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bank:
    """All templates for one kernel size, each of unit norm, family after family.

    `matrix` is float32 (size², templates); family f, in the order edge, line, blob, flat, is its
    columns from `bounds[f]` to `bounds[f + 1]`. All but the constant have zero mean.
    `cycles_per_pixel`, float64 (templates,), is the spatial frequency of edges and lines, 0 for
    the others.
    """

    matrix: NDArray[np.float32]
    bounds: tuple[int, int, int, int, int]
    cycles_per_pixel: Floats


@lru_cache(maxsize=32)
def bank_of(size: int) -> Bank:
    """Returns the bank for kernels of `size` × `size`, made once.

    Raises:
        ValueError: `size` is below 3, where an edge can't be told from chance.
    """
    if size < SMALLEST_SIZE:
        raise ValueError(f"kernels of {size}×{size} can't be matched: the smallest size is 3")
    edges, lines, cycles = _waves(size)
    parts = [_unit(edges), _unit(lines), _unit(_blobs(size)), np.full((1, size * size), 1 / size)]
    bounds = np.cumsum([0, *map(len, parts)])
    frequency = np.zeros(bounds[-1])
    frequency[: len(edges)] = cycles
    frequency[bounds[1] : bounds[2]] = cycles[: len(lines)]
    matrix = np.concatenate(parts).T
    return Bank(np.ascontiguousarray(matrix, np.float32), tuple(bounds.tolist()), frequency)


def _waves(size: int) -> tuple[Floats, Floats, Floats]:
    """Gives edges (sines) and lines (cosines), both (waves, size, size), and their cycles per
    pixel.

    Every edge has its line but the last ones of 3×3, waves so long that they are planes.
    """
    x, y = _centred(size)
    sigma, length = _widths_and_lengths(size)
    angles = 8 if size == SMALLEST_SIZE else 12
    angle = np.arange(angles) * np.pi / angles
    # Axes from here on: sigma and length, centre, angle, row, column.
    cos, sin = (turn(angle)[:, None, None] for turn in (np.cos, np.sin))
    along = x[:, None] * cos + y[:, None] * sin
    phase = 2 * np.pi * along / length[:, None, None, None, None]
    window = _gaussian(x, y, sigma[:, None, None, None])[:, :, None]
    edges, lines = window * np.sin(phase), window * np.cos(phase)
    cycles = np.repeat(1 / length, x.shape[0] * angles)
    shape = (-1, size, size)
    is_wave = length <= 100 * size
    return edges.reshape(shape), lines[is_wave].reshape(shape), cycles


def _widths_and_lengths(size: int) -> tuple[Floats, Floats]:
    """Returns standard deviations of the windows and lengths of the waves in them, in pixels."""
    if size == SMALLEST_SIZE:
        return np.full(2, np.inf), np.array([3.0, 1000.0])
    sigma, length = np.meshgrid([size / 5, size / 3.2], [1.6 * size, 0.9 * size, 0.55 * size])
    is_sampled = length >= _SHORTEST_WAVE
    return sigma[is_sampled], length[is_sampled]


def _blobs(size: int) -> Floats:
    """Gaussians and, but for 3×3, their centre-surround derivative: (blobs, size, size)."""
    x, y = _centred(size)
    is_smallest = size == SMALLEST_SIZE
    widths = (0.6, 0.9) if is_smallest else (size / 10, size / 7, size / 5, size / 3.5)
    sigma = np.array(widths)[:, None, None, None]
    bumps = _gaussian(x, y, sigma)
    rings = (1 - (x**2 + y**2) / (2 * sigma**2)) * bumps
    return (bumps if is_smallest else np.concatenate([bumps, rings])).reshape(-1, size, size)


def _centred(size: int) -> tuple[Floats, Floats]:
    """Returns pixel coordinates x and y, (centres, size, size), about each centre.

    The centres are the middle alone for 3×3, else nine places.
    """
    axis = np.arange(size) - (size - 1) / 2
    y, x = np.meshgrid(axis, axis, indexing="ij")
    if size == SMALLEST_SIZE:
        return x[None], y[None]
    offset = 0.5 if size == 4 else size / 5
    centre_y, centre_x = np.meshgrid([-offset, 0.0, offset], [-offset, 0.0, offset], indexing="ij")
    return x - centre_x.reshape(-1, 1, 1), y - centre_y.reshape(-1, 1, 1)


def _gaussian(x: Floats, y: Floats, sigma: Floats) -> Floats:
    bump: Floats = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    return bump


def _unit(templates: Floats) -> Floats:
    """Returns each template flattened, without its mean, of norm 1: (templates, size²)."""
    flat = templates.reshape(len(templates), -1)
    centred = flat - flat.mean(axis=1, keepdims=True)
    unit: Floats = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return unit
