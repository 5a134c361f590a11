"""Winograd's way among the compiled kernels: how near it comes, and which layers go it."""

import pytest
from hypothesis import settings

from app.engine.convolution import Geometry
from tests.kernels.against_the_equation import agrees, nearly_agrees, of_any, wide
from tests.kernels.kinds import every_kind

pytestmark = pytest.mark.usefixtures("kernels")


@every_kind
@settings(deadline=None, max_examples=30)
@of_any(wide())
def test_answers_are_within_a_hundred_thousandth_and_the_right_ones_win(
    name: str, geometry: Geometry, images: int, seed: int, relu: bool
) -> None:
    nearly_agrees(geometry, images, seed, relu)


def _goes_by_winograd(side: int, channels: int, filters: int, images: int) -> bool:
    """Tells it by the last bit: the direct way's sums of whole numbers are exact."""
    try:
        agrees(Geometry(side + 2, side + 2, channels, filters, 3, 1, "valid"), images, 0)
    except AssertionError:
        return True
    return False


@every_kind
def test_layers_that_it_makes_slower_go_the_direct_way(name: str) -> None:
    assert _goes_by_winograd(12, 16, 32, 2)
    assert not _goes_by_winograd(4, 16, 32, 32)  # one tile
    assert not _goes_by_winograd(8, 16, 32, 32)  # four
    assert not _goes_by_winograd(12, 15, 40, 2)  # few channels
    assert not _goes_by_winograd(12, 80, 7, 2)  # few filters
    assert not _goes_by_winograd(13, 16, 32, 4)  # 16 tiles, a third of which weren't asked for
    # Nobody else has use for the kernels' transforms.
    assert not _goes_by_winograd(12, 16, 32, 1)
    assert _goes_by_winograd(16, 16, 32, 1)
