import numpy as np
import pytest

from app.analysis.templates import bank_of


@pytest.mark.parametrize("size", range(3, 13))
def test_templates_have_unit_norm_and_all_but_the_constant_no_mean(size: int) -> None:
    matrix = bank_of(size).matrix.astype(float)
    np.testing.assert_allclose(np.linalg.norm(matrix, axis=0), 1, atol=1e-6)
    np.testing.assert_allclose(matrix[:, :-1].mean(axis=0), 0, atol=1e-7)
    np.testing.assert_allclose(matrix[:, -1], 1 / size, atol=1e-7)


@pytest.mark.parametrize(
    ("size", "families"),
    [
        (3, (16, 8, 2, 1)),
        (4, (432, 432, 72, 1)),  # the shortest wave would take 2.2 pixels
        (5, (648, 648, 72, 1)),
        (11, (648, 648, 72, 1)),
    ],
)
def test_each_family_has_its_size(size: int, families: tuple[int, ...]) -> None:
    assert tuple(np.diff(bank_of(size).bounds)) == families


def test_frequencies_are_those_of_the_waves() -> None:
    bank = bank_of(9)
    edge, line, blob, flat = np.split(bank.cycles_per_pixel, bank.bounds[1:4])
    for family in (edge, line):
        np.testing.assert_allclose(np.unique(family), np.sort(1 / (9 * np.array([1.6, 0.9, 0.55]))))
    assert not blob.any()
    assert not flat.any()


def test_a_size_without_templates_is_refused() -> None:
    with pytest.raises(ValueError, match="2×2 can't be matched"):
        bank_of(2)
