"""Convolution and 2×2 maximum for images of few channels: windows of all images side by side."""

from functools import partial

import numpy as np
from numpy.lib.stride_tricks import as_strided

from app.engine.arrays import Array, DType
from app.engine.convolution.convolution import Convolution, Winners
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.input_gradient import InputGradient, input_gradient_for
from app.engine.convolution.tournament import Tournament


class PooledPlanes(Convolution):
    """Pixels first, images last: what is copied, multiplied and compared lies in long rows.

    At each place one small matrix holds the window there of all images, a column an image. The
    lower answer of a pooling block sees what the upper one sees, some rows further down, so both
    are products with parts of one matrix. What leaves is turned round after pooling, when three
    quarters of it are gone.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        if geometry.pool != 2:
            raise ValueError(f"pool is {geometry.pool}; PooledPlanes does 2 only")
        size, stride = geometry.kernel_size, geometry.strides
        rows, columns, filters = geometry.output_shape
        self._turn(geometry, images, dtype)
        self._places: Array = np.zeros(self._windows.shape, dtype)
        self._patches = [
            self._places[right, :, :, down * stride : down * stride + size].reshape(
                rows, columns, geometry.depth, images
            )
            for down, right in np.ndindex(2, 2)
        ]
        self._answers: Array = np.zeros((4, rows, columns, images, filters), dtype)
        self._pooled: Array = np.zeros((rows, columns, images, filters), dtype)
        self._tournament = Tournament(self._pooled)
        self._new_input_gradient = partial(input_gradient_for, geometry, images, dtype)
        self._input_gradient: InputGradient | None = None

    def forward(
        self, inputs: Array, kernel: Array, bias: Array, outputs: Array, winners: Winners
    ) -> None:
        """Copy, multiply, pool."""
        self.recall(inputs)
        matrix = kernel.reshape(-1, len(bias))
        for patches, answers in zip(self._patches, self._answers, strict=True):
            np.matmul(patches.swapaxes(2, 3), matrix, out=answers)
        self._tournament.play(list(self._answers), self._pooled, self._own(winners))
        self._pooled += bias
        np.copyto(outputs.transpose(1, 2, 0, 3), self._pooled)

    def recall(self, inputs: Array) -> None:
        """Turn the images round and copy their windows."""
        self._inside[...] = inputs.transpose(1, 2, 3, 0)
        np.copyto(self._places, self._windows)

    def backward(
        self,
        gradient: Array,
        winners: Winners,
        kernel: Array,
        grad_kernel: Array,
        grad_bias: Array,
        grad_inputs: Array | None,
    ) -> None:
        """grad W = Σ of patches·gradient over all places."""
        np.add.reduce(gradient.reshape(-1, len(grad_bias)), axis=0, out=grad_bias)
        np.copyto(self._pooled, gradient.transpose(1, 2, 0, 3))
        self._tournament.give_back(self._pooled, self._own(winners), list(self._answers))
        grad_kernel.fill(0)
        for patches, answers in zip(self._patches, self._answers, strict=True):
            grad_kernel += (patches @ answers).sum(axis=(0, 1)).reshape(kernel.shape)
        if grad_inputs is not None:
            if self._input_gradient is None:
                self._input_gradient = self._new_input_gradient()
            by_image = [answers.transpose(2, 0, 1, 3) for answers in self._answers]
            self._input_gradient.compute(by_image, kernel, grad_inputs)

    def _turn(self, geometry: Geometry, images: int, dtype: DType) -> None:
        """Room for the images with their zeros around, turned, and all windows as a view on it.

        Windows: (2 to the right, down, across, rows, columns · channels · images), their rows
        those that an upper and a lower answer see together.
        """
        (top, bottom), (left, right) = geometry.pads
        height, width = top + geometry.height + bottom, left + geometry.width + right
        turned = np.zeros((height, width, geometry.channels, images), dtype)
        self._inside = turned[top : top + geometry.height, left : left + geometry.width]
        size, stride = geometry.kernel_size, geometry.strides
        by_row, by_column, _, by_value = turned.strides
        self._windows = as_strided(
            turned,
            (2, *geometry.output_shape[:2], size + stride, size * geometry.channels * images),
            (stride * by_column, 2 * stride * by_row, 2 * stride * by_column, by_row, by_value),
        )

    def _own(self, winners: Winners) -> Winners:
        """What is remembered of the matches, in the order of `_pooled`."""
        return [match.reshape(self._pooled.shape) for match in winners]
