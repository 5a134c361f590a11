"""Convolution as its equation: the oracle that every other algorithm is tested against."""

import numpy as np

from app.engine.arrays import Array, DType
from app.engine.convolution.convolution import Convolution
from app.engine.convolution.geometry import Geometry


class Naive(Convolution):
    """y[n, r, c, f] = b[f] + Σ_ijk x[n, r·s + i, c·s + j, k]·W[i, j, k, f], place by place."""

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        self._geometry = geometry
        self._padded = np.zeros(0, dtype)

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Each output is the sum over its window."""
        self._padded = np.pad(inputs, ((0, 0), *self._geometry.pads, (0, 0)))
        for row, column in np.ndindex(outputs.shape[1:3]):
            window = self._window(self._padded, row, column)
            outputs[:, row, column] = np.einsum("nijk,ijkf->nf", window, kernel) + bias

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array,
        grad_bias: Array,
        grad_inputs: Array | None,
    ) -> None:
        """The chain rule at each position: what a window gave, it gets back."""
        grad_padded = np.zeros_like(self._padded)
        grad_kernel.fill(0)
        grad_bias[...] = gradient.sum(axis=(0, 1, 2))
        for row, column in np.ndindex(gradient.shape[1:3]):
            here = gradient[:, row, column]
            window = self._window(self._padded, row, column)
            grad_kernel += np.einsum("nijk,nf->ijkf", window, here)
            grad_window = self._window(grad_padded, row, column)
            grad_window += np.einsum("nf,ijkf->nijk", here, kernel)
        if grad_inputs is not None:
            (top, _), (left, _) = self._geometry.pads
            height, width, _ = self._geometry.input_shape
            grad_inputs[...] = grad_padded[:, top : top + height, left : left + width]

    def _window(self, padded: Array, row: int, column: int) -> Array:
        size, stride = self._geometry.kernel_size, self._geometry.strides
        top, left = row * stride, column * stride
        return padded[:, top : top + size, left : left + size]
