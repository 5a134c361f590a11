"""Convolution and pooling on windows of all images, side by side, some rows at a time."""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from app.engine.arrays import Array, DType
from app.engine.convolution.convolution import Convolution, Winners
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.tournament import Tournament
from app.engine.convolution.way_back import WayBack

# Up to here windows are kept for the backward pass; beyond it, copying them anew, as many rows at
# a time as stay in a core's second-level cache, costs less than fetching them.
_KEPT_BYTES = 3 << 20
_SCRATCH_BYTES = 1 << 20


class SideBySide(Convolution):
    """Pixels first, images last: what is copied, multiplied and compared lies in long rows.

    At each place one small matrix holds the window there of all images, a column an image. In a
    pooling block, what the lower answer sees is what the upper one sees, some rows further down,
    so both are products with parts of one matrix.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        rows, columns, filters = geometry.output_shape
        self._geometry = geometry
        self._turn(geometry, images, dtype)
        row_bytes = columns * max(images, filters) * geometry.depth * np.dtype(dtype).itemsize
        self._keeps = self._windows.size * np.dtype(dtype).itemsize <= _KEPT_BYTES
        group = rows if self._keeps else min(rows, max(1, _SCRATCH_BYTES // row_bytes))
        self._groups = [slice(start, start + group) for start in range(0, rows, group)]
        self._places: Array = np.zeros(self._windows[:, :group].shape, dtype)
        self._outputs: Array = np.zeros((rows, columns, images, filters), dtype)
        answers = (geometry.pool**2, group, columns, images, filters)
        self._answers: Array = np.zeros(answers, dtype)
        self._tournament = Tournament(self._answers[0])
        self._grad_kernels: Array = np.zeros((group, columns, geometry.depth, filters), dtype)

    def forward(
        self, inputs: Array, kernel: Array, bias: Array, outputs: Array, winners: Winners
    ) -> None:
        """Copy, multiply, pool."""
        self.recall(inputs)
        matrix, own = kernel.reshape(-1, len(bias)), self._own(winners)
        for rows in self._groups:
            answers = self._answers_of(rows)
            for patches, answer in zip(self._patches(rows), answers, strict=True):
                np.matmul(patches.swapaxes(2, 3), matrix, out=answer)
            if winners:
                matches = [match[rows] for match in own]
                self._tournament.play(answers, self._outputs[rows], matches)
        self._outputs += bias
        np.copyto(outputs.transpose(1, 2, 0, 3), self._outputs)

    def recall(self, inputs: Array) -> None:
        """Turn the images round, and copy their windows if they are kept."""
        self._inside[...] = inputs.transpose(1, 2, 3, 0)
        if self._keeps:
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
        by_value = np.add.reduce(gradient.reshape(len(gradient), -1), axis=0)
        np.add.reduce(by_value.reshape(-1, len(grad_bias)), axis=0, out=grad_bias)
        np.copyto(self._outputs, gradient.transpose(1, 2, 0, 3))
        own = self._own(winners)
        grad_kernel.fill(0)
        way_back = None if grad_inputs is None else WayBack(self._geometry, kernel, len(gradient))
        for rows in self._groups:
            answers = self._answers_of(rows)
            if winners:
                matches = [match[rows] for match in own]
                self._tournament.give_back(self._outputs[rows], matches, answers)
            for patches, answer in zip(self._patches(rows), answers, strict=True):
                parts = np.matmul(patches, answer, out=self._grad_kernels[: len(answer)])
                grad_kernel += np.add.reduce(parts, axis=(0, 1)).reshape(kernel.shape)
            if way_back:
                way_back.add(rows.start, answers)
        if way_back and grad_inputs is not None:
            way_back.write(grad_inputs)

    def _patches(self, rows: slice) -> list[Array]:
        """Windows of some rows, (rows, columns, depth, images), for each place in their block."""
        windows = self._windows[:, rows]
        places = self._places[:, : windows.shape[1]]
        if not self._keeps:
            np.copyto(places, windows)
        geometry, (_, count, columns, *_) = self._geometry, places.shape
        size, stride = geometry.kernel_size, geometry.strides
        return [
            places[right, :, :, down * stride : down * stride + size].reshape(
                count, columns, geometry.depth, -1
            )
            for down, right in np.ndindex(geometry.pool, geometry.pool)
        ]

    def _answers_of(self, rows: slice) -> list[Array]:
        """Room for the answers of some rows of outputs, one array a place in their block."""
        if self._geometry.pool == 1:
            return [self._outputs[rows]]
        return list(self._answers[:, : len(self._outputs[rows])])

    def _turn(self, geometry: Geometry, images: int, dtype: DType) -> None:
        """Room for the images with their zeros around, turned, and all windows as a view on it.

        Windows: (pool to the right, down, across, rows, columns · channels · images), their rows
        those that all answers in one column of a pooling block see together.
        """
        (top, bottom), (left, right) = geometry.pads
        height, width = top + geometry.height + bottom, left + geometry.width + right
        turned = np.zeros((height, width, geometry.channels, images), dtype)
        self._inside = turned[top : top + geometry.height, left : left + geometry.width]
        pool, size, stride = geometry.pool, geometry.kernel_size, geometry.strides
        by_row, by_column, _, by_value = turned.strides
        seen, step = size + (pool - 1) * stride, pool * stride
        self._windows = as_strided(
            turned,
            (pool, *geometry.output_shape[:2], seen, size * geometry.channels * images),
            (stride * by_column, step * by_row, step * by_column, by_row, by_value),
        )

    def _own(self, winners: Winners) -> Winners:
        """What is remembered of the matches, in the order of the answers."""
        return [match.reshape(self._outputs.shape) for match in winners]
