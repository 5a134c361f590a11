"""The interface of every convolution algorithm."""

from abc import ABC, abstractmethod

import numpy as np

from ..arrays import Array, DType
from .geometry import Geometry


class Convolution(ABC):
    """One algorithm with its working memory, for one geometry and a fixed number of images.

    inputs: (images, height, width, channels); kernel: HWIO; bias: (filters,); outputs and their
    gradient: (images, *output_shape). These arrays are the caller's and contiguous; what `backward`
    must know of the last `forward` is the algorithm's own.
    """

    @abstractmethod
    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        """Allocate everything that the methods need."""

    @abstractmethod
    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Write inputs ∗ kernel + bias into outputs, pooled if the geometry says so."""

    @abstractmethod
    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array | None,
        grad_bias: Array | None,
        grad_inputs: Array | None,
    ) -> None:
        """Write the gradients of kernel and bias, and of the inputs passed last.

        Where one is None nobody wants it, and its work is left out; kernel and bias go together.

        gradient: that of the outputs; it may be overwritten.
        """

    def take_relu(self) -> bool:
        """Have outputs below zero become zero (ReLU), and `backward` lead back through that, from
        now on; False where the algorithm leaves that to others, as most do.
        """
        return False


def bytes_of_patches(geometry: Geometry, dtype: DType) -> int:
    """Count the bytes that one image takes when every window becomes a row."""
    return geometry.positions * geometry.depth * np.dtype(dtype).itemsize
