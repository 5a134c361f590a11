import numpy as np
import pytest

from app.analysis import columns_of, judge_filters, near_duplicates, orientation_rose
from tests.analysis.synthetic import gabor, glorot_uniform


def test_random_filters_have_no_duplicates() -> None:
    [kin] = near_duplicates(columns_of(glorot_uniform(7, 1, 64, np.random.default_rng(0))))
    assert kin == ([], 0, 0)


def test_a_scaled_and_a_negated_copy_are_near_duplicates() -> None:
    layer = glorot_uniform(5, 3, 5, np.random.default_rng(1))
    layer[..., 3] = 2 * layer[..., 0]
    layer[..., 4] = -layer[..., 1]
    [(pairs, count, filters)] = near_duplicates(columns_of(layer))
    found = {(a, b): cosine for a, b, cosine in pairs}
    assert found == {(0, 3): pytest.approx(1), (1, 4): pytest.approx(-1)}
    assert (count, filters) == (2, 4)


def test_of_very_many_the_closest_are_named_and_all_are_counted() -> None:
    layer = glorot_uniform(3, 3, 1500, np.random.default_rng(3))
    layer[..., 1200:1500] = layer[..., :300]
    layer[..., 7] *= 1.5
    [(pairs, count, filters)] = near_duplicates(columns_of(layer))
    assert (count, filters, len(pairs)) == (300, 600, 300)
    assert {second - first for first, second, _ in pairs} == {1200}
    [(pairs, count, filters)] = near_duplicates(columns_of(np.ones((3, 3, 1, 1500), np.float32)))
    assert (count, filters, len(pairs)) == (1500 * 1499 // 2, 1500, 1500)


def test_filters_of_zeros_are_nobodys_duplicate() -> None:
    [kin] = near_duplicates(columns_of(np.zeros((3, 3, 1, 4), np.float32)))
    assert kin == ([], 0, 0)


def test_the_rose_counts_oriented_filters_by_the_way_they_run() -> None:
    layer = np.concatenate([gabor(9, turn) for turn in (0, 2, 178, 45, 90, 90)], axis=3)
    rose = orientation_rose(judge_filters(layer))
    assert rose.tolist() == [3, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 0]


def test_noise_has_no_place_in_the_rose() -> None:
    noise = judge_filters(glorot_uniform(9, 3, 16, np.random.default_rng(2)))
    assert orientation_rose(noise).tolist() == [0] * 12
