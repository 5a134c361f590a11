"""Initialisers: the figures of the papers, and draws that keep to them."""

import numpy as np
import pytest

from app.engine.initializers import INITIALIZERS, SCALED, Constant, fans

SHAPE = (5, 5, 16, 64)


@pytest.mark.parametrize("name", SCALED)
def test_draws_have_the_deviation_and_stay_within_the_bound(name: str) -> None:
    initializer = SCALED[name]
    kernel = initializer.draw(SHAPE, np.random.default_rng(0))
    assert kernel.dtype == np.float32
    assert np.abs(kernel).max() <= initializer.bound(SHAPE) * (1 + 1e-6)
    assert kernel.std() == pytest.approx(initializer.standard_deviation(SHAPE), rel=0.02)
    assert abs(kernel.mean()) < initializer.standard_deviation(SHAPE) / 40


def test_known_bounds() -> None:
    assert fans((3, 3, 32, 64)) == (288, 576)
    assert fans((128, 10)) == (128, 10)
    assert SCALED["glorot_uniform"].bound((3, 3, 1, 32)) == pytest.approx(0.1421338)
    assert SCALED["he_uniform"].bound((3, 3, 1, 32)) == pytest.approx((6 / 9) ** 0.5)
    assert SCALED["lecun_normal"].standard_deviation((3, 3, 1, 32)) == pytest.approx(1 / 3)


def test_constants_draw_nothing_from_the_generator() -> None:
    generator = np.random.default_rng(0)
    before = generator.bit_generator.state
    np.testing.assert_array_equal(INITIALIZERS["zeros"].draw((3,), generator), [0, 0, 0])
    np.testing.assert_array_equal(Constant(0.5).draw((2,), generator), [0.5, 0.5])
    assert generator.bit_generator.state == before


@pytest.mark.parametrize("shape", [(3,), (3, 0), ()])
def test_a_shape_without_fans_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="kernel shape is"):
        fans(shape)
