"""How far filters have come from where they began."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .columns import Columns, Floats, columns_of, norms, products


class Change(NamedTuple):
    """Relative change and correlation with frame 0, float64 (..., filters) each."""

    change: Floats
    correlation: Floats


def change_from(first: NDArray[np.float32], now: NDArray[np.float32]) -> Change:
    """Computes ‖now − first‖ / ‖first‖ and the Pearson correlation with `first`, per filter.

    A large change with a high correlation is a filter that grew but kept its random pattern.

    Args:
        first: HWIO float32, the kernels before the first update.
        now: HWIO float32 of the same shape.

    Returns:
        Two finite float64 ndarrays (filters,). A filter that began at zero has nothing to be
        compared with: its change is 1 once it has moved, 0 until then. Where either is constant
        the correlation is 0.

    Raises:
        ValueError: the shapes differ.
    """
    return Origin(columns_of(first)).change(columns_of(now))


class Origin:
    """The kernels before the first update, for which `change(now)` is `change_from(first, now)`.

    It keeps what a comparison needs to know of them, for those who compare often.
    """

    def __init__(self, first: Columns) -> None:
        self._first = first
        pattern = first.weights - _means(first.weights)
        contrast = norms(pattern)
        self._pattern = pattern / np.where(contrast == 0, 1, contrast)
        self._has_zeros = bool((first.norm == 0).any())

    def change(self, now: Columns) -> Change:
        """Returns change and correlation, (..., filters); ValueError if `now` has another shape."""
        if self._first.shape != now.shape:
            raise ValueError(
                f"kernels of shapes {self._first.shape} and {now.shape} can't be compared"
            )
        relative, size = norms(now.weights - self._first.weights), self._first.norm
        if self._has_zeros:
            relative, size = np.where(size > 0, relative, relative > 0), np.where(size > 0, size, 1)
        relative /= size
        end = now.weights - _means(now.weights)
        contrast = norms(end)
        contrast[contrast == 0] = 1
        correlation = products(self._pattern, end) / contrast
        return Change(relative, np.minimum(np.maximum(correlation, -1), 1))


def _means(columns: Floats) -> Floats:
    means: Floats = columns.sum(axis=-2, keepdims=True) / columns.shape[-2]
    return means
