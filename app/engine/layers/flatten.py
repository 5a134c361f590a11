"""Flatten: nothing but another shape."""

from ...vocabulary.layers import Flatten
from ..arrays import Array
from .layer_pass import Pass, Setting


class FlattenPass(Pass):
    """Another view on the same memory, there and back."""

    def __init__(self, layer: Flatten, setting: Setting) -> None:
        self._input_shape = (setting.images, *setting.input_shape)

    def forward(self, inputs: Array, training: bool) -> Array:
        """Return (images, values)."""
        return inputs.reshape(len(inputs), -1)

    def backward(self, gradient: Array) -> Array:
        """Return (images, *input_shape)."""
        return gradient.reshape(self._input_shape)
