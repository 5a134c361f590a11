"""GlobalAveragePool2D: how strong each channel is, wherever it is."""

from typing import ClassVar

import numpy as np

from ..arrays import Array, Shape
from .layer import Layer, Pass, Setting, image_shape


class GlobalAveragePool2D(Layer):
    """y[c] = mean of x[:, :, c] (Lin, Chen & Yan 2014, section 3.2)."""

    kind: ClassVar[str] = "global_average_pool"

    def output_shape(self, input_shape: Shape) -> Shape:
        """(channels,)."""
        return (image_shape("GlobalAveragePool2D", input_shape)[2],)

    def prepare(self, setting: Setting) -> "GlobalAveragePoolPass":
        """Memory for outputs and gradient."""
        return GlobalAveragePoolPass(setting)


class GlobalAveragePoolPass(Pass):
    """A mean forward, its equal shares backward."""

    def __init__(self, setting: Setting) -> None:
        height, width, channels = setting.input_shape
        self._positions = height * width
        self._outputs = setting.empty(channels)
        self._grad_inputs = setting.empty(height, width, channels)

    def forward(self, inputs: Array, training: bool) -> Array:
        """(images, channels)."""
        columns = inputs.reshape(len(inputs), self._positions, -1)
        np.add.reduce(columns, axis=1, out=self._outputs)
        self._outputs *= 1 / self._positions
        return self._outputs

    def backward(self, gradient: Array) -> Array:
        """(images, height, width, channels)."""
        np.multiply(gradient[:, None, None, :], 1 / self._positions, out=self._grad_inputs)
        return self._grad_inputs
