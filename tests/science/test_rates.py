"""The rates that the page calls good are those that were measured to be."""

import json
from pathlib import Path

import pytest

from app.recipe import resolve
from app.vocabulary.optimizers import OPTIMIZERS
from science.rates import POINTS, SEEDS, SETTINGS, accuracy_of, good_rates
from tests.contracts.repository import text_of

MEASURED = json.loads(text_of("docs/science/rates.json"))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_rates_that_suit_an_optimiser_follow_from_the_figures(name: str) -> None:
    known = OPTIMIZERS[name]
    assert (known.lowest, known.highest, known.good) == good_rates(MEASURED[name])
    assert known.measured == SETTINGS[name]
    assert all(len(found) == len(SEEDS) for found in MEASURED[name].values())


def test_rates_do_well_within_three_points_of_the_best_and_without_a_gap() -> None:
    found = {"0.1": [0.8], "0.2": [0.5], "0.5": [0.79], "1": [0.81], "2": [0.8], "5": [0.4]}
    assert good_rates(found) == (0.5, 2.0, 1.0)
    assert POINTS == 0.03


@pytest.mark.slow
def test_a_good_rate_does_as_well_as_the_figures_say(cache_folder: Path) -> None:
    assert resolve({"preset": "dead-leaves"}).optimizer.type == "sgd"
    found = accuracy_of("adam", OPTIMIZERS["adam"].good, 0, cache_folder)
    published = MEASURED["adam"][str(OPTIMIZERS["adam"].good)][0]
    assert abs(found - published) < 0.03
