"""The textbook's example, 5×5 with 3×3, held to numbers worked out on paper."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.single_place import all_places, single_place
from app.engine.convolution.geometry import Geometry
from app.engine.convolution.naive import Naive

IMAGE = np.array(
    [[1, 2, 3, 0, 1], [0, 1, 2, 3, 1], [1, 0, 1, 2, 0], [2, 1, 0, 1, 2], [0, 1, 2, 1, 0]], float
)[..., None]
KERNEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]], float)[..., None]
SUMS = [[-6, -4, 5], [0, -6, 1], [2, -2, -1]]  # by hand: left column minus right, middle twice


def test_valid_gives_3_by_3_sums_that_were_worked_out_by_hand() -> None:
    np.testing.assert_array_equal(all_places(IMAGE, KERNEL), SUMS)


@pytest.mark.parametrize("place", list(np.ndindex(3, 3)))
def test_the_products_of_a_place_add_up_to_its_sum(place: tuple[int, int]) -> None:
    worked = single_place(IMAGE, KERNEL, place)
    row, column = place
    assert worked.output_shape == (3, 3)
    assert (worked.top, worked.left) == place
    np.testing.assert_array_equal(worked.patch, IMAGE[row : row + 3, column : column + 3])
    np.testing.assert_array_equal(worked.products, worked.patch * KERNEL)
    assert worked.total == worked.output == SUMS[row][column]


def test_same_gives_5_by_5_and_begins_outside_the_image() -> None:
    corner = single_place(IMAGE, KERNEL, (0, 0), padding="same")
    assert corner.output_shape == (5, 5)
    assert (corner.top, corner.left) == (-1, -1)
    np.testing.assert_array_equal(corner.patch[..., 0], [[0, 0, 0], [0, 1, 2], [0, 0, 1]])
    assert corner.total == -2 * 2 - 1
    inside = all_places(IMAGE, KERNEL, padding="same")[1:-1, 1:-1]
    np.testing.assert_array_equal(inside, SUMS)


def test_flipping_turns_the_kernel_and_here_the_sign() -> None:
    plain, flipped = (single_place(IMAGE, KERNEL, (1, 1), flip=flip) for flip in (False, True))
    np.testing.assert_array_equal(flipped.kernel[..., 0], [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    assert (plain.total, flipped.total) == (-6, 6)


def test_bias_and_activation_come_after_the_sum() -> None:
    worked = single_place(IMAGE, KERNEL, (0, 2), bias=-6, activation="relu")
    assert (worked.total, worked.bias, worked.output) == (5, -6, 0)
    assert single_place(IMAGE, KERNEL, (0, 2), bias=1, activation="relu").output == 6
    half = single_place(IMAGE, KERNEL, (0, 2), bias=-5, activation="sigmoid")
    assert half.output == 0.5


def test_a_zero_is_written_without_a_sign() -> None:
    worked = single_place(np.zeros((2, 2, 1)), -np.ones((2, 2, 1)), (0, 0))
    assert not np.signbit(worked.products).any()


@pytest.mark.parametrize("place", [(3, 0), (0, 3), (-1, 0), (0, -1)])
def test_a_place_that_is_not_there_is_an_error(place: tuple[int, int]) -> None:
    with pytest.raises(IndexError, match="3×3"):
        single_place(IMAGE, KERNEL, place)


def test_a_kernel_larger_than_the_image_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        single_place(KERNEL, IMAGE, (0, 0))


@given(
    seed=st.integers(0, 100),
    size=st.integers(1, 5),
    strides=st.integers(1, 3),
    padding=st.sampled_from(["valid", "same"]),
)
def test_every_place_is_what_the_engine_computes(
    seed: int, size: int, strides: int, padding: str
) -> None:
    generator = np.random.default_rng(seed)
    image = generator.standard_normal((7, 6, 2))
    kernel = generator.standard_normal((size, size, 2))
    geometry = Geometry(7, 6, 2, 1, size, strides, padding)
    expected = np.zeros((1, *geometry.output_shape))
    naive = Naive(geometry, 1, np.float64)
    naive.forward(image[None], kernel[..., None], np.array([0.5]), expected)
    sums = all_places(image, kernel, strides=strides, padding=padding)
    np.testing.assert_allclose(sums + 0.5, expected[0, ..., 0])
    for place in np.ndindex(sums.shape):
        worked = single_place(image, kernel, place, bias=0.5, strides=strides, padding=padding)
        assert worked.output == pytest.approx(expected[0, *place, 0])
