"""Expanded weights: a later layer's filters drawn in pixels.

A raw 3×3 slice of a second layer says nothing to the eye. Laid over the first layer's filters it
does: a linear approximation, which ignores ReLU and takes a pooling for the mean of its window
(with a max-pooling nobody knows beforehand which of its inputs passes).
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..engine.layers.batch_normalization import folded_factor
from ..vocabulary.layers import BatchNormalization, Conv2D, DepthwiseConv2D, Layer
from ..vocabulary.layers.naming import kernel_name, weight_name
from .fields import window_of

Kernels = NDArray[np.float32]


def expanded_weights(path: Sequence[tuple[str, Layer]], weights: Mapping[str, Kernels]) -> Kernels:
    """Returns the last layer's filters as weights of pixels.

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
    first = next(name for name, layer in path if isinstance(layer, Conv2D | DepthwiseConv2D))
    channels = weights[kernel_name(first)].shape[2]
    expanded = np.eye(channels, dtype=np.float32)[None, None]
    step = 1
    for name, layer in path:
        if isinstance(layer, BatchNormalization):
            expanded = expanded * _factor(name, layer, weights)
            continue
        window = window_of(layer)
        mixed = _mixing(layer, weights.get(kernel_name(name)))
        expanded = _lay_over(expanded, mixed, window.size, step)
        step *= window.step
    return expanded


def _factor(name: str, layer: BatchNormalization, weights: Mapping[str, Kernels]) -> Kernels:
    variance = weights[weight_name(name, "moving_variance")]
    return folded_factor(layer, variance, weights.get(weight_name(name, "gamma")))


def _mixing(layer: Layer, kernel: Kernels | None) -> Callable[[Kernels, int, int], Kernels]:
    """Gives what the layer makes of filters (…, in) at a row and column of its window: (…, out)."""
    if kernel is None:
        return lambda inner, row, column: inner / np.float32(window_of(layer).size ** 2)
    if isinstance(layer, DepthwiseConv2D):
        return lambda inner, row, column: (inner[..., None] * kernel[row, column]).reshape(
            *inner.shape[:-1], -1
        )
    return lambda inner, row, column: inner @ kernel[row, column]


def _lay_over(
    inner: Kernels, mixed: Callable[[Kernels, int, int], Kernels], window: int, step: int
) -> Kernels:
    """Returns `inner` at each place of a window, as the layer mixes it there."""
    size = inner.shape[0]
    whole = size + (window - 1) * step
    filters = mixed(inner[:1, :1], 0, 0).shape[-1]
    outer = np.zeros((whole, whole, inner.shape[2], filters), np.float32)
    for row, column in np.ndindex(window, window):
        down, right = row * step, column * step
        outer[down : down + size, right : right + size] += mixed(inner, row, column)
    return outer
