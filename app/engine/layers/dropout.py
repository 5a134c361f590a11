"""Dropout: a random mask over the inputs."""

import math

import numpy as np
from numpy.typing import NDArray

from ...vocabulary.layers import Dropout
from ..arrays import Array
from .layer_pass import Pass, Setting


class DropoutPass(Pass):
    """y = x·m / (1 − rate), m = 0 with probability `rate`; in inference y = x.

    Srivastava et al. 2014, in the inverted form that Keras uses. The mask is drawn before each
    training forward from whole bytes: the probability is the nearest multiple of 2⁻⁸ if `rate` is
    one, else of 2⁻¹⁶.
    """

    def __init__(self, layer: Dropout, setting: Setting) -> None:
        rate = layer.rate
        self._random_type = np.uint8 if (rate * 256).is_integer() else np.uint16
        levels = np.iinfo(self._random_type).max + 1
        self._threshold = min(round(rate * levels), levels - 1)
        self._scale = 1 / (1 - rate)
        self._shape = (setting.images, *setting.input_shape)
        self._mask: NDArray[np.bool_] = setting.zeros(self._shape, np.bool_)
        self._outputs = setting.empty(*setting.input_shape)

    def draw(self, generator: np.random.Generator) -> None:
        """Keep each input whose random number reaches the threshold."""
        size = math.prod(self._shape) * np.dtype(self._random_type).itemsize
        numbers = np.frombuffer(generator.bytes(size), self._random_type)
        np.greater_equal(numbers.reshape(self._shape), self._threshold, out=self._mask)

    def forward(self, inputs: Array, training: bool) -> Array:
        """Compute inputs·mask·scale, or the inputs themselves in inference."""
        if not training:
            return inputs
        np.multiply(inputs, self._mask, out=self._outputs)
        self._outputs *= self._scale
        return self._outputs

    def backward(self, gradient: Array) -> Array:
        """Compute gradient·mask·scale, in place."""
        gradient *= self._mask
        gradient *= self._scale
        return gradient
