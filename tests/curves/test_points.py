"""Few points in place of many: the ends, and what is least and greatest, are among them."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app import stretched
from app.curves.columns import CurveColumns
from app.curves.points import extremes, in_points, thinned
from tests.curves.told import NAMES, body_of, read, stories

_VALUES = st.lists(st.one_of(st.floats(-9, 9), st.just(math.nan)), min_size=1, max_size=120)


@settings(max_examples=40)
@given(_VALUES, st.integers(4, 40))
def test_points_are_the_ends_and_the_extremes_of_equal_buckets(
    told: list[float], points: int
) -> None:
    values = np.array(told)
    places = extremes(values, points).tolist()
    assert len(places) <= points
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (0, len(told) - 1)
    if len(told) <= points:
        assert places == list(range(len(told)))
        return
    assert len(places) >= 3
    inner, buckets = told[1:-1], (points - 2) // 2
    begin = 0
    for number in range(buckets):  # as tsdownsample's documentation has it
        end = int((number + 1) * ((len(inner) - 1) / buckets)) + 1
        there = [value for value in inner[begin:end] if not math.isnan(value)]
        kept = [told[place] for place in places if begin < place <= end]
        for extreme in (min(there), max(there)) if there else ():
            assert extreme in kept
        begin = end
    assert begin == len(inner)


@settings(max_examples=40)
@given(stories())
def test_each_point_is_a_step_as_it_was_told(story: tuple[list[str], object]) -> None:
    bodies, _ = story
    columns = CurveColumns.of(list(enumerate(bodies)))
    told = in_points(columns, 4)
    by_step = {
        step: {name: body[name][at] for name in NAMES if name in body}
        for body in read(bodies)
        for at, step in enumerate(body["step"])
    }
    for at, step in enumerate(told["step"] or []):
        row = {name: column[at] for name in NAMES if (column := told[name]) is not None}
        assert {name: value for name, value in row.items() if value is not None} == by_step[step]


def test_the_extremes_of_a_million_steps_are_among_two_thousand() -> None:
    values = np.random.default_rng(0).normal(size=1_000_000)
    chosen = values[extremes(values, 2_000)]
    assert len(chosen) <= 2_000
    assert {values[0], values[-1], values.min(), values.max()} <= set(chosen.tolist())


def test_thinning_arrays_gives_what_thinning_lists_does() -> None:
    steps = list(range(1, 5_001))
    losses = np.random.default_rng(1).random(5_000).round(6).tolist()
    bodies = [
        body_of(steps[at : at + 50], loss=losses[at : at + 50], learning_rate=[0.5] * 50)
        for at in range(0, 5_000, 50)
    ]
    columns = CurveColumns.of(list(enumerate(bodies)))
    lists = {"step": steps, "loss": losses, "accuracy": None, "learning_rate": [0.5] * 5_000}
    assert thinned(columns) == stretched.thinned(lists)


def test_steps_told_again_from_further_back_are_not_lost_or_doubled_by_where_one_begins() -> None:
    told = ['{"step":[3,4,5],"loss":[3,4,5]}', '{"step":[4,5,6],"loss":[4,5,6]}']
    columns = CurveColumns.of(list(enumerate(told)))
    assert columns.after(4).steps.tolist() == [5, 5, 6]
    assert columns.after(4).rows["loss"].tolist() == [5, 5, 6]
    assert columns.after(-1).steps.tolist() == columns.steps.tolist()
