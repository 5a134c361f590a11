"""The template bank: ideal edges, lines and blobs at every place, size and angle, and the constant.

Edges and lines are Gabor functions (Daugman 1985), blobs are Gaussians and their centre-surround
second derivative.
"""

from collections.abc import Iterator
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
    """The bank for kernels of `size` × `size`, made once.

    Raises:
        ValueError: `size` is below 3, where an edge can't be told from chance.
    """
    if size < SMALLEST_SIZE:
        raise ValueError(f"kernels of {size}×{size} can't be matched: the smallest size is 3")
    waves = list(_waves(size))
    edges = [_unit(edge) for edge, _, _ in waves]
    lines = [_unit(line) for _, line, _ in waves if line is not None]
    blobs = [_unit(blob) for blob in _blobs(size)]
    flat = [np.full(size * size, 1 / size)]
    bounds = np.cumsum([0, len(edges), len(lines), len(blobs), len(flat)])
    frequency = np.zeros(bounds[-1])
    frequency[: len(edges)] = [cycles for _, _, cycles in waves]
    frequency[bounds[1] : bounds[2]] = [cycles for _, line, cycles in waves if line is not None]
    matrix = np.stack([*edges, *lines, *blobs, *flat], axis=1)
    return Bank(np.ascontiguousarray(matrix, np.float32), tuple(bounds.tolist()), frequency)


def _waves(size: int) -> Iterator[tuple[Floats, Floats | None, float]]:
    """Pairs of an edge (sine) and a line (cosine) with their frequency in cycles per pixel."""
    for x, y in _centred(size):
        for window, length in _windows_and_lengths(size, x, y):
            angles = 8 if size == SMALLEST_SIZE else 12
            for angle in np.arange(angles) * np.pi / angles:
                phase = 2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / length
                # Within three pixels so long a wave is a plane: an edge, but no line.
                line = None if length > 100 * size else window * np.cos(phase)
                yield window * np.sin(phase), line, 1 / length


def _windows_and_lengths(size: int, x: Floats, y: Floats) -> Iterator[tuple[Floats, float]]:
    if size == SMALLEST_SIZE:
        yield from ((np.ones_like(x), length) for length in (1000.0, 3.0))
        return
    for sigma in (size / 5, size / 3.2):
        for length in (1.6 * size, 0.9 * size, 0.55 * size):
            if length >= _SHORTEST_WAVE:
                yield _gaussian(x, y, sigma), length


def _blobs(size: int) -> Iterator[Floats]:
    if size == SMALLEST_SIZE:
        ((x, y),) = _centred(size)
        yield from (_gaussian(x, y, sigma) for sigma in (0.6, 0.9))
        return
    for x, y in _centred(size):
        for sigma in (size / 10, size / 7, size / 5, size / 3.5):
            bump = _gaussian(x, y, sigma)
            yield bump
            yield (1 - (x**2 + y**2) / (2 * sigma**2)) * bump


def _centred(size: int) -> Iterator[tuple[Floats, Floats]]:
    """Pixel coordinates (x, y) about each centre: the middle alone for 3×3, else nine places."""
    axis = np.arange(size) - (size - 1) / 2
    y, x = np.meshgrid(axis, axis, indexing="ij")
    if size == SMALLEST_SIZE:
        yield x, y
        return
    offset = 0.5 if size == 4 else size / 5
    for centre_y in (-offset, 0.0, offset):
        for centre_x in (-offset, 0.0, offset):
            yield x - centre_x, y - centre_y


def _gaussian(x: Floats, y: Floats, sigma: float) -> Floats:
    bump: Floats = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    return bump


def _unit(template: Floats) -> Floats:
    """Flattened, without its mean, of norm 1."""
    centred = template.ravel() - template.mean()
    unit: Floats = centred / np.linalg.norm(centred)
    return unit
