"""Cuts the windows that both kinds of pooling work on."""

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from ...vocabulary.layers import Pool2D
from ...vocabulary.layers.windows import same_padding
from ..arrays import Array
from .layer_pass import Pass, Setting


class PoolPass(Pass):
    """Windows over the inputs, or over a padded copy where `same` pads.

    `fill` is the value that padding holds: one that can't change a window's result.
    """

    fill: ClassVar[float]

    def __init__(self, layer: Pool2D, setting: Setting) -> None:
        height, width, channels = setting.input_shape
        self._layer = layer
        self._outputs = setting.empty(*layer.output_shape(setting.input_shape))
        pads = [(0, 0), (0, 0)]
        size, step, padding = layer.window
        if padding == "same":
            pads = [same_padding(length, size, step) for length in (height, width)]
        (top, bottom), (left, right) = pads
        padded_shape = (height + top + bottom, width + left + right, channels)
        self._inside = (slice(None), slice(top, top + height), slice(left, left + width))
        self._padded = setting.empty(*padded_shape) if padded_shape != setting.input_shape else None
        if self._padded is not None:
            self._padded.fill(self.fill)
        self._grad_padded = setting.empty(*padded_shape)

    def _with_padding(self, inputs: Array) -> Array:
        if self._padded is None:
            return inputs
        self._padded[self._inside] = inputs
        return self._padded

    def _windows(self, padded: Array) -> Iterator[Array]:
        """Return, for each place in a window, what all windows hold there: shaped like the
        outputs.
        """
        _, rows, columns, _ = self._outputs.shape
        size, stride, _ = self._layer.window
        for row, column in np.ndindex(size, size):
            yield padded[
                :, row : row + stride * rows : stride, column : column + stride * columns : stride
            ]
