"""MaxPool2D: maxima, and where they were."""

from typing import ClassVar

import numpy as np

from ...vocabulary.layers import MaxPool2D
from ..arrays import Array
from .layer_pass import Setting
from .pool2d import PoolPass


class MaxPoolPass(PoolPass):
    """y = the largest x of each window. Of equal ones the first gets the gradient, as in Keras."""

    fill: ClassVar[float] = -np.inf

    def __init__(self, layer: MaxPool2D, setting: Setting) -> None:
        super().__init__(layer, setting)
        self._first = np.zeros(self._outputs.shape, np.bool_)
        self._unclaimed = np.zeros_like(self._first)
        self._share = np.zeros_like(self._outputs)

    def forward(self, inputs: Array, training: bool) -> Array:
        """Return (images, output height, output width, channels)."""
        self._inputs = self._with_padding(inputs)
        windows = self._windows(self._inputs)
        np.copyto(self._outputs, next(windows))
        for values in windows:
            np.maximum(self._outputs, values, out=self._outputs)
        return self._outputs

    def backward(self, gradient: Array) -> Array:
        """Lead each gradient to the first place that held its window's maximum."""
        self._grad_padded.fill(0)
        self._unclaimed.fill(True)
        places = zip(self._windows(self._inputs), self._windows(self._grad_padded), strict=True)
        for values, grad_values in places:
            np.equal(values, self._outputs, out=self._first)
            self._first &= self._unclaimed
            self._unclaimed ^= self._first
            grad_values += np.multiply(gradient, self._first, out=self._share)
        return self._grad_padded[self._inside]
