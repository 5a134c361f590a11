"""Convolution and pooling on windows of all images, side by side, some rows at a time."""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ..arrays import Array, DType
from .col2im import Col2Im
from .convolution import Convolution
from .geometry import Geometry
from .tournament import Tournament, Winners

# As many rows of outputs at a time as leave what is made of them in a core's second-level cache.
_SCRATCH_BYTES = 2 << 20


class SideBySide(Convolution):
    """Pixels first, images last: what is copied, multiplied and compared lies in long rows.

    Bands are cut from the images, one for each column of windows and as wide as they are. A window
    is then one piece of its band: a matrix with a column an image, which needs no copy of its own
    however many windows overlap.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        rows, columns, filters = geometry.output_shape
        self._geometry = geometry
        self._turn(geometry, images, dtype)
        pooled = geometry.pool**2
        row_size = columns * filters * (pooled * images + geometry.depth)
        group = min(rows, max(1, _SCRATCH_BYTES // (row_size * np.dtype(dtype).itemsize)))
        self._groups = [slice(start, start + group) for start in range(0, rows, group)]
        self._outputs: Array = np.zeros((rows, columns, images, filters), dtype)
        self._biases: Array = np.zeros((images, filters), dtype)
        self._answers: Array = np.zeros((pooled, group, columns, images, filters), dtype)
        self._tournament = Tournament(self._answers[0])
        matches = 3 if geometry.pool > 1 else 0
        self._winners: Winners = np.zeros((matches, *self._outputs.shape), np.bool_)
        self._grad_kernels: Array = np.zeros((group, columns, geometry.depth, filters), dtype)
        self._new_col2im = partial(Col2Im, geometry, images, group, dtype)
        self._col2im: Col2Im | None = None

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Copy, multiply, pool."""
        self._cut_bands(inputs)
        matrix = kernel.reshape(-1, len(bias))
        for rows in self._groups:
            answers = self._answers_of(rows)
            for windows, answer in zip(self._windows, answers, strict=True):
                np.matmul(windows[rows].swapaxes(2, 3), matrix, out=answer)
            if self._geometry.pool > 1:
                self._tournament.play(answers, self._outputs[rows], self._winners[:, rows])
        self._biases[...] = bias  # once for each image: long rows again
        self._outputs += self._biases
        np.copyto(outputs.transpose(1, 2, 0, 3), self._outputs)

    def _cut_bands(self, inputs: Array) -> None:
        self._staged[...] = inputs
        np.copyto(self._inside, self._staged.transpose(1, 2, 3, 0))
        np.copyto(self._bands, self._cut)

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array | None,
        grad_bias: Array | None,
        grad_inputs: Array | None,
    ) -> None:
        """Compute grad W = Σ of patches·gradient over all places."""
        if grad_kernel is not None and grad_bias is not None:
            by_value = np.add.reduce(gradient.reshape(len(gradient), -1), axis=0)
            np.add.reduce(by_value.reshape(-1, len(grad_bias)), axis=0, out=grad_bias)
            grad_kernel.fill(0)
        np.copyto(self._outputs, gradient.transpose(1, 2, 0, 3))
        col2im = None if grad_inputs is None else self._col2im_through(kernel)
        for rows in self._groups:
            answers = self._answers_of(rows)
            if self._geometry.pool > 1:
                self._tournament.give_back(self._outputs[rows], self._winners[:, rows], answers)
            if grad_kernel is not None:
                self._add_up(rows, answers, grad_kernel)
            if col2im:
                col2im.add(rows.start, answers)
        if col2im and grad_inputs is not None:
            col2im.write(grad_inputs)

    def _add_up(self, rows: slice, answers: Sequence[Array], grad_kernel: Array) -> None:
        for windows, answer in zip(self._windows, answers, strict=True):
            # Matrices of a single column NumPy multiplies in slow loops of its own.
            if len(self._biases) == 1:
                matrix = windows[rows].reshape(-1, self._geometry.depth)
                part = matrix.T @ answer.reshape(len(matrix), -1)
            else:
                parts = np.matmul(windows[rows], answer, out=self._grad_kernels[: len(answer)])
                part = np.add.reduce(parts, axis=(0, 1))
            grad_kernel += part.reshape(grad_kernel.shape)

    def _col2im_through(self, kernel: Array) -> Col2Im:
        if self._col2im is None:
            self._col2im = self._new_col2im()
        self._col2im.begin(kernel)
        return self._col2im

    def _answers_of(self, rows: slice) -> list[Array]:
        """Allocate the answers of some rows of outputs, one array a place in their block."""
        if self._geometry.pool == 1:
            return [self._outputs[rows]]
        return list(self._answers[:, : len(self._outputs[rows])])

    def _turn(self, geometry: Geometry, images: int, dtype: DType) -> None:
        """Allocate the images with their zeros around, turned, for bands of them, and the views.

        Bands: (columns of windows, height, size · channels · images). Windows: (rows, columns,
        depth, images), one array a place in a pooling block.
        """
        self._staged = _apart(images, (geometry.height, geometry.width, geometry.channels), dtype)
        (top, bottom), (left, right) = geometry.pads
        height, width = top + geometry.height + bottom, left + geometry.width + right
        turned = np.zeros((height, width, geometry.channels, images), dtype)
        self._inside = turned[top : top + geometry.height, left : left + geometry.width]
        rows, columns, _ = geometry.output_shape
        pool, size, stride = geometry.pool, geometry.kernel_size, geometry.strides
        by_row, by_column, _, by_value = turned.strides
        bands = (pool * columns, height, size * geometry.channels * images)
        self._cut = as_strided(turned, bands, (stride * by_column, by_row, by_value))
        self._bands: Array = np.zeros(bands, dtype)
        by_band, by_row, _ = self._bands.strides
        self._windows = [
            as_strided(
                self._bands[across:, down * stride :],
                (rows, columns, geometry.depth, images),
                (pool * stride * by_row, pool * by_band, images * by_value, by_value),
            )
            for down, across in np.ndindex(pool, pool)
        ]


def _apart(images: int, shape: tuple[int, int, int], dtype: DType) -> Array:
    """Allocate images that lie a little apart.

    The same value of images whose size is a power of two would fall on the same few lines of the
    first-level cache, and turning them would fetch each line again for each of its values.
    """
    line = 64 // np.dtype(dtype).itemsize
    return np.zeros((images, math.prod(shape) + line), dtype)[:, :-line].reshape(images, *shape)
