"""Weights in the order that libraries with channels first have them."""

import numpy as np
from numpy.typing import NDArray

from ...inspection.whole import WholeLayer
from ...vocabulary.layers import Conv2D, DepthwiseConv2D

Floats = NDArray[np.float32]


def channels_first(layer: Conv2D | DepthwiseConv2D, kernel: Floats) -> Floats:
    """Turns HWIO to OIHW; a depthwise kernel to (channels · multiplier, 1, height, width)."""
    if isinstance(layer, DepthwiseConv2D):
        height, width = kernel.shape[:2]
        return kernel.transpose(2, 3, 0, 1).reshape(-1, 1, height, width)
    return kernel.transpose(3, 2, 0, 1)


def four_of_normalization(told: WholeLayer) -> tuple[Floats, Floats, Floats, Floats]:
    """Gives factor, shift, mean and variance of each channel, (channels,) each; those that the
    layer is without are 1 and 0.
    """
    mean, variance = told.weights["moving_mean"], told.weights["moving_variance"]
    factor = told.weights.get("gamma", np.ones_like(mean))
    return factor, told.weights.get("beta", np.zeros_like(mean)), mean, variance
