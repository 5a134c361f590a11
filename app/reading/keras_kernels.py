"""Kernels of Keras's layers in the one order of axes, whatever version and backend wrote them."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .hdf5.arrays import Hdf5Array

Reads = Callable[[], NDArray[np.float32]]

_CORRELATES: Final = {"tensorflow", "cntk", "jax", "torch", "numpy", "openvino"}
_CONVOLVES: Final = "theano"  # it turns kernels by 180° itself
_MAY_BE_TURNED: Final = ("conv1d", "conv2d", "conv3d", "conv2d_transpose")


class Writer(NamedTuple):
    """What wrote a file: Keras's version, and its backend; None where it doesn't say."""

    version: str | None = None
    backend: str | None = None

    @property
    def major(self) -> int:
        """The version's first number; a file that has none is of Keras 1."""
        first = (self.version or "1").partition(".")[0]
        return int(first) if first.isdecimal() and len(first) < 4 else 3

    @property
    def turns(self) -> bool:
        """Whether its kernels lie turned by 180°, as Theano's do."""
        return self.backend == _CONVOLVES and self.major < 3

    @property
    def is_known(self) -> bool:
        """Whether it is on record which way its kernels lie."""
        return self.major >= 3 or self.backend in {*_CORRELATES, _CONVOLVES}

    def __str__(self) -> str:
        return f"Keras {self.version}" if self.version else "Keras 1"


class Kernel(NamedTuple):
    """An array, and how its axes are put in order.

    Attributes:
        array: where it lies.
        axes: which axis of the array each axis of the kernel is.
        squeezed: an axis of the array that has one place alone, and is left out.
        turned: how many of the kernel's first axes run the other way.
    """

    array: Hdf5Array
    axes: tuple[int, ...]
    squeezed: int | None = None
    turned: int = 0

    @property
    def shape(self) -> tuple[int, ...]:
        """Its shape once its axes are in order."""
        return tuple(self.array.shape[axis] for axis in self.axes)

    def read(self) -> NDArray[np.float32]:
        """Reads it: float32, in that order."""
        found = self.array.read()
        if self.squeezed is not None:
            found = found.take(0, self.squeezed)
        order = [axis - (self.squeezed is not None and axis > self.squeezed) for axis in self.axes]
        turned = found.transpose(order)[(slice(None, None, -1),) * self.turned]
        return as_float32(turned)


def as_float32(values: NDArray[np.generic]) -> NDArray[np.float32]:
    """Returns numbers of any kind as float32; what is too large for it becomes infinite."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.ascontiguousarray(values, "<f4")


def reader(array: Hdf5Array) -> Reads:
    """Returns what reads an array as it is, as float32."""
    return lambda: as_float32(array.read())


def kernel_of(kind: str, array: Hdf5Array, writer: Writer, *, outputs_first: bool) -> Kernel | None:
    """Puts a kernel's axes in order; None if no kernel of that kind has so many.

    Args:
        kind: the layer's.
        outputs_first: whether it lies as Keras 1 has it for images with channels first:
            (out, in, …).
    """
    axes = list(range(len(array.shape)))
    squeezed = None
    slides = 0 if kind == "dense" else int(kind.partition("conv")[2][0])
    if outputs_first:
        axes = [*axes[2:], 1, 0]
    if kind == "conv1d" and len(axes) == 4 and writer.major == 1:
        squeezed = axes.pop(1)  # an image one pixel wide there
    if len(axes) != slides + 2:
        return None
    if kind.endswith("_transpose") and writer.major > 1:
        axes[-2:] = axes[:-3:-1]
    turned = slides if writer.turns and kind in _MAY_BE_TURNED else 0
    return Kernel(array, tuple(axes), squeezed, turned)


def lies_outputs_first(shape: Sequence[int], filters: int | None, said: bool | None) -> bool:
    """Tells whether a kernel of Keras 1 lies (out, in, …), by what is said or else by its shape."""
    if said is not None:
        return said
    if len(shape) != 4:
        return False
    if filters is not None and (shape[0] == filters) != (shape[-1] == filters):
        return shape[0] == filters
    return shape[2] == shape[3] and shape[0] != shape[1]
