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
    if first.shape != now.shape:
        raise ValueError(f"kernels of shapes {first.shape} and {now.shape} can't be compared")
    start = first.reshape(-1, first.shape[-1]).astype(np.float64)
    end = now.reshape(-1, now.shape[-1]).astype(np.float64)
    moved, size = _norm(end - start), _norm(start)
    relative = np.divide(moved, size, out=(moved > 0).astype(np.float64), where=size > 0)
    start, end = start - start.mean(axis=0), end - end.mean(axis=0)
    product = (start * end).sum(axis=0)
    scale = _norm(start) * _norm(end)
    correlation = np.divide(product, scale, out=np.zeros_like(scale), where=scale > 0)
    return relative, np.clip(correlation, -1, 1)


def _norm(columns: Floats) -> Floats:
    norm: Floats = np.linalg.norm(columns, axis=0)
    return norm
