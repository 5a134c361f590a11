"""Convolution as its equation: the oracle that every other algorithm is tested against."""

import numpy as np

from ..arrays import Array, DType
from .convolution import Convolution
from .geometry import Geometry


class Naive(Convolution):
    """y[n, r, c, f] = b[f] + Σ_ijk x[n, r·s + i, c·s + j, k]·W[i, j, k, f], place by place.

    With pooling, y is the largest of pool×pool neighbours, the first of equal ones.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        self._geometry = geometry
        self._padded = np.zeros(0, dtype)
        self._winning = np.zeros(0, np.intp)

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Sum over the window of each answer; each output is the best of its answers."""
        self._padded = np.pad(inputs, ((0, 0), *self._geometry.pads, (0, 0)))
        self._winning = np.zeros(outputs.shape, np.intp)
        for row, column in np.ndindex(outputs.shape[1:3]):
            answers = [
                np.einsum("nijk,ijkf->nf", self._window(self._padded, place), kernel) + bias
                for place in self._places(row, column)
            ]
            self._winning[:, row, column] = np.argmax(answers, axis=0)
            outputs[:, row, column] = np.max(answers, axis=0)

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array | None,
        grad_bias: Array | None,
        grad_inputs: Array | None,
    ) -> None:
        """Apply the chain rule at each place: what a window gave, it gets back."""
        grad_padded = np.zeros_like(self._padded)
        if grad_kernel is not None and grad_bias is not None:
            grad_kernel.fill(0)
            grad_bias[...] = gradient.sum(axis=(0, 1, 2))
        for row, column in np.ndindex(gradient.shape[1:3]):
            for number, place in enumerate(self._places(row, column)):
                here = gradient[:, row, column] * (self._winning[:, row, column] == number)
                window = self._window(self._padded, place)
                if grad_kernel is not None:
                    grad_kernel += np.einsum("nijk,nf->ijkf", window, here)
                grad_window = self._window(grad_padded, place)
                grad_window += np.einsum("nf,ijkf->nijk", here, kernel)
        if grad_inputs is not None:
            (top, _), (left, _) = self._geometry.pads
            height, width, _ = self._geometry.input_shape
            grad_inputs[...] = grad_padded[:, top : top + height, left : left + width]

    def _places(self, row: int, column: int) -> list[tuple[int, int]]:
        pool = self._geometry.pool
        return [
            (row * pool + down, column * pool + right) for down, right in np.ndindex(pool, pool)
        ]

    def _window(self, padded: Array, place: tuple[int, int]) -> Array:
        size, stride = self._geometry.kernel_size, self._geometry.strides
        top, left = place[0] * stride, place[1] * stride
        return padded[:, top : top + size, left : left + size]
