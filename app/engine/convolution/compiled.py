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
        self._outputs: Array = np.zeros(0, dtype)
        won = images if geometry.pool == 2 else 0
        self._winners: NDArray[np.uint8] = np.zeros((won, *geometry.output_shape), np.uint8)
        self._scratch: Array = np.zeros(kernels.forward_floats(self._shape, images), dtype)
        self._scratch_back: Array = np.zeros(0, dtype)
        self._own = self._winners.ctypes.data, self._scratch.ctypes.data
        self._own_back = 0
        inputs, outputs = (images, *geometry.input_shape), (images, *geometry.output_shape)
        parameters = geometry.kernel_shape, (geometry.filters,)
        self._places = (
            _Addresses(inputs, *parameters, outputs),
            _Addresses(inputs, parameters[0], outputs, outputs, *parameters, inputs),
        )

    def take_relu(self) -> bool:
        """Do it while answers are in registers, and each image's gradients in the cache."""
        self._shape.relu = 1
        return True

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Multiply and pool; ValueError for other arrays than were said."""
        places = self._places[0].of(inputs, kernel, bias, outputs)
        self._inputs, self._outputs = inputs, outputs
        self._kernels.forward(self._shape, self._images, *places, *self._own)

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array | None,
        grad_bias: Array | None,
        grad_inputs: Array | None,
    ) -> None:
        """Add up the windows that won, or all; ValueError for other arrays than were said."""
        if not len(self._scratch_back):
            floats = self._kernels.backward_floats(self._shape)
            self._scratch_back = np.zeros(floats, self._scratch.dtype)
            self._own_back = self._scratch_back.ctypes.data
        wanted = grad_kernel, grad_bias, grad_inputs
        places = self._places[1].of(self._inputs, kernel, self._outputs, gradient, *wanted)
        places.insert(4, self._own[0])
        self._kernels.backward(self._shape, self._images, *places, self._own_back)


def compiles(geometry: Geometry, dtype: DType) -> bool:
    """Tells whether there are kernels here for such a convolution."""
    return kernels_here() is not None and np.dtype(dtype) == np.float32


def _shape_of(geometry: Geometry) -> Shape:
    (top, bottom), (left, right) = geometry.pads
    rows, columns, filters = geometry.output_shape
    return Shape(
        *(geometry.height, geometry.width, geometry.channels, filters),
        *(geometry.kernel_size, geometry.strides, rows, columns, top, left),
        *(top + geometry.height + bottom, left + geometry.width + right, geometry.pool, 0),
    )


class _Addresses:
    """Where arrays begin: to ask takes a microsecond each, and most are those of last time.

    Args:
        shapes: of the arrays, in turn.
    """

    def __init__(self, *shapes: tuple[int, ...]) -> None:
        self._shapes = shapes
        self._known: list[tuple[Array | None, int | None]] = [(None, None)] * len(shapes)

    def of(self, *arrays: Array | None) -> list[int | None]:
        """Gives the address of each, None for None; ValueError for what a kernel can't read."""
        for number, array in enumerate(arrays):
            if array is not self._known[number][0]:
                self._known[number] = array, _address(array, self._shapes[number])
        return [address for _, address in self._known]


def _address(array: Array | None, shape: tuple[int, ...]) -> int | None:
    """Return where a contiguous array begins: the kernels know neither strides nor dtypes, and
    read as much as the shape says, whatever there is.
    """
    if array is None:
        return None
    if array.dtype != np.float32 or not array.flags.c_contiguous:
        raise ValueError(f"a compiled kernel takes contiguous arrays of float32, not {array.dtype}")
    if array.shape != shape:
        raise ValueError(f"an array of {array.shape} isn't one of {shape}")
    return array.ctypes.data
