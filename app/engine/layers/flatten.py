"""Flatten: an image as one vector, row by row, channels last."""

import math
from typing import ClassVar

from ..arrays import Array, Shape
from .layer import Layer, Pass, Setting


class Flatten(Layer):
    """y = x, read as one vector an image."""

    kind: ClassVar[str] = "flatten"

    def output_shape(self, input_shape: Shape) -> Shape:
        """(number of values,)."""
        return (math.prod(input_shape),)

    def prepare(self, setting: Setting) -> "FlattenPass":
        """Nothing to allocate."""
        return FlattenPass(setting)


class FlattenPass(Pass):
    """Another view on the same memory, there and back."""

    def __init__(self, setting: Setting) -> None:
        self._input_shape = (setting.images, *setting.input_shape)

    def forward(self, inputs: Array, training: bool) -> Array:
        """(images, values)."""
        return inputs.reshape(len(inputs), -1)

    def backward(self, gradient: Array) -> Array:
        """(images, *input_shape)."""
        return gradient.reshape(self._input_shape)
