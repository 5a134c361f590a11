"""Convolution and 2×2 maximum in one gather: a patch that covers all four answers."""

from functools import partial

import numpy as np

from app.engine.arrays import Array, DType
from app.engine.convolution.convolution import Convolution, Winners
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.input_gradient import InputGradient, input_gradient_for
from app.engine.convolution.tournament import Tournament
from app.engine.convolution.windows import Padder, Rows, windows


class PooledPatches(Convolution):
    """One row an output, (kernel_size + strides)² wide; one column for each filter and place.

    The matrix holds the kernel four times, shifted by the strides, zeros elsewhere. More
    multiplications than necessary, but a quarter of the rows to gather and a product four times
    as wide, which runs faster.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        if geometry.pool != 2:
            raise ValueError(f"pool is {geometry.pool}; PooledPatches does 2 only")
        self._geometry = geometry
        self._padder = Padder(geometry, images, dtype)
        rows, columns, filters = geometry.output_shape
        self._size = geometry.kernel_size + geometry.strides
        depth = self._size**2 * geometry.channels
        self._rows = Rows(images, (rows, columns), depth, dtype)
        self._matrix = np.zeros((depth + 1, 4, filters), dtype)
        self._grad_matrix = np.zeros_like(self._matrix)
        answers = np.zeros((images * rows * columns, 4, filters), dtype)
        self._flat_answers = answers.reshape(-1, 4 * filters)
        by_place = answers.reshape(images, rows, columns, 4, filters)
        self._answers = [by_place[:, :, :, place] for place in range(4)]
        self._tournament = Tournament(np.zeros((images, rows, columns, filters), dtype))
        self._new_input_gradient = partial(input_gradient_for, geometry, images, dtype)
        self._input_gradient: InputGradient | None = None

    def forward(
        self, inputs: Array, kernel: Array, bias: Array, outputs: Array, winners: Winners
    ) -> None:
        """Gather, multiply, pool."""
        self.recall(inputs)
        for shifted in self._shifted(self._matrix):
            shifted[...] = kernel
        self._matrix[-1] = bias
        matrix = self._matrix.reshape(len(self._matrix), -1)
        np.matmul(self._rows.matrix, matrix, out=self._flat_answers)
        self._tournament.play(self._answers, outputs, winners)

    def recall(self, inputs: Array) -> None:
        """Gather the patches."""
        geometry = self._geometry
        positions = geometry.output_shape[:2]
        padded = self._padder.pad(inputs)
        self._rows.gather(windows(padded, positions, self._size, 2 * geometry.strides))

    def backward(
        self,
        gradient: Array,
        winners: Winners,
        kernel: Array,
        grad_kernel: Array,
        grad_bias: Array,
        grad_inputs: Array | None,
    ) -> None:
        """The four shifted kernels' gradients add up to the kernel's."""
        self._tournament.give_back(gradient, winners, self._answers)
        grad_matrix = self._grad_matrix.reshape(len(self._grad_matrix), -1)
        np.matmul(self._rows.matrix.T, self._flat_answers, out=grad_matrix)
        first, *others = self._shifted(self._grad_matrix)
        grad_kernel[...] = first
        for shifted in others:
            grad_kernel += shifted
        np.add.reduce(self._grad_matrix[-1], axis=0, out=grad_bias)
        if grad_inputs is not None:
            if self._input_gradient is None:
                self._input_gradient = self._new_input_gradient()
            self._input_gradient.compute(self._answers, kernel, grad_inputs)

    def _shifted(self, matrix: Array) -> list[Array]:
        """The kernel's four places in such a matrix, as HWIO views."""
        size, stride = self._geometry.kernel_size, self._geometry.strides
        square = (self._size, self._size, self._geometry.channels, 4, self._geometry.filters)
        whole = matrix[:-1].reshape(square)
        views = []
        for place in range(4):
            top, left = (offset * stride for offset in divmod(place, 2))
            views.append(whole[top : top + size, left : left + size, :, place])
        return views
