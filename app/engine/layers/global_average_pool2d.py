"""GlobalAveragePool2D: a mean forward, its equal shares backward."""

import numpy as np

from ...vocabulary.layers import GlobalAveragePool2D
from ..arrays import Array
from .layer_pass import Pass, Setting


class GlobalAveragePoolPass(Pass):
    """y[c] = mean of x[:, :, c] (Lin, Chen & Yan 2014, section 3.2); equal shares backward."""

    def __init__(self, layer: GlobalAveragePool2D, setting: Setting) -> None:
        height, width, channels = setting.input_shape
        self._positions = height * width
        self._outputs = setting.empty(channels)
        self._grad_inputs = setting.empty(height, width, channels)

    def forward(self, inputs: Array, training: bool) -> Array:
        """Return (images, channels)."""
        columns = inputs.reshape(len(inputs), self._positions, -1)
        np.add.reduce(columns, axis=1, out=self._outputs)
        self._outputs *= 1 / self._positions
        return self._outputs

    def backward(self, gradient: Array) -> Array:
        """Return (images, height, width, channels)."""
        np.multiply(gradient[:, None, None, :], 1 / self._positions, out=self._grad_inputs)
        return self._grad_inputs
