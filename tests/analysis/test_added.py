"""What training added: W − min(a, 1)·W₀, against plain arithmetic, and noise that adds no edges."""

import numpy as np
import pytest

from app.analysis import added_since, chance_of, judge_filters, likelihood
from app.engine.initializers import SCALED
from science.added import added_noise

SHAPE = (5, 5, 3, 8)


def _drawn(seed: int, shape: tuple[int, ...] = SHAPE) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def test_each_filter_loses_what_lies_along_its_start_but_never_more_than_all_of_it() -> None:
    first, now = _drawn(0), _drawn(1)
    now[..., 3] += 2 * first[..., 3]  # learning went along with the start
    added = added_since(first, now)
    for index in range(SHAPE[3]):
        w, w0 = (one[..., index].astype(np.float64) for one in (now, first))
        left = (w * w0).sum() / (w0 * w0).sum()
        assert added.left[index] == pytest.approx(left)
        assert added.kernels[..., index] == pytest.approx(w - min(left, 1) * w0)
    assert added.left[3] > 1
    assert added.kernels[..., 3] == pytest.approx(now[..., 3] - first[..., 3], abs=1e-6)


def test_several_frames_are_as_each_by_itself() -> None:
    first, frames = _drawn(0), np.stack([_drawn(1), _drawn(2)])
    together = added_since(first, frames)
    for place, frame in enumerate(frames):
        alone = added_since(first, frame)
        assert np.array_equal(together.kernels[place], alone.kernels)
        assert np.array_equal(together.left[place], alone.left)


def test_to_filters_that_began_with_zeros_everything_was_added() -> None:
    now = _drawn(1)
    added = added_since(np.zeros(SHAPE, np.float32), now)
    assert np.array_equal(added.kernels, now)
    assert not added.left.any()


def test_where_nothing_moved_nothing_was_added_and_no_filter_is_oriented() -> None:
    first = _drawn(0)
    added = added_since(first, first)
    assert np.abs(added.kernels).max() < 1e-6
    assert added.left == pytest.approx(1)


def test_kernels_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(5, 5, 3, 8\) and \(5, 5, 3, 7\)"):
        added_since(_drawn(0), _drawn(1)[..., :7])


def test_an_edge_under_a_start_of_its_own_length_is_found_once_the_start_is_taken() -> None:
    start = SCALED["glorot_uniform"].draw((7, 7, 1, 64), np.random.default_rng(5))
    slope = np.broadcast_to(np.linspace(-1, 1, 7)[:, None, None, None], start.shape)
    learnt = slope * np.linalg.norm(start) / np.linalg.norm(slope)
    now = (0.9 * start + learnt).astype(np.float32)
    assert judge_filters(added_since(start, now).kernels.astype(np.float32)).oriented > 0.95
    assert judge_filters(now).oriented < 0.5


@pytest.mark.parametrize(("size", "channels"), [(3, 1), (5, 1), (9, 1), (3, 3), (7, 3)])
def test_noise_that_is_added_is_oriented_no_oftener_than_chance_may(
    size: int, channels: int
) -> None:
    found = added_noise(size, channels, kernels=1_000)
    assert found["white"] <= 0.02
    assert found["smooth"] <= chance_of(size) + 0.01
    assert found == added_noise(size, channels, kernels=1_000)


def test_the_likelihood_of_a_count_is_the_binomial_tail() -> None:
    drawn = np.random.default_rng(0).binomial(32, 0.02, 200_000)
    for count in (0, 1, 2, 3):
        assert likelihood(count, 32, 0.02) == pytest.approx((drawn >= count).mean(), abs=0.004)
    assert 0 <= likelihood(32, 32, 0.02) < 1e-12
