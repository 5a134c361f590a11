"""Convolutions whose sums are exact in float32 too, so that a kernel must agree to the last bit."""

import numpy as np
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
    height, width = (draw(st.integers(4, 32)) for _ in range(2))
    padding, pool = draw(st.sampled_from(["valid", "same"])), draw(st.sampled_from([1, 2]))
    return Geometry(height, width, channels, filters, 3, 1, padding, pool)


def everything(
    algorithm: type[Convolution], geometry: Geometry, images: int, seed: int, dtype: DType
) -> dict[str, np.ndarray]:
    """Outputs and gradients on small whole numbers, some gradients zero as behind a ReLU."""
    random = np.random.default_rng(seed)

    def whole(*shape: int) -> np.ndarray:
        return random.integers(-3, 4, shape).astype(dtype)

    inputs, kernel = whole(images, *geometry.input_shape), whole(*geometry.kernel_shape)
    bias, gradient = whole(geometry.filters), whole(images, *geometry.output_shape)
    outputs = np.full_like(gradient, np.nan)
    convolution = algorithm(geometry, images, dtype)
    convolution.forward(inputs, kernel, bias, outputs)
    wanted = [np.full_like(each, np.nan) for each in (kernel, bias, inputs)]
    convolution.backward(gradient, kernel, *wanted)
    return dict(zip(("outputs", "kernel", "bias", "inputs"), (outputs, *wanted), strict=True))


def agrees(geometry: Geometry, images: int, seed: int) -> None:
    """Raises AssertionError unless the compiled kernel in use does what the equation says."""
    ours = everything(Compiled, geometry, images, seed, np.float32)
    theirs = everything(Naive, geometry, images, seed, np.float64)
    for name, values in theirs.items():
        np.testing.assert_array_equal(ours[name], values, err_msg=name)


def nearly_agrees(geometry: Geometry, images: int, seed: int) -> None:
    """Raises AssertionError unless answers are within 1e-5 of the largest.

    Where rounding decides which of four equal answers is the first, gradients go another way; so
    they are looked at only where nothing pools.
    """
    ours = everything(Compiled, geometry, images, seed, np.float32)
    theirs = everything(Naive, geometry, images, seed, np.float64)
    for name, values in theirs.items():
        if name in ("outputs", "bias") or geometry.pool == 1:
            within = 1e-5 * np.abs(values).max()
            np.testing.assert_allclose(ours[name], values, rtol=0, atol=within, err_msg=name)
