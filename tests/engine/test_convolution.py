"""Every convolution algorithm against the one written as the equation, and against a hand's sum."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.arrays import DType
from app.engine.convolution import Convolution, Geometry, choose, side_by_side, winograd
from app.engine.convolution.blocked import Blocked
from app.engine.convolution.naive import Naive
from app.engine.convolution.patches import Patches
from app.engine.convolution.planes import Planes
from app.engine.convolution.side_by_side import SideBySide
from app.engine.convolution.winograd import Winograd
from app.kernels import using


class InBlocks(Blocked):
    """Patches, one image at a time, as where images are large."""

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        super().__init__(geometry, images, dtype, Patches, block=1)


class RowByRow(SideBySide):
    """One row of outputs at a time, as where images are large."""

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(side_by_side, "_SCRATCH_BYTES", 0)
            super().__init__(geometry, images, dtype)


class WinogradOneByOne(Winograd):
    """One image at a time, as where images are large."""

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(winograd, "_BLOCK_BYTES", 0)
            super().__init__(geometry, images, dtype)


ALGORITHMS: list[type[Convolution]] = [
    Patches,
    Planes,
    SideBySide,
    RowByRow,
    InBlocks,
    Winograd,
    WinogradOneByOne,
]
every_algorithm = pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda a: a.__name__)


@st.composite
def geometries(draw: st.DrawFn, algorithm: type[Convolution]) -> Geometry:
    """Any shape that it can do: the image is at least as large as what one output sees."""
    pool = 1 if issubclass(algorithm, Patches | Blocked) else draw(st.sampled_from([1, 2]))
    channels = 1 if algorithm is Planes else draw(st.sampled_from([1, 1, 2, 3, 4]))
    filters = draw(st.integers(1, 5))
    kernel_size, strides = draw(st.integers(1, 11)), draw(st.integers(1, 4))
    if issubclass(algorithm, Winograd):
        kernel_size, strides = 3, 1
    least = kernel_size + (pool - 1) * strides
    height, width = (draw(st.integers(least, least + 8)) for _ in range(2))
    if draw(st.booleans()):
        return Geometry(height, width, channels, filters, kernel_size, strides, "valid", pool)
    least = (pool - 1) * strides + 1
    height, width = (draw(st.integers(least, least + 12)) for _ in range(2))
    return Geometry(height, width, channels, filters, kernel_size, strides, "same", pool)


def everything(
    algorithm: type[Convolution],
    geometry: Geometry,
    images: int,
    seed: int,
    dtype: DType = np.float64,
) -> dict[str, np.ndarray]:
    """Outputs and gradients of one forward and backward on random values."""
    random = np.random.default_rng(seed)
    convolution = algorithm(geometry, images, dtype)
    inputs = random.standard_normal((images, *geometry.input_shape)).astype(dtype)
    kernel = random.standard_normal(geometry.kernel_shape).astype(dtype)
    bias = random.standard_normal(geometry.filters).astype(dtype)
    outputs = np.full((images, *geometry.output_shape), np.nan, dtype)
    convolution.forward(inputs, kernel, bias, outputs)
    results = {
        "kernel": np.full_like(kernel, np.nan),
        "bias": np.full_like(bias, np.nan),
        "inputs": np.full_like(inputs, np.nan),
    }
    gradient = random.standard_normal(outputs.shape).astype(dtype)
    convolution.backward(gradient, kernel, *results.values())
    return {"outputs": outputs, **results}


@every_algorithm
@settings(deadline=None, max_examples=60)
@given(data=st.data(), images=st.integers(1, 4), seed=st.integers(0, 2**32 - 1))
def test_agrees_with_the_equation(
    algorithm: type[Convolution], data: st.DataObject, images: int, seed: int
) -> None:
    geometry = data.draw(geometries(algorithm))
    ours = everything(algorithm, geometry, images, seed)
    for name, theirs in everything(Naive, geometry, images, seed).items():
        np.testing.assert_allclose(ours[name], theirs, rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize(
    "algorithm", [Naive, Patches, Planes, InBlocks, SideBySide], ids=lambda a: a.__name__
)
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_a_vertical_edge_by_hand(algorithm: type[Convolution], padding: str) -> None:
    image = np.zeros((1, 5, 5, 1))
    image[0, :, 3:] = 1
    kernel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], float).reshape(3, 3, 1, 1)
    geometry = Geometry(5, 5, 1, 1, 3, 1, "same" if padding == "same" else "valid")
    outputs = np.zeros((1, *geometry.output_shape))
    algorithm(geometry, 1, np.float64).forward(image, kernel, np.array([0.5]), outputs)
    # Inside, the edge gives 1 + 2 + 1 = 4; on the rim of `same` one row of the kernel is outside.
    by_hand = {
        "valid": [[0.5, 4.5, 4.5]] * 3,
        "same": [
            [0.5, 0.5, 3.5, 3.5, -2.5],
            [0.5, 0.5, 4.5, 4.5, -3.5],
            [0.5, 0.5, 4.5, 4.5, -3.5],
            [0.5, 0.5, 4.5, 4.5, -3.5],
            [0.5, 0.5, 3.5, 3.5, -2.5],
        ],
    }
    np.testing.assert_array_equal(outputs[0, :, :, 0], by_hand[padding])


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_winograd_in_float32_is_far_closer_than_the_golden_limit(padding: str) -> None:
    geometry = Geometry(26, 26, 64, 16, 3, 1, "same" if padding == "same" else "valid")
    exact, rounded = (
        everything(algorithm, geometry, 3, 0, dtype)
        for algorithm, dtype in ((Patches, np.float64), (Winograd, np.float32))
    )
    for name, values in exact.items():
        error = np.abs(rounded[name] - values).max() / np.abs(values).max()
        assert error < 1e-5, name


def test_winograd_does_what_it_is_made_for_only() -> None:
    with pytest.raises(ValueError, match="kernel_size is 5 and strides 1"):
        Winograd(Geometry(9, 9, 2, 2, 5, 1, "valid"), 1, np.float32)


@pytest.mark.parametrize("algorithm", [Patches, Planes, InBlocks])
def test_what_does_not_pool_says_so(algorithm: type[Convolution]) -> None:
    with pytest.raises(ValueError, match="pool is 2"):
        algorithm(Geometry(9, 9, 1, 2, 3, 1, "valid", 2), 1, np.float32)


def test_many_channels_and_tiles_are_left_to_winograd() -> None:
    with using(None):
        assert choose(Geometry(26, 26, 32, 64, 3, 1, "valid", 2), 64) is Winograd
    assert choose(Geometry(26, 26, 3, 64, 3, 1, "valid"), 64) is not Winograd
    assert choose(Geometry(6, 6, 32, 64, 3, 1, "valid"), 32) is not Winograd


def test_the_chooser_has_an_answer_for_every_shape() -> None:
    for kernel_size in range(1, 12):
        geometry = Geometry(16, 16, 3, 8, kernel_size, 2, "same")
        assert issubclass(choose(geometry, 32), Convolution)
