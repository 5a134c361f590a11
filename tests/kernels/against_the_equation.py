"""Convolutions whose sums are exact in float32 too, so that a kernel agrees to the last bit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.engine.arrays import DType
from app.engine.convolution import Convolution, Geometry
from app.engine.convolution.compiled import Compiled
from app.engine.convolution.naive import Naive


@st.composite
def geometries(draw: st.DrawFn) -> Geometry:
    """Any shape up to 32, pooled or not: images at least as large as what one output sees."""
    channels, filters = draw(st.sampled_from([1, 1, 2, 3, 5, 16, 17])), draw(st.integers(1, 40))
    size, strides = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    if (size, strides) == (3, 1):  # Winograd's sums aren't exact
        channels = min(channels, 15)
    padding = draw(st.sampled_from(["valid", "same"]))
    least = size + strides if padding == "valid" else strides + 1
    height, width = (draw(st.integers(least, max(least, 32))) for _ in range(2))
    pool = draw(st.sampled_from([1, 2]))
    return Geometry(height, width, channels, filters, size, strides, padding, pool)


@st.composite
def wide(draw: st.DrawFn) -> Geometry:
    """Shapes of 3×3 kernels, most of which are answered to by Winograd's way."""
    channels, filters = draw(st.integers(16, 40)), draw(st.integers(32, 50))
    height, width = (draw(st.integers(10, 32)) for _ in range(2))
    padding, pool = draw(st.sampled_from(["valid", "same"])), draw(st.sampled_from([1, 2]))
    return Geometry(height, width, channels, filters, 3, 1, padding, pool)


def of_any(shapes: st.SearchStrategy[Geometry]) -> Callable[[Callable[..., None]], Any]:
    """Has a test take such shapes, one to three images, any numbers, and ReLU or none."""
    return given(
        geometry=shapes,
        images=st.integers(1, 3),
        seed=st.integers(0, 2**32 - 1),
        relu=st.booleans(),
    )


Arrays = dict[str, np.ndarray]


def whole_numbers(geometry: Geometry, images: int, seed: int) -> Arrays:
    """Draws small whole numbers, some gradients zero as behind a ReLU."""
    random = np.random.default_rng(seed)
    return {
        name: random.integers(-3, 4, shape) for name, shape in _shapes(geometry, images).items()
    }


def _shapes(geometry: Geometry, images: int) -> dict[str, tuple[int, ...]]:
    inputs, gradient = (images, *geometry.input_shape), (images, *geometry.output_shape)
    kernel, bias = geometry.kernel_shape, (geometry.filters,)
    return {"inputs": inputs, "kernel": kernel, "bias": bias, "gradient": gradient}


def everything(
    algorithm: type[Convolution], geometry: Geometry, given: Arrays, dtype: DType, relu: bool
) -> Arrays:
    """Computes outputs, rectified or as they are, and gradients of what is given."""
    inputs, kernel, bias, gradient = (
        given[name].astype(dtype) for name in ("inputs", "kernel", "bias", "gradient")
    )
    outputs = np.full_like(gradient, np.nan)
    convolution = algorithm(geometry, len(inputs), dtype)
    is_done = relu and convolution.take_relu()
    convolution.forward(inputs, kernel, bias, outputs)
    if relu and not is_done:
        np.maximum(outputs, 0, out=outputs)
        gradient *= outputs > 0
    wanted = [np.full_like(each, np.nan) for each in (kernel, bias, inputs)]
    convolution.backward(gradient, kernel, *wanted)
    return dict(zip(("outputs", "kernel", "bias", "inputs"), (outputs, *wanted), strict=True))


def agrees(geometry: Geometry, images: int, seed: int, relu: bool = False) -> None:
    """Raises AssertionError unless the compiled kernel in use does what the equation says."""
    given = whole_numbers(geometry, images, seed)
    ours = everything(Compiled, geometry, given, np.float32, relu)
    theirs = everything(Naive, geometry, given, np.float64, relu)
    for name, values in theirs.items():
        np.testing.assert_array_equal(ours[name], values, err_msg=name)


def nearly_agrees(geometry: Geometry, images: int, seed: int, relu: bool = False) -> None:
    """Raises AssertionError unless all are within 1e-5 of the largest, on normal numbers.

    Where rounding may decide which of four answers wins, or whether it is above zero, there is no
    gradient to lead back.
    """
    random = np.random.default_rng(seed)
    given = {
        name: random.standard_normal(shape) for name, shape in _shapes(geometry, images).items()
    }
    if geometry.pool == 2:
        given["gradient"] *= _is_won_clearly(geometry, given)
    if relu:
        answers = everything(Naive, geometry, given, np.float64, relu=False)["outputs"]
        given["gradient"] *= np.abs(answers) > 2e-5 * np.abs(answers).max()
    ours = everything(Compiled, geometry, given, np.float32, relu)
    theirs = everything(Naive, geometry, given, np.float64, relu)
    for name, values in theirs.items():
        within = 1e-5 * np.abs(values).max()
        np.testing.assert_allclose(ours[name], values, rtol=0, atol=within, err_msg=name)


def _is_won_clearly(geometry: Geometry, given: Arrays) -> np.ndarray:
    """Tells of each output whether the two largest answers lie further apart than they may err."""
    images = len(given["inputs"])
    every = replace(geometry, pool=1)
    answers = np.zeros((images, *every.output_shape))
    kernel, bias = given["kernel"], given["bias"]
    Naive(every, images, np.float64).forward(given["inputs"], kernel, bias, answers)
    rows, columns, filters = geometry.output_shape
    blocks = answers[:, : 2 * rows, : 2 * columns]
    blocks = blocks.reshape(images, rows, 2, columns, 2, filters).transpose(0, 1, 3, 5, 2, 4)
    second, first = np.moveaxis(np.sort(blocks.reshape(*given["gradient"].shape, 4)), -1, 0)[2:]
    clearly: np.ndarray = first - second > 2e-5 * np.abs(answers).max()
    assert clearly.mean() > 0.99
    return clearly
