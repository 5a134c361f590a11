"""Convolution as one matrix product: each window becomes a row (Chellapilla et al. 2006)."""

from functools import partial

import numpy as np

from app.engine.arrays import Array, DType
from app.engine.convolution.convolution import Convolution, Winners
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.input_gradient import InputGradient, input_gradient_for
from app.engine.convolution.products import multiply_and_add_up, multiply_rows
from app.engine.convolution.tournament import Tournament
from app.engine.convolution.windows import Padder, Rows, windows


class Patches(Convolution):
    """answers = patches·matrix; the matrix is the kernel above the bias.

    Where the geometry pools, the windows are gathered in four sets, one for each place in a
    pooling block, so that each set's answers lie together.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        self._geometry = geometry
        self._padder = Padder(geometry, images, dtype)
        self._sets = geometry.pool**2
        rows, columns, filters = geometry.output_shape
        self._patches = self._new_matrix(images, dtype)
        self._matrix = np.zeros((geometry.depth + 1, filters), dtype)
        self._grad_matrix = np.zeros_like(self._matrix)
        self._answers = np.zeros((self._sets, images, rows, columns, filters), dtype)
        self._tournament = Tournament(self._answers[0])
        self._new_input_gradient = partial(input_gradient_for, geometry, images, dtype)
        self._input_gradient: InputGradient | None = None

    def forward(
        self, inputs: Array, kernel: Array, bias: Array, outputs: Array, winners: Winners
    ) -> None:
        """Gather, multiply, pool."""
        filters = self._geometry.filters
        self.recall(inputs)
        self._matrix[:-1] = self._in_order(kernel).reshape(-1, filters)
        self._matrix[-1] = bias
        answers = self._answers if winners else outputs
        multiply_rows(self._patches, self._matrix, answers.reshape(-1, filters))
        if winners:
            self._tournament.play(list(self._answers), outputs, winners)

    def recall(self, inputs: Array) -> None:
        """Gather the patches."""
        geometry = self._geometry
        pool, (rows, columns, _) = geometry.pool, geometry.output_shape
        view = windows(
            self._padder.pad(inputs),
            (rows * pool, columns * pool),
            geometry.kernel_size,
            geometry.strides,
        )
        for place in range(self._sets):
            row, column = divmod(place, pool)
            self._rows.gather(view[:, row::pool, column::pool], place * len(view))

    def backward(
        self,
        gradient: Array,
        winners: Winners,
        kernel: Array,
        grad_kernel: Array,
        grad_bias: Array,
        grad_inputs: Array | None,
    ) -> None:
        """grad matrix = patchesᵀ·gradient; its last row is the bias's."""
        filters = self._geometry.filters
        answers = gradient[None]
        if winners:
            answers = self._answers
            self._tournament.give_back(gradient, winners, list(answers))
        multiply_and_add_up(self._patches, answers.reshape(-1, filters), self._grad_matrix)
        ordered = self._in_order(grad_kernel)
        ordered[...] = self._grad_matrix[:-1].reshape(ordered.shape)
        grad_bias[...] = self._grad_matrix[-1]
        if grad_inputs is not None:
            if self._input_gradient is None:
                self._input_gradient = self._new_input_gradient()
            self._input_gradient.compute(list(answers), kernel, grad_inputs)

    def _new_matrix(self, images: int, dtype: DType) -> Array:
        geometry = self._geometry
        positions = geometry.output_shape[0], geometry.output_shape[1]
        self._rows = Rows(self._sets * images, positions, geometry.depth, dtype)
        return self._rows.matrix

    @staticmethod
    def _in_order(kernel: Array) -> Array:
        """The kernel, its axes in the order in which a patch lists them."""
        return kernel
