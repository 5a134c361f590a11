"""Smooth noise: random kernels blurred until they look like something without being it."""

import math

import numpy as np
from numpy.typing import NDArray

_REACH = 4  # standard deviations; what lies beyond weighs less than 1e-4


def draw_blurred(
    shape: tuple[int, int, int, int], sigma: float, generator: np.random.Generator
) -> NDArray[np.float32]:
    """Draws kernels cut from the middle of larger fields of uniform noise after a Gaussian blur.

    The fields are larger than the kernels by the blur's whole reach, so that no edge of the field
    shows in them.

    Args:
        shape: (size, size, channels, filters) of the kernels, HWIO.
        sigma: standard deviation of the Gaussian, in pixels.

    Returns:
        float32 ndarray of `shape`.
    """
    size, _, channels, filters = shape
    blur = _gaussian_rows(size, sigma)
    wide = blur.shape[1]
    noise = generator.uniform(-1, 1, (filters, channels, wide, wide))
    blurred = blur @ noise @ blur.T
    return np.ascontiguousarray(blurred.transpose(2, 3, 1, 0), np.float32)


def _gaussian_rows(size: int, sigma: float) -> NDArray[np.float64]:
    """Gives a matrix (size, size + 2·reach) whose row i is a Gaussian of sum 1 about column i +
    reach.
    """
    reach = math.ceil(_REACH * sigma)
    offset = np.arange(size + 2 * reach) - np.arange(size)[:, None] - reach
    weights = np.where(np.abs(offset) <= reach, np.exp(-(offset**2) / (2 * sigma**2)), 0)
    rows: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return rows
