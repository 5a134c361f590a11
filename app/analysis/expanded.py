"""Expanded weights: a later layer's filters drawn in pixels.

A raw 3×3 slice of a second layer says nothing to the eye. Laid over the first layer's filters it
does: a linear approximation, which ignores ReLU and takes a pooling for the mean of its window
(with a max-pooling nobody knows beforehand which of its inputs passes).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..engine.layers.batch_normalization import folded_factor
from ..vocabulary.layers import BatchNormalization, Conv2D, Layer
from ..vocabulary.layers.naming import kernel_name, weight_name
from .fields import window_of

Kernels = NDArray[np.float32]


def expanded_weights(path: Sequence[tuple[str, Layer]], weights: Mapping[str, Kernels]) -> Kernels:
    """The last layer's filters as weights of pixels.

    Layer by layer, E′[u·j + r, v·j + c] = Σ_{u, v, f} E[r, c, f] · W[u, v, f] with j the pixels
    between neighbouring inputs. For the first layer these are its kernels themselves. A batch
    normalisation multiplies each channel by γ / √(σ² + ε) of its moving variance; what it subtracts
    and adds is left out, as biases are.

    Args:
        path: as `path_to` gives it.
        weights: of the layers on the path, as "conv1/kernel" (HWIO), …

    Returns:
        float32 ndarray (size, size, channels, filters), with `size` that of the layer's receptive
        field; channels are the image's.

    Raises:
        KeyError: a kernel is missing.
    """
    first = next(name for name, layer in path if isinstance(layer, Conv2D))
    channels = weights[kernel_name(first)].shape[2]
    expanded = np.eye(channels, dtype=np.float32)[None, None]
    step = 1
    for name, layer in path:
        if isinstance(layer, BatchNormalization):
            expanded = expanded * _factor(name, layer, weights)
            continue
        kernel = weights[kernel_name(name)] if isinstance(layer, Conv2D) else None
        window = window_of(layer)
        expanded = _lay_over(expanded, kernel, window.size, step)
        step *= window.step
    return expanded


def _factor(name: str, layer: BatchNormalization, weights: Mapping[str, Kernels]) -> Kernels:
    variance = weights[weight_name(name, "moving_variance")]
    return folded_factor(layer, variance, weights.get(weight_name(name, "gamma")))


def _lay_over(inner: Kernels, kernel: Kernels | None, window: int, step: int) -> Kernels:
    """`inner` at each place of a window, weighed by the kernel, or evenly where there is none."""
    size = inner.shape[0]
    whole = size + (window - 1) * step
    filters = inner.shape[3] if kernel is None else kernel.shape[3]
    outer = np.zeros((whole, whole, inner.shape[2], filters), np.float32)
    for row, column in np.ndindex(window, window):
        part = inner / window**2 if kernel is None else inner @ kernel[row, column]
        outer[row * step : row * step + size, column * step : column * step + size] += part
    return outer
