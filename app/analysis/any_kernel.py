"""Kernels of layers of any kind, as lists of filters."""

import numpy as np
from numpy.typing import NDArray

Kernels = NDArray[np.float32]


def filters_of(kind: str, kernel: Kernels) -> Kernels:
    """Gives a kernel of any layer as HWIO (height, width, in, filters), the weights in their order.

    Every kernel of a depthwise layer is a filter. Those of other layers than two-dimensional ones
    become rows without a shape, which norms and comparisons don't need.

    >>> filters_of("depthwise_conv2d", np.zeros((3, 3, 8, 2), np.float32)).shape
    (3, 3, 1, 16)
    >>> filters_of("conv1d", np.zeros((5, 8, 4), np.float32)).shape
    (1, 1, 40, 4)
    """
    if kind.startswith("depthwise"):
        *places, channels, multiplier = kernel.shape
        height, width = places if len(places) == 2 else (1, *places)
        return kernel.reshape(height, width, 1, channels * multiplier)
    return kernel if kernel.ndim == 4 else kernel.reshape(1, 1, -1, kernel.shape[-1])
