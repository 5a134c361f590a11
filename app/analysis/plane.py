"""The plane test: is a kernel a gradient, and how often would chance say so?

For 3×3 kernels, too small for the template bank to tell one from noise, this is an honest answer:
a p-value for each.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

SIGNIFICANT: Final = 0.05


def plane_verdict(p_values: NDArray[np.float64]) -> str:
    """Returns what the test says of a layer, with what chance alone would say.

    >>> plane_verdict(np.array([0.01, 0.3, 0.7, 0.9]))
    '1 of 4 explained by a gradient at p < .05; 0.2 expected by chance'
    """
    count, expected = int((p_values < SIGNIFICANT).sum()), SIGNIFICANT * len(p_values)
    return (
        f"{count} of {len(p_values)} explained by a gradient at p < .05; "
        f"{expected:.1f} expected by chance"
    )


def plane_test(kernels: NDArray[np.float32]) -> NDArray[np.float64]:
    """Computes p = (1 − R²)^((k² − 3) / 2), with R² the share that a tilted plane explains.

    After the mean is removed, k² − 1 dimensions remain and the plane (span{x, y}) takes two of
    them; for a random direction R² is Beta(1, (k² − 3)/2), whose upper tail this is. Under
    uniform weights 4.8-5.4 % of kernels fall below .05.

    Args:
        kernels: HWIO (size, size, 1, filters), size ≥ 2.

    Returns:
        float64 ndarray (filters,) in [0, 1]; 1 for constant kernels.

    Raises:
        ValueError: more than one input channel, or not square, or smaller than 2×2.
    """
    if kernels.ndim != 4 or kernels.shape[0] != kernels.shape[1] or kernels.shape[0] < 2:
        raise ValueError(f"the plane test wants square kernels from 2×2 on, not {kernels.shape}")
    if kernels.shape[2] != 1:
        raise ValueError(
            f"the plane test holds for one input channel, not {kernels.shape[2]}: a colour is free "
            "to differ and would need its own"
        )
    size = kernels.shape[0]
    flat = kernels.reshape(size * size, -1).astype(np.float64)
    flat -= flat.mean(axis=0)
    axis = np.arange(size) - (size - 1) / 2
    plane = np.stack(np.meshgrid(axis, axis)).reshape(2, -1)
    plane /= np.linalg.norm(plane, axis=1, keepdims=True)
    total = np.square(flat).sum(axis=0)
    explained = np.square(plane @ flat).sum(axis=0)
    share = np.divide(explained, total, out=np.zeros_like(total), where=total > 0)
    p: NDArray[np.float64] = np.clip(1 - share, 0, 1) ** ((size * size - 3) / 2)
    return p
