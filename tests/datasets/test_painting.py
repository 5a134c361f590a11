import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.datasets.leaves import Leaves, draw_leaves
from app.datasets.painting import paint

RED, GREEN, BLUE = np.eye(3)


def _one_canvas(*leaves: tuple[float, float, float, np.ndarray], angle: float | None) -> Leaves:
    column, row, radius, colour = (np.array([part]) for part in zip(*leaves, strict=True))
    turned = None if angle is None else np.full(radius.shape, angle)
    return Leaves(column=column, row=row, radius=radius, colour=colour, angle=turned)


def _paint_leaf_by_leaf(leaves: Leaves, size: int) -> np.ndarray:
    """The definition, one whole canvas for every leaf."""
    canvases, count = leaves.radius.shape
    images = np.repeat(leaves.colour[:, 0], size * size, axis=0).reshape(-1, size, size, 3)
    grid_row, grid_column = np.mgrid[:size, :size]
    for canvas in range(canvases):
        for leaf in range(count):
            at = canvas, leaf
            x, y = grid_column - leaves.column[at], leaves.row[at] - grid_row
            radius = leaves.radius[at]
            if leaves.angle is None:
                distance = np.hypot(x, y) - radius
            else:
                cos, sin = math.cos(leaves.angle[at]), math.sin(leaves.angle[at])
                u, v = x * cos + y * sin, y * cos - x * sin
                distance = np.maximum(np.abs(u) - 3 * radius, np.abs(v) - radius / 2)
            alpha = np.clip(0.5 - distance, 0, 1)[..., None]
            images[canvas] += alpha * (leaves.colour[at] - images[canvas])
    return images


@settings(deadline=None, max_examples=25)
@given(
    seed=st.integers(0, 2**32 - 1),
    size=st.integers(6, 40),
    degrees=st.none() | st.floats(0, 180) | st.sampled_from([0.0, 45.0, 90.0]),
)
def test_any_leaves_look_as_if_painted_one_by_one(
    seed: int, size: int, degrees: float | None
) -> None:
    leaves = draw_leaves(2, size, "vivid", degrees, np.random.default_rng(seed))
    np.testing.assert_allclose(paint(leaves, size), _paint_leaf_by_leaf(leaves, size), atol=1e-9)


@pytest.mark.parametrize("angle", [0.0, math.pi / 2, math.pi])
def test_bars_along_the_axes_are_painted_too(angle: float) -> None:
    leaves = _one_canvas((5.0, 5.0, 3.0, RED), (9.0, 8.5, 4.0, BLUE), angle=angle)
    np.testing.assert_allclose(paint(leaves, 20), _paint_leaf_by_leaf(leaves, 20), atol=1e-9)


def test_a_disc_is_solid_within_soft_at_its_outline_and_nothing_beyond() -> None:
    leaves = _one_canvas((-99.0, 0.0, 3.0, GREEN), (10.0, 10.0, 3.0, RED), angle=None)
    middle_row = paint(leaves, 21)[0, 10]
    np.testing.assert_allclose(middle_row[12], RED)
    np.testing.assert_allclose(middle_row[13], (RED + GREEN) / 2)
    np.testing.assert_allclose(middle_row[14], GREEN)


def test_the_background_is_the_first_leafs_colour() -> None:
    leaves = _one_canvas((-99.0, 0.0, 3.0, GREEN), angle=None)
    np.testing.assert_array_equal(paint(leaves, 4), np.broadcast_to(GREEN, (1, 4, 4, 3)))


def test_a_later_leaf_covers_an_earlier_one() -> None:
    leaves = _one_canvas(
        (0.0, 0.0, 3.0, GREEN), (8.0, 8.0, 4.0, RED), (8.0, 8.0, 4.0, BLUE), angle=None
    )
    np.testing.assert_array_equal(paint(leaves, 16)[0, 8, 8], BLUE)


def test_a_bar_at_30_degrees_rises_to_the_right() -> None:
    leaves = _one_canvas((-99.0, 0.0, 3.0, GREEN), (16.0, 16.0, 4.0, RED), angle=math.radians(30))
    image = paint(leaves, 33)[0]
    np.testing.assert_array_equal(image[12, 23], RED)
    np.testing.assert_array_equal(image[20, 23], GREEN)
