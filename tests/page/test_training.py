"""The page's curve of training: bounded, the same whatever the pieces, and old ones stay."""

import random
from typing import Any

import pytest

from app.stretched import bin_of, members_of_bins, round_steps, thinned
from tests.page.node import asked

EXTEND = """
    a.pieces.reduce((held, piece) => {
        const { step, loss, accuracy, count } = piece;
        held.push(m.extendTraining(held.at(-1), step, loss, accuracy, count));
        return held;
    }, [m.emptyTraining()])
"""
LENGTH = 3000


def story(length: int = LENGTH) -> dict[str, list[Any]]:
    rng = random.Random(1)
    steps = list(range(1, length + 1))
    losses = [2 + rng.gauss(0, 0.3) for _ in steps]
    return {"step": steps, "loss": losses, "accuracy": [rng.random() for _ in steps]}


def pieces(told: dict[str, list[Any]], size: int) -> list[dict[str, list[Any]]]:
    starts = range(0, len(told["step"]), size)
    return [{name: told[name][at : at + size] for name in told} for at in starts]


def last(*pieces: dict[str, Any]) -> Any:
    return asked("state/training.js", f"({EXTEND}).at(-1)", {"pieces": pieces})


def test_its_points_are_the_means_of_bins_and_the_newest_loss_of_each() -> None:
    told = story()
    curve = last(told)
    bins = list(members_of_bins(told["step"]))
    assert curve["step"] == [told["step"][members[-1]] for members in bins]
    assert curve["newestLoss"] == [told["loss"][members[-1]] for members in bins]
    assert curve["count"] == [len(members) for members in bins]
    for name in ("loss", "accuracy"):
        means = [sum(told[name][at] for at in members) / len(members) for members in bins]
        assert curve[name] == pytest.approx(means)


def test_it_is_the_same_in_whatever_pieces_it_was_told() -> None:
    told = story()
    whole = last(told)
    for size in (7, 50):
        curve = last(*pieces(told, size))
        assert curve["step"] == whole["step"]
        assert curve["loss"] == pytest.approx(whole["loss"])


def test_thinned_by_the_server_it_is_the_same_to_what_can_be_seen() -> None:
    told = story()
    whole, curve = last(told), last(*(thinned(piece) for piece in pieces(told, 700)))
    for name in ("step", "newestLoss", "count"):
        assert curve[name] == whole[name]
    for name in ("loss", "accuracy"):
        assert curve[name] == pytest.approx(whole[name], abs=2e-6)


def test_a_curve_that_somebody_holds_stays_as_it_was() -> None:
    told = pieces(story(200), 10)
    held = asked("state/training.js", EXTEND, {"pieces": told})
    for count in (1, 5, 20):
        assert held[count] == last(*told[:count])


def test_where_nothing_is_named_there_is_no_curve_of_right_answers() -> None:
    curve = last({"step": [1, 2], "loss": [2.0, 1.0], "accuracy": []})
    assert (curve["step"], curve["accuracy"]) == ([1, 2], [])


def test_server_and_page_count_bins_and_round_steps_alike() -> None:
    steps = [*range(1000), *range(1000, 1_000_001, 997)]
    assert asked("charts/axis.js", "a.map(m.binOf)", steps) == [bin_of(step) for step in steps]
    axes = [[total, room / 100] for total in (0, 1, 7, 400, 9375, 1_000_000) for room in (3, 9, 20)]
    ticks = asked("charts/axis.js", "a.map(([total, room]) => m.roundSteps(total, room))", axes)
    assert ticks == [round_steps(int(total), room) for total, room in axes]
