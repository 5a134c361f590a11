"""The page's hand-made filters are the server's, number for number."""

import numpy as np
import pytest

from app.engine.banks import BANKS, bank
from tests.page.node import asked

SHAPES = [(3, 1, 8), (4, 3, 5), (7, 1, 16), (9, 3, 16), (11, 3, 7)]


@pytest.fixture(scope="module")
def pages() -> dict[str, list[list[float]]]:
    """Every bank of every shape as the page makes it, filter after filter."""
    made: dict[str, list[list[float]]] = asked(
        "kernels/hand_made.js",
        """Object.fromEntries(a.names.map((name) => [name, a.shapes.map(
            ([size, channels, filters]) =>
            Array.from({ length: filters }, (_, index) =>
                [...m.bankFilter(name, size, channels, index, filters)]).flat())]))""",
        {"names": list(BANKS), "shapes": SHAPES},
    )
    return made


@pytest.mark.parametrize("name", BANKS)
def test_a_bank_of_the_page_is_that_of_the_engine(
    name: str, pages: dict[str, list[list[float]]]
) -> None:
    for (size, channels, filters), found in zip(SHAPES, pages[name], strict=True):
        deviation = np.sqrt(2 / (size * size * (channels + filters)))  # of glorot_uniform
        wanted = bank(name, (size, size, channels, filters), float(deviation))
        got = np.array(found).reshape(filters, size, size, channels)
        np.testing.assert_allclose(got, np.moveaxis(wanted, -1, 0), rtol=0, atol=2e-7)
