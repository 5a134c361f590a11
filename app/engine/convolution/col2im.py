"""The gradient of a convolution's inputs where windows of all images lie side by side: col2im."""

from collections.abc import Sequence

import numpy as np

from ..arrays import Array, DType
from .geometry import Geometry


class Col2Im:
    """Adds up the gradients of overlapping windows where the windows lay (col2im)."""

    def __init__(self, geometry: Geometry, images: int, rows: int, dtype: DType) -> None:
        """Allocate room for the sum, and for what flows back from so many rows of outputs at a
        time.
        """
        self._geometry = geometry
        (top, bottom), (left, right) = geometry.pads
        height, width = top + geometry.height + bottom, left + geometry.width + right
        self._joined: Array = np.zeros((height, images, width * geometry.channels), dtype)
        self._turned_kernel: Array = np.zeros((geometry.filters, geometry.depth), dtype)
        columns = geometry.output_shape[1]
        self._flowing: Array = np.zeros((rows, columns, images, geometry.depth), dtype)

    def begin(self, kernel: Array) -> None:
        """Forget all gradients; those to come flow back through this kernel, HWIO."""
        self._turned_kernel[...] = kernel.reshape(self._turned_kernel.shape[::-1]).T
        self._joined.fill(0)

    def add(self, first_row: int, gradients: Sequence[Array]) -> None:
        """Gradients of answers (rows, columns, images, filters), one for each place in a block."""
        geometry = self._geometry
        pool, size, stride = geometry.pool, geometry.kernel_size, geometry.strides
        length, step = size * geometry.channels, pool * stride
        for (down, right), gradient in zip(np.ndindex(pool, pool), gradients, strict=True):
            rows = len(gradient)
            flowing = np.matmul(gradient, self._turned_kernel, out=self._flowing[:rows])
            for row, column in np.ndindex(size, gradient.shape[1]):
                top = first_row * step + down * stride + row
                reached = slice(top, top + (rows - 1) * step + 1, step)
                left = (column * step + right * stride) * geometry.channels
                part = flowing[:, column, :, row * length : (row + 1) * length]
                self._joined[reached, :, left : left + length] += part

    def write(self, grad_inputs: Array) -> None:
        """Turn the sum round, without its rim."""
        geometry = self._geometry
        height, images, _ = self._joined.shape
        (top, _), (left, _) = geometry.pads
        whole = self._joined.reshape(height, images, -1, geometry.channels)
        inside = whole[top : top + geometry.height, :, left : left + geometry.width]
        np.copyto(grad_inputs.swapaxes(0, 1), inside)
