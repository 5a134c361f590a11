"""How often chance alone gets a name: the short version of a longer study."""

import numpy as np
import pytest

from app.analysis import judge_filters
from app.analysis.blur import draw_blurred
from tests.analysis.synthetic import gabor, glorot_uniform

SHAPES = [(3, 1), (4, 1), (5, 1), (7, 1), (9, 1), (11, 1), (3, 3), (5, 3), (7, 3), (9, 3), (11, 3)]


def _fresh(kind: str, size: int, channels: int, generator: np.random.Generator) -> np.ndarray:
    if kind == "uniform":
        return glorot_uniform(size, channels, 1000, generator)
    return generator.standard_normal((size, size, channels, 1000), dtype=np.float32)


@pytest.mark.parametrize("kind", ["uniform", "normal"])
@pytest.mark.parametrize(("size", "channels"), SHAPES)
def test_fresh_random_kernels_are_hardly_ever_called_edge_or_line(
    size: int, channels: int, kind: str
) -> None:
    judged = judge_filters(_fresh(kind, size, channels, np.random.default_rng(size)))
    assert judged.oriented <= 0.02
    named = 1 - judged.counts["noise"] / 1000
    assert 0.01 < named < 0.08


@pytest.mark.parametrize(("size", "channels"), [(7, 1), (9, 1), (9, 3), (11, 3)])
def test_untrained_layers_score_next_to_nothing(size: int, channels: int) -> None:
    judged = judge_filters(glorot_uniform(size, channels, 1000, np.random.default_rng(5)))
    assert judged.layer_score <= 0.003


@pytest.mark.parametrize(("size", "channels"), [(5, 1), (7, 1), (9, 1), (7, 3), (9, 3)])
def test_smooth_noise_fits_templates_but_seldom_keeps_a_direction(size: int, channels: int) -> None:
    shape = (size, size, channels, 1000)
    judged = judge_filters(draw_blurred(shape, 0.16 * size, np.random.default_rng(9)))
    assert judged.counts["noise"] < 500
    assert judged.oriented <= 0.08


@pytest.mark.parametrize("size", [5, 7, 9, 11])
def test_edges_under_noise_of_a_sixth_of_their_strength_are_found(size: int) -> None:
    generator = np.random.default_rng(size)
    edges = np.concatenate([gabor(size, turn) for turn in range(0, 180, 3)], axis=3)
    noise = generator.standard_normal(edges.shape)
    noise *= np.linalg.norm(edges, axis=(0, 1)) / np.linalg.norm(noise, axis=(0, 1)) / 6
    assert judge_filters((edges + noise).astype(np.float32)).oriented >= 0.98
