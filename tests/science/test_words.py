"""Figures become words, scales and verdicts by rules that can be checked by hand."""

import doctest
import importlib

import pytest

from science.reference import Expected
from science.svg.panel import step_axis
from science.words import table, verdict


@pytest.mark.parametrize("module", ["science.separation", "science.words"])
def test_the_examples_in_the_docstrings_are_true(module: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(module))
    assert tried > 0
    assert failed == 0


def test_a_mean_within_two_deviations_and_the_slack_is_inside() -> None:
    known = Expected(0.5, 0.01, slack=0.03)
    assert known.holds(0.549)
    assert not known.holds(0.551)
    assert verdict(known, 0.551) == "**outside**"


def test_without_a_known_spread_there_is_no_verdict() -> None:
    assert Expected(0.5).holds(0.9) is None


def test_on_the_axis_of_steps_each_tenfold_takes_the_same_room() -> None:
    axis = step_axis(999)
    assert axis.place(0) == 0
    assert axis.place(9) == pytest.approx(1 / 3)
    assert axis.place(99) == pytest.approx(2 / 3)
    assert axis.ticks == [0, 1, 3, 10, 30, 100, 300]


def test_a_table_aligns_its_numbers_to_the_right() -> None:
    assert table(["a", "b"], [["x", "1"]]) == "| a | b |\n| :-- | --: |\n| x | 1 |"
