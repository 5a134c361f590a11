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
    padding = draw(st.sampled_from(["valid", "same"]))
    least = size + strides if padding == "valid" else strides + 1
    height, width = (draw(st.integers(least, max(least, 32))) for _ in range(2))
    pool = draw(st.sampled_from([1, 2]))
    return Geometry(height, width, channels, filters, size, strides, padding, pool)


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
    theirs = everything(Naive, geometry, images, seed, np.float64)
    for name, values in everything(Compiled, geometry, images, seed, np.float32).items():
        np.testing.assert_array_equal(values, theirs[name], err_msg=name)
