"""Patches of a few images at a time, so that they stay in a core's cache."""

from collections.abc import Iterator

import numpy as np

from ..arrays import Array, DType
from .convolution import Convolution
from .geometry import Geometry
from .patches import Patches


class Blocked(Convolution):
    """Patches or Planes, block by block; blocks have equal size, so it must divide the images.

    Patches are gathered again on the way back, which costs less than to keep them all.
    """

    def __init__(
        self,
        geometry: Geometry,
        images: int,
        dtype: DType,
        algorithm: type[Patches],
        block: int,
    ) -> None:
        if images % block:
            raise ValueError(f"block is {block}; it must divide {images} images")
        self._images, self._block = images, block
        self._inner = algorithm(geometry, block, dtype)
        self._inputs = np.zeros(0, dtype)
        self._part_kernel = np.zeros(geometry.kernel_shape, dtype)
        self._part_bias = np.zeros(geometry.filters, dtype)

    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Work through one block after the other."""
        self._inputs = inputs
        for block in self._blocks():
            self._inner.forward(inputs[block], kernel, bias, outputs[block])

    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array | None,
        grad_bias: Array | None,
        grad_inputs: Array | None,
    ) -> None:
        """Gradients of kernel and bias add up over the blocks, always in the same order."""
        learns = grad_kernel is not None and grad_bias is not None
        part_kernel, part_bias = (self._part_kernel, self._part_bias) if learns else (None, None)
        sums = [whole for whole in (grad_kernel, grad_bias) if whole is not None]
        for whole in sums:
            whole.fill(0)
        for block in self._blocks():
            if learns and self._block < self._images:
                self._inner.gather(self._inputs[block])
            part_inputs = None if grad_inputs is None else grad_inputs[block]
            self._inner.backward(gradient[block], kernel, part_kernel, part_bias, part_inputs)
            for whole, part in zip(sums, (self._part_kernel, self._part_bias), strict=False):
                whole += part

    def _blocks(self) -> Iterator[slice]:
        for start in range(0, self._images, self._block):
            yield slice(start, start + self._block)
