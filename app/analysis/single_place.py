"""One output of a convolution, worked out number by number, as one would by hand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..engine.activations import activation_named
from ..vocabulary.layers.layer import Padding
from ..vocabulary.layers.windows import output_length, same_padding

Floats = NDArray[np.float64]
Pads = tuple[tuple[int, int], tuple[int, int]]
Pair = tuple[int, int]


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
    image: Floats,
    kernel: Floats,
    strides: int | Pair,
    padding: Padding | Pads,
    dilation: Pair = (1, 1),
) -> tuple[int, int]:
    """Computes how many rows and columns come out; ValueError if the kernel doesn't fit."""
    steps, spans = _pair(strides), _spans(kernel, dilation)
    rows, columns = (
        output_length(image.shape[axis], spans[axis], steps[axis], padding)
        if isinstance(padding, str)
        else output_length(
            image.shape[axis] + sum(padding[axis]), spans[axis], steps[axis], "valid"
        )
        for axis in (0, 1)
    )
    return rows, columns


def single_place(
    image: Floats,
    kernel: Floats,
    place: tuple[int, int],
    *,
    bias: float = 0.0,
    strides: int | Pair = 1,
    padding: Padding | Pads = "valid",
    dilation: Pair = (1, 1),
    activation: str = "linear",
    flip: bool = False,
) -> SinglePlace:
    """Computes y[r, c] = f(Σ x[r·s + i·d, c·s + j·d, k] · W[i, j, k] + b), the cross-correlation
    of Keras and PyTorch.

    Args:
        image: float64 (height, width, channels).
        kernel: float64 (kernel height, kernel width, channels).
        place: row and column of the output.
        strides: of both axes, or of each.
        padding: or how many zeros lie before and after each axis.
        dilation: how far the kernel's weights lie apart along each axis.
        flip: turn the kernel by 180° first: what mathematics calls a convolution.

    Raises:
        ValueError: the kernel doesn't fit the image.
        IndexError: there is no such place.

    >>> ramp = np.arange(9.0).reshape(3, 3, 1)
    >>> single_place(ramp, ramp[:2, :2], (1, 1)).total
    45.0
    """
    rows, columns = shape_of_output(image, kernel, strides, padding, dilation)
    row, column = place
    if not (0 <= row < rows and 0 <= column < columns):
        raise IndexError(f"({row}, {column}) is outside the {rows}×{columns} outputs")
    weights = kernel[::-1, ::-1] if flip else kernel
    steps, spans = _pair(strides), _spans(kernel, dilation)
    pads = _pads(image, spans, steps, padding)
    down, right = row * steps[0], column * steps[1]
    under = np.pad(image, pads)[down : down + spans[0], right : right + spans[1]]
    patch = under[:: dilation[0], :: dilation[1]]
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
    spans = _spans(kernel, (1, 1))
    wide = np.pad(image, _pads(image, spans, _pair(strides), padding))
    windows = np.lib.stride_tricks.sliding_window_view(wide, kernel.shape)
    sums: Floats = np.einsum("rczijk,ijk->rc", windows[::strides, ::strides], kernel)
    return sums


def _pads(
    image: Floats, spans: Pair, strides: Pair, padding: Padding | Pads
) -> list[tuple[int, int]]:
    if padding == "valid":
        return [(0, 0)] * 3
    if not isinstance(padding, str):
        return [*padding, (0, 0)]
    pads = [same_padding(image.shape[axis], spans[axis], strides[axis]) for axis in (0, 1)]
    return [*pads, (0, 0)]


def _pair(number: int | Pair) -> Pair:
    return (number, number) if isinstance(number, int) else number


def _spans(kernel: Floats, dilation: Pair) -> Pair:
    """Returns how many rows and columns of the image the kernel reaches over."""
    rows, columns = (
        (length - 1) * apart + 1 for length, apart in zip(kernel.shape[:2], dilation, strict=True)
    )
    return rows, columns
