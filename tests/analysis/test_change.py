import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis import change_from
from tests.analysis.synthetic import glorot_uniform

FIRST = glorot_uniform(5, 3, 4, np.random.default_rng(0))


def test_nothing_moved_is_no_change_and_full_correlation() -> None:
    relative, correlation = change_from(FIRST, FIRST)
    np.testing.assert_array_equal(relative, 0)
    np.testing.assert_allclose(correlation, 1)


@given(st.floats(0.5, 5))
def test_growth_alone_changes_the_norm_and_keeps_the_pattern(factor: float) -> None:
    relative, correlation = change_from(FIRST, (FIRST * factor).astype(np.float32))
    np.testing.assert_allclose(relative, abs(factor - 1), atol=1e-6)
    np.testing.assert_allclose(correlation, 1)


def test_a_flipped_filter_is_its_own_opposite() -> None:
    relative, correlation = change_from(FIRST, -FIRST)
    np.testing.assert_allclose(relative, 2)
    np.testing.assert_allclose(correlation, -1)


def test_filters_are_compared_one_by_one() -> None:
    now = FIRST.copy()
    now[..., 2] = glorot_uniform(5, 3, 1, np.random.default_rng(1))[..., 0]
    relative, correlation = change_from(FIRST, now)
    assert relative.nonzero()[0].tolist() == [2]
    assert correlation[2] == pytest.approx(np.corrcoef(FIRST[..., 2].flat, now[..., 2].flat)[0, 1])


def test_zero_and_constant_filters_have_finite_figures() -> None:
    zeros, ones = np.zeros((3, 3, 1, 1), np.float32), np.ones((3, 3, 1, 1), np.float32)
    assert change_from(zeros, zeros) == (0, 0)
    assert change_from(zeros, ones) == (1, 0)
    assert change_from(ones, zeros) == (1, 0)


def test_layers_of_different_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(5, 5, 3, 4\) and \(5, 5, 3, 3\)"):
        change_from(FIRST, FIRST[..., :3])
