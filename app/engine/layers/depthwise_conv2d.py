"""DepthwiseConv2D: each channel's own convolutions, one place of the window after the other."""

from collections.abc import Iterator

import numpy as np

from ...vocabulary.layers import DepthwiseConv2D
from ...vocabulary.layers.windows import same_padding
from ..activations import activation_named
from ..arrays import Array
from .layer_pass import Pass, Setting


class DepthwiseConvolutionPass(Pass):
    """y[r, c, k·M + m] = f(Σ x[r·s + i, c·s + j, k]·W[i, j, k, m] + b[k·M + m]), as in Keras.

    With M filters for each channel k. Too few numbers meet in a sum for matrix products to pay:
    each place of a window is multiplied with all its inputs at once.
    """

    def __init__(self, layer: DepthwiseConv2D, setting: Setting) -> None:
        height, width, channels = setting.input_shape
        size, self._step, padding = layer.window
        pads = [(0, 0), (0, 0)]
        if padding == "same":
            pads = [same_padding(length, size, self._step) for length in (height, width)]
        (top, bottom), (left, right) = pads
        self._inside = (slice(None), slice(top, top + height), slice(left, left + width))
        self._padded = setting.empty(top + height + bottom, left + width + right, channels)
        self._grad_padded = np.zeros_like(self._padded) if setting.input_gradient else None
        self._activation = activation_named(layer.activation)
        self._kernel, self._bias = setting.values["kernel"], setting.values["bias"]
        self._grad_kernel = setting.gradients.get("kernel")
        self._grad_bias = setting.gradients.get("bias")
        self._outputs = setting.empty(*layer.output_shape(setting.input_shape))
        self._scratch = np.zeros_like(self._outputs)
        self._by_channel = (*self._outputs.shape[:3], channels, layer.depth_multiplier)

    def forward(self, inputs: Array, training: bool) -> Array:
        """Return (images, output height, output width, channels · depth_multiplier)."""
        self._padded[self._inside] = inputs
        self._outputs[...] = self._bias
        answers, products = self._split(self._outputs), self._split(self._scratch)
        for place, window in self._windows(self._padded):
            answers += np.multiply(window[..., None], self._kernel[place], out=products)
        self._activation.apply(self._outputs, self._scratch)
        return self._outputs

    def backward(self, gradient: Array) -> Array | None:
        """Fills the gradients of kernel and bias; gives that of the inputs."""
        self._activation.differentiate(self._outputs, gradient, self._scratch)
        split, products = self._split(gradient), self._split(self._scratch)
        if self._grad_kernel is not None:
            np.sum(gradient, axis=(0, 1, 2), out=self._grad_bias)
            for place, window in self._windows(self._padded):
                np.multiply(window[..., None], split, out=products)
                np.sum(products, axis=(0, 1, 2), out=self._grad_kernel[place])
        if self._grad_padded is None:
            return None
        self._grad_padded.fill(0)
        for place, window in self._windows(self._grad_padded):
            window += np.multiply(split, self._kernel[place], out=products).sum(axis=-1)
        return self._grad_padded[self._inside]

    def _split(self, outputs: Array) -> Array:
        """Return the same numbers as (…, channels, depth_multiplier)."""
        return outputs.reshape(self._by_channel)

    def _windows(self, padded: Array) -> Iterator[tuple[tuple[int, int], Array]]:
        """Return each place in a window, and what all windows hold there: (images, rows,
        columns, in).
        """
        _, rows, columns, *_ = self._by_channel
        for row, column in np.ndindex(self._kernel.shape[:2]):
            down = slice(row, row + self._step * rows, self._step)
            right = slice(column, column + self._step * columns, self._step)
            yield (row, column), padded[:, down, right]
