"""The page's colours, number for number: what `static/js/kernels/colours.js` does, in NumPy."""

import numpy as np
from numpy.typing import NDArray

from ..vocabulary.palette import WEIGHT_LEVELS as LEVELS
from ..vocabulary.palette import WEIGHT_STOPS as STOPS

Pixels = NDArray[np.uint8]


def rgb(colour: str) -> tuple[int, int, int]:
    """Converts `#0d254d` to red, green and blue, 0 to 255."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _table() -> Pixels:
    stops = np.array([rgb(stop) for stop in STOPS], np.float64)
    place = np.arange(LEVELS) / (LEVELS - 1) * (len(STOPS) - 1)
    stop = np.minimum(len(STOPS) - 2, np.floor(place).astype(int))
    part = (place - stop)[:, None]
    colours: Pixels = np.rint(stops[stop] + (stops[stop + 1] - stops[stop]) * part).astype(np.uint8)
    return colours


DIVERGING = _table()
"""Red, green and blue of each level, −1 first; uint8 (511, 3)."""


def signed(weights: NDArray[np.float64], limit: NDArray[np.float64]) -> Pixels:
    """Colours weights on the one signed scale: −limit is dark blue, 0 paper, +limit dark orange.

    Args:
        weights: ndarray of any shape, float64.
        limit: what the ends of the scale stand for; broadcasts against `weights`.

    Returns:
        ndarray of shape (*weights.shape, 3), uint8.
    """
    share = np.clip(weights / limit, -1, 1)
    levels = np.floor((share + 1) / 2 * (LEVELS - 1) + 0.5).astype(np.intp)  # as Math.round does
    return DIVERGING[levels]


def coloured(weights: NDArray[np.float64], limit: NDArray[np.float64]) -> Pixels:
    """Colours weights of red, green and blue as such light about mid-gray; uint8, same shape."""
    return np.rint(np.clip(127.5 + 127.5 * weights / limit, 0, 255)).astype(np.uint8)
