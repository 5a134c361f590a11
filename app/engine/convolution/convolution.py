"""The interface of every convolution algorithm."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..arrays import Array, DType
from .geometry import Geometry

# What pooling remembers: three yes-or-no answers an output (see tournament.py).
Winners = Sequence[NDArray[np.bool_]]


class Convolution(ABC):
    """One algorithm with its working memory, for one geometry and a fixed number of images.

    inputs: (images, height, width, channels); kernel: HWIO; bias: (filters,); outputs and their
    gradient: (images, *output_shape); winners: three arrays shaped like the outputs where the
    geometry pools, else none; what they hold is for `backward`, in an order of the algorithm's
    own. All memory is the caller's and contiguous, except an algorithm's own scratch.
    """

    @abstractmethod
    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        """Allocate everything that the methods need."""

    @abstractmethod
    def forward(
        self, inputs: Array, kernel: Array, bias: Array, outputs: Array, winners: Winners
    ) -> None:
        """Write inputs ∗ kernel + bias into outputs, pooled if the geometry says so."""

    @abstractmethod
    def recall(self, inputs: Array) -> None:
        """Bring back what `forward` made of these inputs, after others have passed since."""

    @abstractmethod
    def backward(
        self,
        gradient: Array,
        winners: Winners,
        kernel: Array,
        grad_kernel: Array,
        grad_bias: Array,
        grad_inputs: Array | None,
    ) -> None:
        """Write the gradients of kernel, bias and (unless None) of the inputs passed last.

        gradient: that of the outputs; it may be overwritten.
        """


def bytes_of_patches(geometry: Geometry, dtype: DType) -> int:
    """Memory that one image takes when every window becomes a row."""
    return geometry.positions * geometry.depth * np.dtype(dtype).itemsize
