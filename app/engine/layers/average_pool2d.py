"""AveragePool2D: means, whose shares are one over how many inputs a window covers."""

from typing import ClassVar

import numpy as np

from ...vocabulary.layers import AveragePool2D
from ..arrays import Array
from .layer_pass import Setting
from .pool2d import PoolPass


class AveragePoolPass(PoolPass):
    """y = the mean x of each window; padding counts neither in the sum nor in the divisor."""

    fill: ClassVar[float] = 0.0

    def __init__(self, layer: AveragePool2D, setting: Setting) -> None:
        super().__init__(layer, setting)
        inside = np.zeros((1, *self._grad_padded.shape[1:]), setting.dtype)
        inside[self._inside] = 1
        self._shares: Array = 1 / np.sum([*self._windows(inside)], axis=0)

    def forward(self, inputs: Array, training: bool) -> Array:
        """Return (images, output height, output width, channels)."""
        self._outputs.fill(0)
        for values in self._windows(self._with_padding(inputs)):
            self._outputs += values
        self._outputs *= self._shares
        return self._outputs

    def backward(self, gradient: Array) -> Array:
        """Give each input its windows' gradients times their shares."""
        self._grad_padded.fill(0)
        gradient *= self._shares
        for grad_values in self._windows(self._grad_padded):
            grad_values += gradient
        return self._grad_padded[self._inside]
