"""The one time axis: its bins, and long curves thinned by them."""

import random
from typing import Any

import pytest

from app.stretched import along, bin_of, members_of_bins, round_steps, thinned

LONG = 100_000


def told(steps: list[int]) -> dict[str, list[Any]]:
    rng = random.Random(0)
    losses = [2.3 / (1 + along(step)) + rng.gauss(0, 0.1) for step in steps]
    return {"step": steps, "loss": losses, "accuracy": [rng.random() for _ in steps]}


def means(columns: dict[str, Any], name: str) -> list[float]:
    """The mean of each bin, every row counted as often as it says."""
    counts = columns.get("count") or [1] * len(columns["step"])
    found = []
    for members in members_of_bins(columns["step"]):
        total = sum(columns[name][at] * counts[at] for at in members)
        found.append(total / sum(counts[at] for at in members))
    return found


def test_each_bin_has_the_steps_that_say_so_and_early_ones_have_one_each() -> None:
    steps = list(range(1, 5000))
    bins = list(members_of_bins(steps))
    assert [at for members in bins for at in members] == list(range(len(steps)))
    for members in bins:
        assert len({bin_of(steps[at]) for at in members}) == 1
    assert len({bin_of(steps[members[0]]) for members in bins}) == len(bins)
    assert [len(members) for members in bins[:24]] == [1] * 24


def test_a_long_curve_travels_as_a_thousand_rows_that_stand_for_all() -> None:
    thin: Any = thinned(told(list(range(1, LONG + 1))))
    assert len(thin["step"]) < 1000
    assert sum(thin["count"]) == LONG
    assert thin["step"] == sorted(thin["step"])
    assert {len(column) for column in thin.values()} == {len(thin["step"])}


@pytest.mark.parametrize("name", ["loss", "accuracy"])
def test_the_means_that_are_drawn_stay_as_they_are(name: str) -> None:
    whole = told(list(range(1, LONG + 1)))
    assert means(dict(thinned(whole)), name) == pytest.approx(means(whole, name), abs=2e-6)


def test_first_newest_lowest_and_highest_are_kept_to_the_last_digit() -> None:
    steps = list(range(700, 9000))  # the first bins hold many steps already
    whole = told(steps)
    thin: Any = thinned(whole)
    alone = {
        (step, loss)
        for step, loss, count in zip(thin["step"], thin["loss"], thin["count"], strict=True)
        if count == 1
    }
    pairs = list(zip(whole["step"], whole["loss"], strict=True))
    by_loss = sorted(pairs, key=lambda pair: pair[1])
    assert {pairs[0], pairs[-1], by_loss[0], by_loss[-1]} <= alone


def test_a_short_curve_and_what_was_not_measured_stay_as_they_are() -> None:
    short = {"step": [1, 2, 3], "loss": [3.0, 2.0, 1.0], "accuracy": None}
    assert thinned(short) == {**short, "count": [1, 1, 1]}
    assert thinned({"step": [], "loss": []}) == {"step": [], "loss": [], "count": []}


def test_round_steps_keep_their_distance_and_have_both_ends() -> None:
    assert round_steps(400, 0.1) == [0, 3, 10, 30, 60, 100, 200, 400]
    assert round_steps(0, 0.1) == [0]
