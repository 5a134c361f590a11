"""Fresh draws of an initialiser fit it, with p-values as a test must have them; others don't."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from app.analysis.kolmogorov import p_value
from app.analysis.start_fits import SIGNIFICANT, start_fans, start_fits
from app.engine.initializers import SCALED

SHAPE = (5, 5, 3, 16)
FANS = start_fans("conv2d", SHAPE, None)
KERAS, TORCH = "Keras 3.12", "PyTorch 2.9"


def torch_draw(name: str, generator: np.random.Generator) -> NDArray[np.float32]:
    """What PyTorch's rules draw, by their formulas."""
    fan_in, fan_out = FANS
    if name == "kaiming_uniform(a=√5)":
        bound = 1 / math.sqrt(fan_in)
        return generator.uniform(-bound, bound, SHAPE).astype(np.float32)
    fan = fan_out if name == "kaiming_normal(fan_out)" else fan_in
    return generator.normal(0, math.sqrt(2 / fan), SHAPE).astype(np.float32)


def p_of(name: str, weights: NDArray[np.float32], framework: str) -> float:
    return {fit.name: fit.p for fit in start_fits(weights, FANS, framework)}[name]


@pytest.mark.parametrize(
    "name", [*SCALED, "kaiming_uniform(a=√5)", "kaiming_normal", "kaiming_normal(fan_out)"]
)
def test_p_values_of_fresh_draws_are_uniform(name: str) -> None:
    generator = np.random.default_rng(len(name))
    found = []
    for _ in range(120):
        if name in SCALED:
            found.append(p_of(name, SCALED[name].draw(SHAPE, generator), KERAS))
        else:
            found.append(p_of(name, torch_draw(name, generator), TORCH))
    assert p_value(np.array(found), lambda x: x) > 0.001
    assert sum(p < 0.05 for p in found) <= 15, "six are to be expected"


@pytest.mark.parametrize("name", SCALED)
def test_draws_fit_their_own_rule_and_seldom_another(name: str) -> None:
    weights = SCALED[name].draw((7, 7, 3, 64), np.random.default_rng(1))
    fits = start_fits(weights, start_fans("conv2d", (7, 7, 3, 64), KERAS), KERAS)
    assert fits[0].name == name
    assert [fit.name for fit in fits if fit.p >= SIGNIFICANT] == [name]


def test_trained_weights_fit_none() -> None:
    across = np.linspace(-1, 1, 7)
    edges = np.einsum("i,j,k->ijk", across, np.exp(-4 * across**2), np.linspace(-1, 1, 48))
    weights = edges.reshape(7, 7, 3, 16).astype(np.float32)
    assert max(fit.p for fit in start_fits(weights, FANS, None)) < SIGNIFICANT


@pytest.mark.parametrize(
    ("weights", "name"),
    [
        (np.zeros(SHAPE), "zeros"),
        (np.ones(SHAPE), "ones"),
        (np.full(SHAPE, 0.3), "constant"),
        (
            np.linalg.qr(np.random.default_rng(0).normal(size=(75, 16)))[0].reshape(SHAPE),
            "orthogonal",
        ),
    ],
)
def test_what_no_chance_made_is_known_as_it_is(weights: NDArray[np.float64], name: str) -> None:
    assert [fit.name for fit in start_fits(weights.astype(np.float32), FANS, KERAS)] == [name]


@pytest.mark.parametrize(
    ("kind", "framework", "shape", "fans"),
    [
        ("conv2d", KERAS, (3, 3, 3, 64), (27, 576)),
        ("conv2d_transpose", KERAS, (3, 3, 8, 4), (36, 72)),
        ("conv2d_transpose", TORCH, (3, 3, 8, 4), (36, 72)),
        ("depthwise_conv2d", KERAS, (3, 3, 8, 2), (72, 18)),
        ("depthwise_conv2d", TORCH, (3, 3, 8, 2), (9, 144)),
        ("conv1d", TORCH, (5, 4, 6), (20, 30)),
        ("dense", KERAS, (12, 5), (12, 5)),
    ],
)
def test_fans_are_counted_as_each_framework_does(
    kind: str, framework: str, shape: tuple[int, ...], fans: tuple[int, int]
) -> None:
    assert start_fans(kind, shape, framework) == fans
