"""What both poolings share: where their windows lie."""

from collections.abc import Iterator

import numpy as np

from ..arrays import Array, Shape
from ..shapes import Padding, output_length, same_padding
from .layer import Layer, Pass, Setting, at_least_one, image_shape


class Pool2D(Layer):
    """One value for each window of each channel; `strides` is `pool_size` unless said."""

    def __init__(
        self, pool_size: int = 2, strides: int | None = None, padding: Padding = "valid"
    ) -> None:
        self.pool_size = pool_size
        self.strides = pool_size if strides is None else strides
        self.padding: Padding = padding
        at_least_one(pool_size=self.pool_size, strides=self.strides)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(output height, output width, channels)."""
        height, width, channels = image_shape(type(self).__name__, input_shape)
        rows, columns = (
            output_length(length, self.pool_size, self.strides, self.padding)
            for length in (height, width)
        )
        return rows, columns, channels


class PoolPass(Pass):
    """Windows over the inputs, or over a padded copy where `same` pads.

    `fill` is the value that padding holds: one that can't change a window's result.
    """

    def __init__(self, layer: Pool2D, setting: Setting, fill: float) -> None:
        height, width, channels = setting.input_shape
        self._layer = layer
        self._outputs = setting.empty(*layer.output_shape(setting.input_shape))
        pads = [(0, 0), (0, 0)]
        if layer.padding == "same":
            pads = [
                same_padding(length, layer.pool_size, layer.strides) for length in (height, width)
            ]
        (top, bottom), (left, right) = pads
        padded_shape = (height + top + bottom, width + left + right, channels)
        self._inside = (slice(None), slice(top, top + height), slice(left, left + width))
        self._padded = setting.empty(*padded_shape) if padded_shape != setting.input_shape else None
        if self._padded is not None:
            self._padded.fill(fill)
        self._grad_padded = setting.empty(*padded_shape)

    def _with_padding(self, inputs: Array) -> Array:
        if self._padded is None:
            return inputs
        self._padded[self._inside] = inputs
        return self._padded

    def _windows(self, padded: Array) -> Iterator[Array]:
        """For each place in a window, what all windows hold there: shaped like the outputs."""
        _, rows, columns, _ = self._outputs.shape
        size, stride = self._layer.pool_size, self._layer.strides
        for row, column in np.ndindex(size, size):
            yield padded[
                :, row : row + stride * rows : stride, column : column + stride * columns : stride
            ]
