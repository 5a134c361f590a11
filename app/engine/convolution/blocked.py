"""A convolution taken a few images at a time, so that its scratch stays in a core's cache."""

from collections.abc import Iterator

import numpy as np

from ..arrays import Array, DType
from .convolution import Convolution, Winners
from .geometry import Geometry


class Blocked(Convolution):
    """Any algorithm, block by block; blocks have equal size, so it must divide the images."""

    def __init__(
        self,
        geometry: Geometry,
        images: int,
        dtype: DType,
        algorithm: type[Convolution],
        block: int,
    ) -> None:
        if images % block:
            raise ValueError(f"block is {block}; it must divide {images} images")
        self._images, self._block = images, block
        self._inner = algorithm(geometry, block, dtype)
        self._inputs = np.zeros(0, dtype)
        self._part_kernel = np.zeros(geometry.kernel_shape, dtype)
        self._part_bias = np.zeros(geometry.filters, dtype)

    def forward(
        self, inputs: Array, kernel: Array, bias: Array, outputs: Array, winners: Winners
    ) -> None:
        """One block after the other."""
        self.recall(inputs)
        for block in self._blocks():
            matches = [match[block] for match in winners]
            self._inner.forward(inputs[block], kernel, bias, outputs[block], matches)

    def recall(self, inputs: Array) -> None:
        """Note where the inputs lie."""
        self._inputs = inputs

    def backward(
        self,
        gradient: Array,
        winners: Winners,
        kernel: Array,
        grad_kernel: Array,
        grad_bias: Array,
        grad_inputs: Array | None,
    ) -> None:
        """Gradients of kernel and bias add up over the blocks, always in the same order."""
        grad_kernel.fill(0)
        grad_bias.fill(0)
        for block in self._blocks():
            if self._block < self._images:
                self._inner.recall(self._inputs[block])
            self._inner.backward(
                gradient[block],
                [match[block] for match in winners],
                kernel,
                self._part_kernel,
                self._part_bias,
                None if grad_inputs is None else grad_inputs[block],
            )
            grad_kernel += self._part_kernel
            grad_bias += self._part_bias

    def _blocks(self) -> Iterator[slice]:
        for start in range(0, self._images, self._block):
            yield slice(start, start + self._block)
