"""How far the colour scale reaches: as the page reckons it in `kernels/limit.js`, in NumPy."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_BINS = 700
_SMALLEST = 1e-4
_LARGEST = 1e3
_BIN_WIDTH = math.log(_LARGEST / _SMALLEST) / _BINS
_QUANTILE = 0.98
_FIRST_ROOM = 1.45  # a scale that starts above frame 0 need not grow so far


def shared_limit(kernels: Iterable[NDArray[np.float64]]) -> float:
    """Gives the one limit of a film: the 98 % quantile of |W| over the frames so far, never
    shrinking.

    Args:
        kernels: each frame's weights, float64, in order.

    Returns:
        The limit after the last frame, 1 where all weights are 0 or there are none.
    """
    total = np.zeros(_BINS)
    limit = 0.0
    for number, kernel in enumerate(kernels):
        sizes = _histogram(kernel)
        if number == 0:
            limit = _quantile(sizes) * _FIRST_ROOM
        total += sizes
        limit = max(limit, _quantile(total))
    return limit or 1.0


def own_limits(kernel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gives the largest |weight| of each filter, 1 where that is 0; HWIO in, (filters,) float64
    out.
    """
    largest = np.abs(kernel).max(axis=(0, 1, 2))
    return np.where(largest > 0, largest, 1.0)


def _histogram(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Counts how often |weight| falls into each logarithmic bin, 2.3 % wide."""
    with np.errstate(divide="ignore"):
        place = np.log(np.abs(weights.ravel()) / _SMALLEST) / _BIN_WIDTH
    bins = np.clip(np.floor(place), 0, _BINS - 1).astype(np.intp)
    return np.bincount(bins, minlength=_BINS).astype(np.float64)


def _quantile(sizes: NDArray[np.float64]) -> float:
    """Returns the upper edge of the bin that a share of what was counted doesn't exceed."""
    if not sizes.any():
        return 0.0
    above = sizes.sum() * (1 - _QUANTILE)
    place = _BINS - 1
    while place > 0 and above >= sizes[place]:
        above -= sizes[place]
        place -= 1
    return _SMALLEST * math.exp((place + 1) * _BIN_WIDTH)
