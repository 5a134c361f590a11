"""Convolution as one matrix product: each window becomes a row (Chellapilla et al. 2006)."""

import numpy as np

from app.engine.arrays import Array, DType
from app.engine.convolution.convolution import Convolution
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.windows import windows

# A block's patches should stay in a core's second-level cache between gather and product.
_BLOCK_BYTES = 1 << 20


class Patches(Convolution):
    """outputs = patches·kernel, with patches (positions, kernel_size²·channels).

    Images are taken a block at a time. The gradient of the inputs is a convolution as well: of
    the gradient, spread out by the strides, with the flipped kernel.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        self._geometry = geometry
        self._images = images
        self._dtype = dtype
        self._padded = _padded_like(geometry, images, dtype)
        rows, columns, _ = geometry.output_shape
        depth = geometry.kernel_size**2 * geometry.channels
        self._rows_per_image = rows * columns
        self._block = _images_per_block(rows * columns * depth * np.dtype(dtype).itemsize, images)
        self._patches = np.zeros((self._block * rows * columns, depth), dtype)
        self._grad_matrix = np.zeros((depth, geometry.filters), dtype)
        self._windows = np.zeros(0, dtype)
        self._input_gradient: _InputGradient | None = None

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Gather a block, multiply, next block."""
        geometry = self._geometry
        (top, _), (left, _) = geometry.pads
        padded = inputs
        if self._padded is not None:
            padded = self._padded
            padded[:, top : top + geometry.height, left : left + geometry.width] = inputs
        self._windows = windows(
            padded, geometry.output_shape[:2], geometry.kernel_size, geometry.strides
        )
        matrix = kernel.reshape(-1, geometry.filters)
        for start in range(0, self._images, self._block):
            block = outputs[start : start + self._block].reshape(-1, geometry.filters)
            np.matmul(self._gather(start), matrix, out=block)
            block += bias

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array,
        grad_bias: Array,
        grad_inputs: Array | None,
    ) -> None:
        """grad kernel = Σ over blocks of patchesᵀ·gradient."""
        filters = self._geometry.filters
        matrix = grad_kernel.reshape(-1, filters)
        np.add.reduce(gradient.reshape(-1, filters), axis=0, out=grad_bias)
        for start in range(0, self._images, self._block):
            block = gradient[start : start + self._block].reshape(-1, filters)
            # A single block's patches are still there from the forward pass.
            patches = self._patches if self._block == self._images else self._gather(start)
            if start == 0:
                np.matmul(patches.T, block, out=matrix)
            else:
                matrix += np.matmul(patches.T, block, out=self._grad_matrix)
        if grad_inputs is not None:
            if self._input_gradient is None:
                self._input_gradient = _InputGradient(self._geometry, self._images, self._dtype)
            self._input_gradient.compute(gradient, kernel, grad_inputs)

    def _gather(self, start: int) -> Array:
        block = self._windows[start : start + self._block]
        patches = self._patches[: len(block) * self._rows_per_image]
        np.copyto(patches.reshape(block.shape), block)
        return patches


class _InputGradient:
    """grad x[r, c] = Σ over (i, j) of spread[r + i, c + j]·W[size − 1 − i, size − 1 − j]ᵀ.

    `spread` holds the gradient at every strides-th position, with zeros between and around.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        self._geometry = geometry
        size, height, width = geometry.kernel_size, geometry.height, geometry.width
        depth = size * size * geometry.filters
        self._block = _images_per_block(height * width * depth * np.dtype(dtype).itemsize, images)
        self._spread = np.zeros(
            (images, height + size - 1, width + size - 1, geometry.filters), dtype
        )
        self._windows = windows(self._spread, (height, width), size, 1)
        self._patches = np.zeros((self._block * height * width, depth), dtype)
        self._flipped = np.zeros((size, size, geometry.filters, geometry.channels), dtype)

    def compute(self, gradient: Array, kernel: Array, grad_inputs: Array) -> None:
        """Write the gradient of the inputs."""
        self._spread[self._places()] = gradient
        np.copyto(self._flipped, kernel[::-1, ::-1].transpose(0, 1, 3, 2))
        channels = self._geometry.channels
        for start in range(0, len(gradient), self._block):
            block = self._windows[start : start + self._block]
            out = grad_inputs[start : start + self._block].reshape(-1, channels)
            patches = self._patches[: len(out)]
            np.copyto(patches.reshape(block.shape), block)
            np.matmul(patches, self._flipped.reshape(-1, channels), out=out)

    def _places(self) -> tuple[slice, slice, slice]:
        geometry = self._geometry
        (top, _), (left, _) = geometry.pads
        starts = geometry.kernel_size - 1 - top, geometry.kernel_size - 1 - left
        row, column = (
            slice(start, start + geometry.strides * length, geometry.strides)
            for start, length in zip(starts, geometry.output_shape, strict=False)
        )
        return slice(None), row, column


def _padded_like(geometry: Geometry, images: int, dtype: DType) -> Array | None:
    (top, bottom), (left, right) = geometry.pads
    if not (top or bottom or left or right):
        return None
    shape = (geometry.height + top + bottom, geometry.width + left + right, geometry.channels)
    return np.zeros((images, *shape), dtype)


def _images_per_block(bytes_per_image: int, images: int) -> int:
    return max(1, min(images, _BLOCK_BYTES // bytes_per_image))
