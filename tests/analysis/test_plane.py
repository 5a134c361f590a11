import numpy as np
import pytest

from app.analysis import plane_test, plane_verdict
from tests.analysis.synthetic import glorot_uniform


@pytest.mark.parametrize("size", [3, 4, 5, 7, 11])
def test_one_in_twenty_random_kernels_falls_below_five_per_cent(size: int) -> None:
    p = plane_test(glorot_uniform(size, 1, 20_000, np.random.default_rng(size)))
    assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.006)


def test_p_is_uniform_on_normal_kernels() -> None:
    generator = np.random.default_rng(0)
    p = np.sort(plane_test(generator.standard_normal((3, 3, 1, 20_000), dtype=np.float32)))
    assert np.abs(p - np.arange(20_000) / 20_000).max() < 2.23 / np.sqrt(20_000)


def test_a_hand_worked_kernel() -> None:
    # Sobel's: ⟨W, x⟩² / (‖x‖² ‖W‖²) = 8² / (6 · 12) = 8/9, so p = (1/9)³.
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float32)
    assert plane_test(sobel[:, :, None, None])[0] == pytest.approx((1 / 9) ** 3)


def test_a_plane_is_no_accident_and_a_constant_tells_nothing() -> None:
    plane = np.add.outer(np.arange(5.0), 2 * np.arange(5.0)).astype(np.float32)
    both = np.stack([plane, np.full((5, 5), 0.3, np.float32)], axis=2)[:, :, None]
    np.testing.assert_allclose(plane_test(both), [0, 1], atol=1e-9)


@pytest.mark.parametrize("shape", [(3, 3, 3, 8), (3, 4, 1, 8), (1, 1, 1, 8), (3, 3, 8)])
def test_kernels_the_test_does_not_hold_for_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="plane test"):
        plane_test(np.zeros(shape, np.float32))


def test_the_verdict_says_what_chance_would_say_too() -> None:
    p = np.array([0.001] * 12 + [0.5] * 20)
    expected = "12 of 32 explained by a gradient at p < .05; 1.6 expected by chance"
    assert plane_verdict(p) == expected
