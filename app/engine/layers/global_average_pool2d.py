"""GlobalAveragePool2D: a mean forward, its equal shares backward."""

import numpy as np

from ...vocabulary.layers import GlobalAveragePool2D
from ..arrays import Array
from .layer_pass import Pass, Setting


class GlobalAveragePoolPass(Pass):
    """y[c] = mean of x[:, :, c] (Lin, Chen & Yan 2014, section 3.2); equal shares backward."""

    def __init__(self, layer: GlobalAveragePool2D, setting: Setting) -> None:
        height, width, channels = setting.input_shape
        self._shares = np.full((1, height * width), 1 / (height * width), setting.dtype)
        self._outputs = setting.empty(channels)
        self._grad_inputs = setting.empty(height, width, channels)

    def forward(self, inputs: Array, training: bool) -> Array:
        """Return (images, channels)."""
        columns = inputs.reshape(len(inputs), self._shares.size, -1)
        # A product of one row takes a fifth of a sum along an axis that isn't the last.
        np.matmul(self._shares, columns, out=self._outputs[:, None])
        return self._outputs

    def backward(self, gradient: Array) -> Array:
        """Return (images, height, width, channels)."""
        self._grad_inputs[...] = (gradient * self._shares[0, 0])[:, None, None, :]
        return self._grad_inputs
