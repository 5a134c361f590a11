import math

import numpy as np
import pytest

from app.datasets.leaves import draw_leaves, draw_radii, leaves_per_canvas
from app.datasets.palettes import AXES, draw_colours


def test_a_canvas_of_96_pixels_takes_235_leaves() -> None:
    assert leaves_per_canvas(96) == 235


def test_leaves_cover_a_canvas_two_and_a_half_times() -> None:
    radii = draw_radii((200_000,), np.random.default_rng(0))
    area = math.pi * np.mean(radii**2) * leaves_per_canvas(960)
    assert area / 960**2 == pytest.approx(2.5, rel=0.02)


def test_radii_follow_the_inverse_cube() -> None:
    radii = np.sort(draw_radii((50_000,), np.random.default_rng(1)))
    assert radii[0] >= 3
    assert radii[-1] <= 16
    expected = (3**-2 - radii**-2.0) / (3**-2 - 16**-2)
    observed = np.arange(radii.size) / radii.size
    # Kolmogorov's bound at a chance of one in 10,000.
    assert np.abs(observed - expected).max() < 2.23 / math.sqrt(radii.size)


def test_centres_lie_as_far_out_as_the_largest_leaf_reaches() -> None:
    leaves = draw_leaves(40, 96, "natural", None, np.random.default_rng(2))
    for centres in (leaves.row, leaves.column):
        assert -16 <= centres.min() < -15
        assert 111 < centres.max() < 112
        assert centres.mean() == pytest.approx(48, abs=2)


def test_bars_of_a_class_lie_at_its_angle_give_or_take_seven_degrees() -> None:
    leaves = draw_leaves(40, 96, "natural", 60.0, np.random.default_rng(3))
    assert leaves.angle is not None
    assert leaves.angle.mean() == pytest.approx(math.radians(60), abs=0.005)
    assert leaves.angle.std() == pytest.approx(0.12, rel=0.03)


def test_discs_have_no_angle() -> None:
    assert draw_leaves(1, 32, "warm", None, np.random.default_rng(0)).angle is None


def test_gray_leaves_are_gray() -> None:
    colours = draw_colours("gray", 500, np.random.default_rng(4))
    assert np.ptp(colours, axis=1).max() == 0
    assert colours.min() < 0.02
    assert colours.max() > 0.98


@pytest.mark.parametrize("palette", ["natural", "gray", "warm", "vivid"])
def test_colours_stay_within_what_a_screen_shows(palette: str) -> None:
    colours = draw_colours(palette, 2_000, np.random.default_rng(5))
    assert colours.shape == (2_000, 3)
    assert colours.min() >= 0
    assert colours.max() <= 1


def test_palette_axes_have_unit_length() -> None:
    np.testing.assert_allclose(np.linalg.norm(AXES, axis=1), 1)


@pytest.mark.parametrize(
    ("palette", "spreads"),
    [("natural", (0.45, 0.22, 0.14)), ("warm", (0.35, 0.25, 0.2)), ("vivid", (0.3, 0.35, 0.3))],
)
def test_unclipped_colours_spread_as_the_palette_says(
    palette: str, spreads: tuple[float, float, float]
) -> None:
    colours = draw_colours(palette, 60_000, np.random.default_rng(6))
    inside = ((colours > 0) & (colours < 1)).all(axis=1)
    red_against_blue = np.abs((colours[inside] - 0.5) @ np.linalg.inv(AXES))[:, 1]
    # The median of |Laplace(b)| is b·ln 2; clipping removes more of the large ones.
    laplace_median = spreads[1] / 1.4 * math.log(2)
    assert 0.75 * laplace_median < np.median(red_against_blue) < laplace_median


def test_a_palette_that_does_not_exist_is_named() -> None:
    with pytest.raises(KeyError, match="autumn"):
        draw_colours("autumn", 1, np.random.default_rng(0))
