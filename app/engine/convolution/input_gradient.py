"""The gradient of a convolution's inputs, by whichever of two ways multiplies less."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from ..arrays import Array, DType
from .geometry import Geometry
from .windows import windows


class InputGradient(ABC):
    """grad x[r·s + i, c·s + j] += Σ over filters of grad y[r, c]·W[i, j]ᵀ."""

    @abstractmethod
    def compute(self, gradient: Array, kernel: Array, grad_inputs: Array) -> None:
        """Write the gradient of the inputs from that of the outputs."""


class Gathered(InputGradient):
    """A convolution of the gradient, zeros around and between, with the flipped kernel.

    One large product; it multiplies once for every input in place of every answer.
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
        self._starts = [size - 1 - before for before, _ in geometry.pads]

    def compute(self, gradient: Array, kernel: Array, grad_inputs: Array) -> None:
        """Spread, gather, multiply."""
        self._spread[_places(self._geometry, self._starts)] = gradient
        np.copyto(self._flipped, kernel[::-1, ::-1].transpose(0, 1, 3, 2))
        np.copyto(self._patches.reshape(self._windows.shape), self._windows)
        channels = self._geometry.channels
        matrix = self._flipped.reshape(-1, channels)
        np.matmul(self._patches, matrix, out=grad_inputs.reshape(-1, channels))


class Scattered(InputGradient):
    """One product for each of the kernel's places, added where that place lay on the inputs."""

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        self._geometry = geometry
        size, (rows, columns, _) = geometry.kernel_size, geometry.output_shape
        self._kernels = np.zeros((size * size, geometry.filters, geometry.channels), dtype)
        shape = (size * size, images * rows * columns, geometry.channels)
        self._products = np.zeros(shape, dtype)
        (top, bottom), (left, right) = geometry.pads
        height, width = top + geometry.height + bottom, left + geometry.width + right
        self._padded = np.zeros((images, height, width, geometry.channels), dtype)
        self._inside = self._padded[:, top : top + geometry.height, left : left + geometry.width]

    def compute(self, gradient: Array, kernel: Array, grad_inputs: Array) -> None:
        """Multiply, then add up."""
        geometry = self._geometry
        by_place = kernel.reshape(-1, geometry.channels, geometry.filters)
        np.copyto(self._kernels, by_place.transpose(0, 2, 1))
        self._padded.fill(0)
        np.matmul(gradient.reshape(-1, geometry.filters), self._kernels, out=self._products)
        shape = (*gradient.shape[:3], geometry.channels)
        for number, product in enumerate(self._products):
            start = divmod(number, geometry.kernel_size)
            self._padded[_places(geometry, start)] += product.reshape(shape)
        np.copyto(grad_inputs, self._inside)


def input_gradient_for(geometry: Geometry, images: int, dtype: DType) -> InputGradient:
    """Choose Gathered where nearly every input has an answer of its own, else Scattered."""
    nearly_all = geometry.height * geometry.width < 1.4 * geometry.positions
    return (Gathered if nearly_all else Scattered)(geometry, images, dtype)


def _places(geometry: Geometry, starts: Sequence[int]) -> tuple[slice, ...]:
    """Return the places of the answers among the inputs, counted from `starts`."""
    step = geometry.strides
    return (
        slice(None),
        *(
            slice(start, start + step * (length - 1) + 1, step)
            for start, length in zip(starts, geometry.output_shape[:2], strict=True)
        ),
    )
