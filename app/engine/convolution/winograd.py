"""3×3 convolution with a quarter of the multiplications: F(4×4, 3×3) of Lavin & Gray 2016.

An image is cut into tiles of 6×6 that overlap by 2. With d a tile, g a kernel and ⊙ the product
place by place, Y = Aᵀ[(G·g·Gᵀ) ⊙ (Bᵀ·d·B)]A are the tile's 4×4 answers: two polynomials are
multiplied by their values at 0, 1, −1, 2, −2 and ∞. Summing over channels turns ⊙ into 36 matrix
products; M·x·Mᵀ on all tiles at once is one more, by the Kronecker product M⊗M.
"""

from collections.abc import Iterator

import numpy as np

from ..arrays import Array, DType
from .convolution import Convolution
from .geometry import Geometry
from .products import multiply_columns
from .tiles import Tiles
from .tournament import Winners

_INPUT: Array = np.array(  # Bᵀ
    [
        [4.0, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)
_KERNEL: Array = np.array(  # G
    [
        [1 / 4, 0, 0],
        [-1 / 6, -1 / 6, -1 / 6],
        [-1 / 6, 1 / 6, -1 / 6],
        [1 / 24, 1 / 12, 1 / 6],
        [1 / 24, -1 / 12, 1 / 6],
        [0, 0, 1],
    ]
)
_OUTPUT: Array = np.array(  # Aᵀ
    [
        [1.0, 1, 1, 1, 1, 0],
        [0, 1, -1, 2, -2, 0],
        [0, 1, 1, 4, 4, 0],
        [0, 1, -1, 8, -8, 1],
    ]
)
_BLOCK_BYTES = 4 << 20
# The value at 1 in both directions reaches each of a tile's answers once: the bias's place.
_EVERYWHERE = 7


class Winograd(Convolution):
    """Kernels of 3×3, strides 1. Backward goes the same way in reverse, every matrix transposed.

    Answers differ from the equation's by some 1e-6 of the largest; F(6×6, 3×3) would be faster
    still, and off by 1e-4.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        if (geometry.kernel_size, geometry.strides) != (3, 1):
            raise ValueError(
                f"kernel_size is {geometry.kernel_size} and strides {geometry.strides}; "
                "Winograd does 3 and 1 only"
            )
        block = _images_at_a_time(geometry, images, dtype)
        self._blocks = [slice(start, start + block) for start in range(0, images, block)]
        self._tiles = Tiles(geometry, block, dtype)
        count, channels, filters = self._tiles.count, geometry.channels, geometry.filters
        self._values = np.zeros((len(self._blocks), 36, count, channels), dtype)
        self._winners = self._tiles.new_winners(len(self._blocks))
        self._grad_values = np.zeros((36, count, channels), dtype)
        self._kernels = np.zeros((36, channels, filters), dtype)
        self._turned_kernels = np.zeros((36, filters, channels), dtype)
        self._products = np.zeros((36, count, filters), dtype)
        self._input, self._kernel, self._output = (
            _Transform(matrix, dtype) for matrix in (_INPUT, _KERNEL, _OUTPUT)
        )

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Transform, multiply, transform back, pool."""
        self._kernel.there(kernel, self._kernels)
        for block, values, winners in self._by_block():
            self._tiles.cut(inputs[block])
            self._input.there(self._tiles.cuts, values)
            np.matmul(values, self._kernels, out=self._products)
            self._products[_EVERYWHERE] += bias
            self._output.there(self._products, self._tiles.answers)
            self._tiles.deliver(outputs[block], winners)

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array | None,
        grad_bias: Array | None,
        grad_inputs: Array | None,
    ) -> None:
        """Use the products' gradient for both the kernel's and the inputs'."""
        self._kernel.there(kernel, self._kernels)
        np.copyto(self._turned_kernels, self._kernels.swapaxes(1, 2))
        grad_kernels: Array = np.zeros_like(self._kernels)
        if grad_bias is not None:
            grad_bias.fill(0)
        for block, values, winners in self._by_block():
            self._tiles.collect(gradient[block], winners)
            self._output.back(self._tiles.answers, self._products)
            if grad_bias is not None:
                grad_bias += np.add.reduce(self._products[_EVERYWHERE], axis=0)
                grad_kernels += np.matmul(values.swapaxes(1, 2), self._products)
            if grad_inputs is not None:
                np.matmul(self._products, self._turned_kernels, out=self._grad_values)
                self._input.back(self._grad_values, self._tiles.cuts)
                self._tiles.join(grad_inputs[block])
        if grad_kernel is not None:
            self._kernel.back(grad_kernels, grad_kernel)

    def _by_block(self) -> Iterator[tuple[slice, Array, Winners]]:
        """Return each block's images, and what is kept of them from forward to backward."""
        return zip(self._blocks, self._values, self._winners, strict=True)


class _Transform:
    """M·x·Mᵀ of all tiles or kernels at once, a row for each place in them, and its reverse."""

    def __init__(self, matrix: Array, dtype: DType) -> None:
        both_ways = np.kron(matrix, matrix).astype(dtype)
        self._there, self._back = np.asfortranarray(both_ways), np.asfortranarray(both_ways.T)

    def there(self, values: Array, out: Array) -> None:
        """Compute out = (M⊗M)·values."""
        _multiply(self._there, values, out)

    def back(self, values: Array, out: Array) -> None:
        """Compute out = (M⊗M)ᵀ·values, the way of gradients."""
        _multiply(self._back, values, out)


def _multiply(matrix: Array, values: Array, out: Array) -> None:
    rows, columns = matrix.shape
    multiply_columns(matrix, values.reshape(columns, -1), out.reshape(rows, -1))


def _images_at_a_time(geometry: Geometry, images: int, dtype: DType) -> int:
    """Return as many as fit into a core's second-level cache with all that is made of them."""
    answers = geometry.positions * geometry.pool**2
    numbers = 36 / 16 * answers * (2 * geometry.channels + 2 * geometry.filters)
    fitting = max(1, _BLOCK_BYTES // int(numbers * np.dtype(dtype).itemsize))
    return max(size for size in range(1, images + 1) if images % size == 0 and size <= fitting)
