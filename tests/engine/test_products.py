"""Products in pieces are the products themselves, whatever the sizes."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.convolution import products

sizes = st.integers(1, 40)


@pytest.fixture(scope="module", autouse=True)
def pieces_are_small() -> Iterator[None]:
    """So that matrices of a test's size are cut too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(products, "_UNPACKED", 2000)
        patch.setattr(products, "_SHORTEST_SUM", 2)
        products._piece.cache_clear()
        yield
    products._piece.cache_clear()


@settings(deadline=None)
@given(rows=sizes, depth=sizes, columns=sizes)
def test_pieces_add_up_to_the_whole(rows: int, depth: int, columns: int) -> None:
    random = np.random.default_rng([rows, depth, columns])
    left, right = random.standard_normal((rows, depth)), random.standard_normal((depth, columns))
    out = np.full((rows, columns), np.nan)
    products.multiply_rows(left, right, out)
    np.testing.assert_allclose(out, left @ right, atol=1e-12)
    out.fill(np.nan)
    products.multiply_columns(np.asfortranarray(left), right, out)
    np.testing.assert_allclose(out, left @ right, atol=1e-12)
    out.fill(np.nan)
    products.multiply_and_add_up(np.ascontiguousarray(left.T), right, out)
    np.testing.assert_allclose(out, left @ right, atol=1e-12)


@pytest.mark.parametrize(
    ("length", "most", "piece"), [(96, 32, 32), (96, 40, 32), (97, 40, 97), (8, 40, 8), (5, 0, 5)]
)
def test_a_piece_divides_the_length_and_is_not_too_small(
    length: int, most: int, piece: int
) -> None:
    assert products._piece(length, most) == piece
