"""Convolution, pooled or not, by a compiled kernel, which reads windows where they lie."""

import numpy as np
from numpy.typing import NDArray

from ...kernels import Kind, Shape, kernels_here
from ..arrays import Array, DType
from .convolution import Convolution
from .geometry import Geometry


class Compiled(Convolution):
    """Reads windows where they lie; NumPy must copy them into a matrix first.

    Filters lie side by side in a register. Behind a pooling three of four gradients are zero: four
    answers stay in registers until the largest is written, and on the way back each filter's
    windows that won, and whose gradient ReLU left, are added up. NumPy multiplies the zeros too.
    Wide layers of 3×3 kernels go forward by Winograd's way, as in `winograd.py`.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        kernels = kernels_here()
        if kernels is None or not compiles(geometry, dtype):
            raise ValueError(f"no kernel was compiled for {geometry} in {dtype.__name__}")
        self._kernels: Kind = kernels
        self._shape = _shape_of(geometry)
        self._images = images
        self._inputs: Array = np.zeros(0, dtype)
        self._expected = (images, *geometry.input_shape), np.dtype(dtype)
        won = images if geometry.pool == 2 else 0
        self._winners: NDArray[np.uint8] = np.zeros((won, *geometry.output_shape), np.uint8)
        self._scratch: Array = np.zeros(kernels.forward_floats(self._shape, images), dtype)
        self._scratch_back: Array = np.zeros(0, dtype)
        self._places = _Addresses(), _Addresses()

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Multiply and pool; ValueError for other inputs than were said."""
        if (inputs.shape, inputs.dtype) != self._expected:  # the kernel reads so much anyway
            raise ValueError(f"{inputs.dtype} {inputs.shape} isn't {self._expected}")
        self._inputs = inputs
        places = self._places[0].of(inputs, kernel, bias, outputs, self._winners, self._scratch)
        self._kernels.forward(self._shape, self._images, *places)

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array | None,
        grad_bias: Array | None,
        grad_inputs: Array | None,
    ) -> None:
        """Add up the windows that won, or all."""
        if not len(self._scratch_back):
            floats = self._kernels.backward_floats(self._shape)
            self._scratch_back = np.zeros(floats, self._scratch.dtype)
        given = self._inputs, kernel, gradient, self._winners
        wanted = grad_kernel, grad_bias, grad_inputs
        places = self._places[1].of(*given, *wanted, self._scratch_back)
        self._kernels.backward(self._shape, self._images, *places)


def compiles(geometry: Geometry, dtype: DType) -> bool:
    """Tells whether there are kernels here for such a convolution."""
    return kernels_here() is not None and np.dtype(dtype) == np.float32


def _shape_of(geometry: Geometry) -> Shape:
    (top, bottom), (left, right) = geometry.pads
    rows, columns, filters = geometry.output_shape
    return Shape(
        *(geometry.height, geometry.width, geometry.channels, filters),
        *(geometry.kernel_size, geometry.strides, rows, columns, top, left),
        *(top + geometry.height + bottom, left + geometry.width + right, geometry.pool),
    )


class _Addresses:
    """Where arrays begin: to ask takes a microsecond each, and most are those of last time."""

    def __init__(self) -> None:
        self._known: list[tuple[NDArray[np.generic] | None, int | None]] = []

    def of(self, *arrays: NDArray[np.generic] | None) -> list[int | None]:
        """Gives the address of each, None for None."""
        if not self._known:
            self._known = [(None, None)] * len(arrays)
        for number, array in enumerate(arrays):
            if array is not self._known[number][0]:
                self._known[number] = array, _address(array)
        return [address for _, address in self._known]


def _address(array: NDArray[np.generic] | None) -> int | None:
    """Return where a contiguous array begins: the kernels know shapes, not strides nor dtypes."""
    if array is None:
        return None
    if not array.flags.c_contiguous or array.dtype not in (np.float32, np.uint8):
        raise ValueError(f"a compiled kernel takes contiguous arrays of float32, not {array.dtype}")
    return array.ctypes.data
