"""The gradient of a convolution's inputs where windows of all images lie side by side."""

from collections.abc import Sequence

import numpy as np

from app.engine.arrays import Array
from app.engine.convolution.geometry import Geometry


class WayBack:
    """What flows back to each window, added up where the window was; one for each batch."""

    def __init__(self, geometry: Geometry, kernel: Array, images: int) -> None:
        self._geometry = geometry
        self._turned_kernel = np.ascontiguousarray(kernel.reshape(-1, geometry.filters).T)
        (top, bottom), (left, right) = geometry.pads
        height, width = top + geometry.height + bottom, left + geometry.width + right
        self._joined = np.zeros((height, images, width * geometry.channels), kernel.dtype)

    def add(self, first_row: int, gradients: Sequence[Array]) -> None:
        """Gradients of answers (rows, columns, images, filters), one for each place in a block."""
        geometry = self._geometry
        pool, size, stride = geometry.pool, geometry.kernel_size, geometry.strides
        length, step = size * geometry.channels, pool * stride
        for (down, right), gradient in zip(np.ndindex(pool, pool), gradients, strict=True):
            flowing = gradient @ self._turned_kernel
            for row, column in np.ndindex(size, gradient.shape[1]):
                top = first_row * step + down * stride + row
                rows = slice(top, top + (len(gradient) - 1) * step + 1, step)
                left = (column * step + right * stride) * geometry.channels
                part = flowing[:, column, :, row * length : (row + 1) * length]
                self._joined[rows, :, left : left + length] += part

    def write(self, grad_inputs: Array) -> None:
        """Turn the sum round, without its rim."""
        geometry = self._geometry
        height, images, _ = self._joined.shape
        (top, _), (left, _) = geometry.pads
        whole = self._joined.reshape(height, images, -1, geometry.channels)
        inside = whole[top : top + geometry.height, :, left : left + geometry.width]
        np.copyto(grad_inputs.swapaxes(0, 1), inside)
