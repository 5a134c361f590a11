"""Filters made by hand beside learned ones: the published claim, and how often chance makes it."""

import numpy as np
import pytest

from app.recipe import PRESETS, Recipe
from app.recipe.comparison import FREE, FROZEN, LEARNED, RANDOM, WAYS, compared
from app.vocabulary.kernel_starts import KernelBank
from science.experiments import BESIDE_GABORS, EXPERIMENTS
from science.files import read_figures
from science.own_filters import is_beyond_the_seeds
from tests.contracts.repository import ROOT

RUNS = read_figures(ROOT / "docs")["runs"]
GABORS = KernelBank(name="gabor")


@pytest.mark.parametrize(("seeds", "low", "high"), [(3, 0.045, 0.055), (5, 0.0010, 0.0035)])
def test_chance_goes_beyond_the_spread_of_seeds_as_seldom_as_the_page_says(
    seeds: int, low: float, high: float
) -> None:
    draws = np.random.default_rng(0).standard_normal((40_000, 2, seeds))
    means, widths = draws.mean(axis=2), np.ptp(draws, axis=2).max(axis=1)
    beyond = np.abs(means[:, 0] - means[:, 1]) > widths
    assert beyond[:200].tolist() == [is_beyond_the_seeds(*pair) for pair in draws[:200]]
    assert low <= beyond.mean() <= high


@pytest.mark.parametrize("preset", BESIDE_GABORS)
def test_gabors_do_as_well_as_learned_filters_and_random_ones_do_not(preset: str) -> None:
    learned, gabors, random = (
        RUNS[preset + words]["accuracy"] for words in ("", ", Gabors frozen", ", random frozen")
    )
    assert np.mean(gabors) > np.mean(learned) or not is_beyond_the_seeds(gabors, learned)
    assert np.mean(random) < np.mean(learned)
    assert is_beyond_the_seeds(random, learned)


def test_recipes_that_are_compared_differ_in_the_first_layer_alone() -> None:
    recipe = Recipe.model_validate(EXPERIMENTS["dead-leaves, Gabors free"].request)
    first = {way: compared(recipe, GABORS, way).layers[0] for way in WAYS}
    assert [(way, layer.trainable) for way, layer in first.items()] == [
        (LEARNED, True),
        (FROZEN, False),
        (FREE, True),
        (RANDOM, False),
    ]
    assert {way for way, layer in first.items() if layer.kernel_initializer == GABORS} == {
        FROZEN,
        FREE,
    }
    plain = {**PRESETS["dead-leaves"].recipe, "name": recipe.name}
    assert compared(recipe, GABORS, LEARNED) == Recipe.model_validate(plain)
    for way in WAYS:
        other = compared(recipe, GABORS, way)
        assert other.model_dump(exclude={"layers", "name"}) == recipe.model_dump(
            exclude={"layers", "name"}
        )
        assert other.layers[1:] == recipe.layers[1:]


def test_a_long_name_is_cut_so_that_what_was_done_to_it_can_be_read() -> None:
    recipe = Recipe.model_validate({**PRESETS["dead-leaves"].recipe, "name": "leaf " * 16})
    name = compared(recipe, GABORS, FROZEN).name
    assert len(name) <= 80
    assert name.endswith(" · own filters, frozen")
