"""The gradient of a convolution's inputs is a convolution too."""

import numpy as np

from app.engine.arrays import Array, DType
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.windows import windows


class InputGradient:
    """grad x[r, c] = Σ over (i, j) of spread[r + i, c + j]·W[size − 1 − i, size − 1 − j]ᵀ.

    `spread` holds the gradient of the answers at every strides-th place, zeros between and around.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        self._geometry = geometry
        size, height, width = geometry.kernel_size, geometry.height, geometry.width
        shape = (images, height + size - 1, width + size - 1, geometry.filters)
        self._spread = np.zeros(shape, dtype)
        self._windows = windows(self._spread, (height, width), size, 1)
        depth = size * size * geometry.filters
        self._patches = np.zeros((images * height * width, depth), dtype)
        self._flipped = np.zeros((size, size, geometry.filters, geometry.channels), dtype)

    def compute(self, gradients: list[Array], kernel: Array, grad_inputs: Array) -> None:
        """Write the gradient of the inputs.

        gradients: those of the answers, one array (images, rows, columns, filters) for each place
        in a pooling block, row by row.
        """
        for place, gradient in enumerate(gradients):
            rows, columns = self._places(*divmod(place, self._geometry.pool))
            self._spread[:, rows, columns] = gradient
        np.copyto(self._flipped, kernel[::-1, ::-1].transpose(0, 1, 3, 2))
        np.copyto(self._patches.reshape(self._windows.shape), self._windows)
        channels = self._geometry.channels
        matrix = self._flipped.reshape(-1, channels)
        np.matmul(self._patches, matrix, out=grad_inputs.reshape(-1, channels))

    def _places(self, *offsets: int) -> list[slice]:
        geometry = self._geometry
        step = geometry.strides * geometry.pool
        starts = [
            geometry.kernel_size - 1 - before + offset * geometry.strides
            for (before, _), offset in zip(geometry.pads, offsets, strict=True)
        ]
        lengths = geometry.output_shape[:2]
        return [
            slice(start, start + step * (length - 1) + 1, step)
            for start, length in zip(starts, lengths, strict=True)
        ]
