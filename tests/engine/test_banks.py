"""Filters made by hand: their numbers, their length, and that the metric knows what they are."""

import numpy as np
import pytest

from app.analysis import judge_filters
from app.engine.banks import BANKS, bank
from app.engine.initializers import SCALED


def normalised(plane: np.ndarray) -> np.ndarray:
    return plane / np.abs(plane).max()


def test_the_smallest_sobel_and_prewitt_are_those_of_the_textbooks() -> None:
    down = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    kernel = bank("sobel", (3, 3, 1, 4), 1.0)[:, :, 0]
    assert np.allclose(normalised(kernel[..., 0]) * 2, np.transpose(down))
    assert np.allclose(normalised(kernel[..., 1]) * 2, down)
    across = [[-1, 0, 1]] * 3
    assert np.allclose(normalised(bank("prewitt", (3, 3, 1, 4), 1.0)[:, :, 0, 0]), across)


@pytest.mark.parametrize("name", BANKS)
@pytest.mark.parametrize("shape", [(3, 3, 1, 32), (7, 7, 1, 16), (9, 9, 3, 16), (4, 4, 5, 7)])
def test_every_filter_has_mean_zero_and_twice_the_length_of_random_ones(
    name: str, shape: tuple[int, ...]
) -> None:
    deviation = SCALED["glorot_uniform"].standard_deviation(shape)
    kernel = bank(name, shape, deviation)
    flat = kernel.reshape(-1, shape[-1]).astype(float)
    assert np.abs(kernel.sum(axis=(0, 1))).max() < 1e-5
    random = np.random.default_rng(0)
    draws = SCALED["glorot_uniform"].draw((*shape[:3], 2000), random).reshape(-1, 2000)
    usual = np.sqrt((draws.astype(float) ** 2).sum(axis=0).mean())
    wider = SCALED["glorot_uniform"].standard_deviation((*shape[:3], 2000))
    assert np.linalg.norm(flat, axis=0) == pytest.approx(2 * usual * deviation / wider, rel=0.03)
    assert bank(name, shape, deviation).tobytes() == kernel.tobytes()


@pytest.mark.parametrize("shape", [(7, 7, 1, 16), (9, 9, 3, 16), (11, 11, 3, 32)])
def test_the_metric_sees_in_gabors_edges_and_lines_of_all_their_angles(
    shape: tuple[int, ...],
) -> None:
    verdict = judge_filters(bank("gabor", shape, 0.1))
    assert set(verdict.label) == {"edge", "line"}


@pytest.mark.parametrize("name", BANKS)
def test_filters_of_a_small_bank_differ(name: str) -> None:
    planes = bank(name, (7, 7, 1, 8), 1.0).reshape(-1, 8).T
    lengths = np.linalg.norm(planes, axis=1)
    likeness = planes @ planes.T / np.outer(lengths, lengths)
    assert np.abs(likeness - np.eye(8)).max() < 0.999 or name in ("sobel", "prewitt", "laplacian")
    assert (likeness - 2 * np.eye(8)).max() < 0.999
