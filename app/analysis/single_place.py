"""One output of a convolution, worked out number by number, as one would by hand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..engine.activations import activation_named
from ..vocabulary.layers.layer import Padding
from ..vocabulary.layers.windows import output_length, same_padding

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SinglePlace:
    """The output at (row, column), counted from (0, 0), and all that went into it.

    `patch`, `kernel` and `products` have shape (height, width, channels); the patch's upper left
    pixel is (top, left) of the input, below zero where padding lies. `total` is the sum of all
    products, `output` is f(total + bias). `output_shape` is (rows, columns) of the whole.
    """

    row: int
    column: int
    top: int
    left: int
    patch: Floats
    kernel: Floats
    products: Floats
    total: float
    bias: float
    output: float
    output_shape: tuple[int, int]


def shape_of_output(
    image: Floats, kernel: Floats, strides: int, padding: Padding
) -> tuple[int, int]:
    """Computes how many rows and columns come out; ValueError if the kernel doesn't fit."""
    rows, columns = (
        output_length(image.shape[axis], kernel.shape[axis], strides, padding) for axis in (0, 1)
    )
    return rows, columns


def single_place(
    image: Floats,
    kernel: Floats,
    place: tuple[int, int],
    *,
    bias: float = 0.0,
    strides: int = 1,
    padding: Padding = "valid",
    activation: str = "linear",
    flip: bool = False,
) -> SinglePlace:
    """Computes y[r, c] = f(Σ x[r·s + i, c·s + j, k] · W[i, j, k] + b), the cross-correlation of
    Keras.

    Args:
        image: float64 (height, width, channels).
        kernel: float64 (kernel height, kernel width, channels).
        place: row and column of the output.
        flip: turn the kernel by 180° first: what mathematics calls a convolution.

    Raises:
        ValueError: the kernel doesn't fit the image.
        IndexError: there is no such place.

    >>> ramp = np.arange(9.0).reshape(3, 3, 1)
    >>> single_place(ramp, ramp[:2, :2], (1, 1)).total
    45.0
    """
    rows, columns = shape_of_output(image, kernel, strides, padding)
    row, column = place
    if not (0 <= row < rows and 0 <= column < columns):
        raise IndexError(f"({row}, {column}) is outside the {rows}×{columns} outputs")
    weights = kernel[::-1, ::-1] if flip else kernel
    pads = _pads(image, kernel, strides, padding)
    down, right = row * strides, column * strides
    patch = np.pad(image, pads)[down : down + kernel.shape[0], right : right + kernel.shape[1]]
    products = patch * weights + 0.0  # -0.0 is no number that one would write by hand
    total = float(products.sum())
    output = np.array([total + bias])
    activation_named(activation).apply(output, np.empty_like(output))
    return SinglePlace(
        row=row,
        column=column,
        top=down - pads[0][0],
        left=right - pads[1][0],
        patch=patch,
        kernel=weights,
        products=products,
        total=total,
        bias=bias,
        output=float(output[0]),
        output_shape=(rows, columns),
    )


def all_places(
    image: Floats, kernel: Floats, *, strides: int = 1, padding: Padding = "valid"
) -> Floats:
    """Returns the sums at every place, float64 (rows, columns), without bias and activation."""
    shape_of_output(image, kernel, strides, padding)
    wide = np.pad(image, _pads(image, kernel, strides, padding))
    windows = np.lib.stride_tricks.sliding_window_view(wide, kernel.shape)
    sums: Floats = np.einsum("rczijk,ijk->rc", windows[::strides, ::strides], kernel)
    return sums


def _pads(image: Floats, kernel: Floats, strides: int, padding: Padding) -> list[tuple[int, int]]:
    if padding == "valid":
        return [(0, 0)] * 3
    pads = [same_padding(image.shape[axis], kernel.shape[axis], strides) for axis in (0, 1)]
    return [*pads, (0, 0)]
