"""Kernels of ONNX graphs in the one order of axes."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .onnx_constants import FixedArray

Reads = Callable[[], NDArray[np.float32]]


class ReadKernel(NamedTuple):
    """A kernel's kind, its shape in Keras's order, and what reads it so."""

    kind: str
    shape: tuple[int, ...]
    read: Reads


def as_weights(found: NDArray[Any]) -> NDArray[np.float32]:
    """Returns numbers as float32; what is too large for it becomes infinite."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.ascontiguousarray(found, "<f4")


def convolution(given: FixedArray, groups: int, *, transposed: bool) -> ReadKernel | None:
    """Puts a convolution's kernel in order; None if none has such a shape.

    conv: (out, in/groups, …) becomes (…, in/groups, out); depthwise: (in·multiplier, 1, …) becomes
    (…, in, multiplier); transposed: (in, out/groups, …) becomes (…, in/groups, out).
    """
    shape, axes = given.shape, len(given.shape) - 2
    if not 1 <= axes <= 3 or groups < 1 or 0 in shape or shape[0] % groups:
        return None
    first, second, *space = shape
    order = [*range(2, axes + 2)]
    if transposed:
        return _transposed(given, groups, (first, second), space)
    if groups > 1 and second == 1 and axes < 3:
        multiplier = first // groups
        apart = (groups, multiplier, *space)

        def depthwise() -> NDArray[np.float32]:
            return as_weights(given.read().reshape(apart).transpose(*order, 0, 1))

        return ReadKernel(f"depthwise_conv{axes}d", (*space, groups, multiplier), depthwise)

    def read() -> NDArray[np.float32]:
        return as_weights(given.read().transpose(*order, 1, 0))

    return ReadKernel(f"conv{axes}d", (*space, second, first), read)


def _transposed(
    given: FixedArray, groups: int, channels: tuple[int, int], space: list[int]
) -> ReadKernel:
    inputs, outputs = channels
    axes = len(space)
    apart = (groups, inputs // groups, outputs, *space)
    shape = (*space, inputs // groups, groups * outputs)

    def read() -> NDArray[np.float32]:
        turned = given.read().reshape(apart).transpose(*range(3, axes + 3), 1, 0, 2)
        return as_weights(turned.reshape(shape))

    return ReadKernel(f"conv{axes}d_transpose", shape, read)


def product(given: FixedArray, *, outputs_first: bool, factor: float = 1.0) -> ReadKernel | None:
    """Puts the kernel of a product with a matrix in order: (in, out), times a factor."""
    if len(given.shape) != 2 or 0 in given.shape:
        return None

    def read() -> NDArray[np.float32]:
        found = given.read()
        turned = as_weights(found.T if outputs_first else found)
        with np.errstate(over="ignore", invalid="ignore"):
            return turned if factor == 1 else turned * np.float32(factor)

    return ReadKernel("dense", given.shape[::-1] if outputs_first else given.shape, read)
