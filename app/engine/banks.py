"""Filters that people made by hand, as kernels to begin with.

Each filter is a pattern of the image plane times a direction in colour, has mean 0 and, times
twice the length that random kernels of its shape have on average, unit length.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float64]

_LOUDNESS = 2.0
_COLOURS = ((1.0, 1.0, 1.0), (1.0, 0.2, -1.2), (1.0, -1.0, 0.2))


def bank(name: str, shape: tuple[int, ...], random_deviation: float) -> NDArray[np.float32]:
    """Makes a bank's kernel of `shape`, HWIO; the same numbers at every call.

    Args:
        name: one of `BANKS`.
        shape: (size, size, channels, filters), size at least 3.
        random_deviation: of the numbers that a random kernel of that shape begins with.
    """
    size, _, channels, filters = shape
    loud = _LOUDNESS * random_deviation * np.sqrt(size * size * channels)
    kernel = np.empty(shape, np.float32)
    for index in range(filters):
        plane = BANKS[name](size, index, filters)
        plane = plane - plane.mean()
        filter_ = plane[..., None] * _colour(index, channels)
        kernel[..., index] = filter_ * (loud / np.linalg.norm(filter_))
    return kernel


def _colour(index: int, channels: int) -> Plane:
    """Returns bright against dark, then two opponent pairs in turn; elsewhere channels alike."""
    return np.array(_COLOURS[index % 3]) if channels == 3 else np.ones(channels)


def _grid(size: int) -> tuple[Plane, Plane]:
    """Returns y and x of each pixel, 0 in the middle."""
    places = np.arange(size) - (size - 1) / 2
    rows, columns = np.meshgrid(places, places, indexing="ij")
    return rows, columns


def _gabor(size: int, index: int, filters: int) -> Plane:
    """A wave .9·size long under a window of σ = size/3.2: sine and cosine of each angle."""
    y, x = _grid(size)
    angle = np.pi * (index // 2) / -(-filters // 2)
    across = x * np.cos(angle) + y * np.sin(angle)
    wave = (np.sin, np.cos)[index % 2](2 * np.pi * across / (0.9 * size))
    plane: Plane = np.exp(-(x**2 + y**2) / (2 * (size / 3.2) ** 2)) * wave
    return plane


def _steered(derivative: Plane, smoothing: Plane, index: int, filters: int) -> Plane:
    """A derivative along one axis, smoothed along the other, turned by even steps."""
    angle = 2 * np.pi * index / filters
    right, down = np.outer(smoothing, derivative), np.outer(derivative, smoothing)
    plane: Plane = np.cos(angle) * right + np.sin(angle) * down
    return plane


def _sobel(size: int, index: int, filters: int) -> Plane:
    """Binomial smoothing and its derivative (Sobel and Feldman 1968), size 3: 1 2 1 and −1 0 1."""
    smoothing = _binomial(size)
    derivative = np.convolve(_binomial(size - 2), [-1.0, 0.0, 1.0])
    return _steered(derivative, smoothing, index, filters)


def _prewitt(size: int, index: int, filters: int) -> Plane:
    """The slope of the plane that fits best (Prewitt 1970), size 3: 1 1 1 and −1 0 1."""
    return _steered(_grid(size)[0][:, 0], np.ones(size), index, filters)


def _laplacian(size: int, index: int, filters: int) -> Plane:
    """Centre against surround (Marr and Hildreth 1980), bright and dark, in four widths in turn."""
    y, x = _grid(size)
    width = size / (5 + index // 2 % 4)
    distance = (x**2 + y**2) / (2 * width**2)
    plane: Plane = (1 - 2 * (index % 2)) * (1 - distance) * np.exp(-distance)
    return plane


def _dct(size: int, index: int, filters: int) -> Plane:
    """Cosines of the discrete cosine transform (Ahmed et al. 1974), slow waves first."""
    waves = sorted(np.ndindex(size, size), key=lambda wave: (sum(wave), wave))[1:]
    down, right = waves[index % len(waves)]
    places = np.pi * (np.arange(size) + 0.5) / size
    return np.outer(np.cos(down * places), np.cos(right * places))


def _binomial(size: int) -> Plane:
    """Returns row `size` of Pascal's triangle: 1 2 1 for 3."""
    row = np.ones(1)
    for _ in range(size - 1):
        row = np.convolve(row, [1.0, 1.0])
    return row


BANKS: dict[str, Callable[[int, int, int], Plane]] = {
    "gabor": _gabor,
    "sobel": _sobel,
    "prewitt": _prewitt,
    "laplacian": _laplacian,
    "dct": _dct,
}
"""Planes (size, size) by (size, index, filters)."""
