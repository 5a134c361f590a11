"""How far filters have come from where they began."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def change_from(first: NDArray[np.float32], now: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Relative change ‖now − first‖ / ‖first‖ and Pearson correlation with `first`, per filter.

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
    return Origin(first).change(now)


class Origin:
    """The kernels before the first update, for which `change(now)` is `change_from(first, now)`.

    It keeps what a comparison needs to know of them, for those who compare often.
    """

    def __init__(self, first: NDArray[np.float32]) -> None:
        self._shape = first.shape
        self._start = _columns(first)
        self._size = _norm(self._start)
        self._pattern = self._start - self._start.mean(axis=0)
        self._contrast = _norm(self._pattern)

    def change(self, now: NDArray[np.float32]) -> tuple[Floats, Floats]:
        """Relative change and correlation; ValueError if `now` has another shape."""
        if self._shape != now.shape:
            raise ValueError(f"kernels of shapes {self._shape} and {now.shape} can't be compared")
        end = _columns(now)
        moved, size = _norm(end - self._start), self._size
        relative = np.divide(moved, size, out=(moved > 0).astype(np.float64), where=size > 0)
        end -= end.mean(axis=0)
        product, scale = _products(self._pattern, end), self._contrast * _norm(end)
        correlation = np.divide(product, scale, out=np.zeros_like(scale), where=scale > 0)
        return relative, np.clip(correlation, -1, 1)


def _columns(kernels: NDArray[np.float32]) -> Floats:
    return kernels.reshape(-1, kernels.shape[-1]).astype(np.float64)


def _norm(columns: Floats) -> Floats:
    norm: Floats = np.sqrt(_products(columns, columns))
    return norm


def _products(first: Floats, second: Floats) -> Floats:
    products: Floats = np.einsum("ij,ij->j", first, second)  # half the time of multiply and sum
    return products
