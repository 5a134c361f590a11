"""Convolution as one matrix product: each window becomes a row (Chellapilla et al. 2006)."""

from functools import partial

import numpy as np

from ..arrays import Array, DType
from .convolution import Convolution
from .geometry import Geometry
from .input_gradient import InputGradient, input_gradient_for
from .products import multiply_and_add_up, multiply_rows
from .windows import Padder, Rows, windows


class Patches(Convolution):
    """outputs = patches·matrix; the matrix is the kernel above the bias. Doesn't pool."""

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        if geometry.pool != 1:
            raise ValueError(f"pool is {geometry.pool}; {type(self).__name__} does 1 only")
        self._geometry = geometry
        self._padder = Padder(geometry, images, dtype)
        self._patches = self._new_matrix(images, dtype)
        self._matrix = np.zeros((geometry.depth + 1, geometry.filters), dtype)
        self._grad_matrix = np.zeros_like(self._matrix)
        self._new_input_gradient = partial(input_gradient_for, geometry, images, dtype)
        self._input_gradient: InputGradient | None = None

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Gather, multiply."""
        filters = self._geometry.filters
        self.gather(inputs)
        self._matrix[:-1] = self._in_order(kernel).reshape(-1, filters)
        self._matrix[-1] = bias
        multiply_rows(self._patches, self._matrix, outputs.reshape(-1, filters))

    def gather(self, inputs: Array) -> None:
        """Make each window of the inputs a row, which `backward` needs as well."""
        geometry = self._geometry
        padded, positions = self._padder.pad(inputs), geometry.output_shape[:2]
        self._rows.gather(windows(padded, positions, geometry.kernel_size, geometry.strides))

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array | None,
        grad_bias: Array | None,
        grad_inputs: Array | None,
    ) -> None:
        """Compute grad matrix = patchesᵀ·gradient; its last row is the bias's."""
        if grad_kernel is not None and grad_bias is not None:
            filters = self._geometry.filters
            multiply_and_add_up(self._patches, gradient.reshape(-1, filters), self._grad_matrix)
            ordered = self._in_order(grad_kernel)
            ordered[...] = self._grad_matrix[:-1].reshape(ordered.shape)
            grad_bias[...] = self._grad_matrix[-1]
        if grad_inputs is not None:
            if self._input_gradient is None:
                self._input_gradient = self._new_input_gradient()
            self._input_gradient.compute(gradient, kernel, grad_inputs)

    def _new_matrix(self, images: int, dtype: DType) -> Array:
        geometry = self._geometry
        self._rows = Rows(images, geometry.output_shape[:2], geometry.depth, dtype)
        return self._rows.matrix

    @staticmethod
    def _in_order(kernel: Array) -> Array:
        """Return the kernel, its axes in the order in which a patch lists them."""
        return kernel
