"""The order in which a kernel's axes are kept, and how Keras's order is made of it."""

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

# As letters: height (and depth) and width, in, out. PyTorch's transposed layers have in and out
# the other way round, which their kind tells; Keras's have them so too, as `hwoi`.
Axes = Literal["hwio", "hwoi", "oihw", "ohwi"]
Shape = tuple[int, ...]

_LARGEST_SIDE: Final = 31  # of kernels; what is larger counts channels


def keras_shape(shape: Shape, axes: Axes, kind: str, groups: int = 1) -> Shape:
    """Gives the shape that `in_keras_order` makes of a kernel of that shape.

    Conv: (…, in/groups, out); depthwise: (…, in, multiplier), where groups are in;
    dense: (in, out).
    """
    if kind == "dense":
        return shape if axes == "hwio" else shape[::-1]
    if axes == "oihw":
        outputs, inputs, *space = shape
        if kind.endswith("_transpose"):
            inputs, outputs = outputs // groups, inputs * groups
    elif axes == "ohwi":
        outputs, *space, inputs = shape
    else:
        *space, inputs, outputs = shape
        if axes == "hwoi":
            inputs, outputs = outputs, inputs
    if kind.startswith("depthwise"):
        return (*space, groups, inputs * outputs // groups)
    return (*space, inputs, outputs)


def in_keras_order(
    kernel: NDArray[np.float32], axes: Axes, kind: str, groups: int = 1
) -> NDArray[np.float32]:
    """Turns a kernel's axes into Keras's order, as `watch` does; see `keras_shape`."""
    if kind == "dense":
        return np.ascontiguousarray(kernel if axes == "hwio" else kernel.T)
    if axes == "oihw" and kind.endswith("_transpose"):
        apart = kernel.reshape(groups, kernel.shape[0] // groups, *kernel.shape[1:])
        turned = np.moveaxis(apart, (1, 0, 2), (-3, -2, -1))
    elif axes == "oihw":
        turned = np.moveaxis(kernel, (0, 1), (-1, -2))
    elif axes == "ohwi":
        turned = np.moveaxis(kernel, 0, -1)
    else:
        turned = kernel.swapaxes(-1, -2) if axes == "hwoi" else kernel
    return np.ascontiguousarray(turned).reshape(keras_shape(kernel.shape, axes, kind, groups))


def axes_by_shape(shape: Shape) -> Axes | None:
    """Tells the order from a 2-D conv layer's shape alone; None if it might be either.

    The two axes of the picture are small and nearly always equal; those of channels
    seldom are both.
    """
    if len(shape) != 4:
        return None
    first, last = _likeness(shape[:2]), _likeness(shape[2:])
    if first == last:
        return None
    return "hwio" if first > last else "oihw"


def _likeness(space: Shape) -> int:
    """Rates how well those can be a kernel's height and width: 0 not at all, 2 well."""
    if max(space) > _LARGEST_SIDE:
        return 0
    return 2 if space[0] == space[1] else 1
