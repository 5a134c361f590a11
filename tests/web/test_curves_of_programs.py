"""Curves of a program that tells now this and now that: nothing is made up between."""

import io
import json
from typing import Any

from app.curves.numbers import Curves, evaluations_by_step, evaluations_told

STEPS = [
    {"step": [1, 2], "loss": [2.0, 1.5], "learning_rate": [0.1, 0.1]},
    {"step": [3], "loss": [1.0], "accuracy": [0.5]},
    {"step": [4]},
]


def thinned(curves: Curves) -> Any:
    file = io.BytesIO()
    curves.write_thinned(file)
    return json.loads(file.getvalue())


def test_steps_without_a_loss_are_left_out_and_gaps_are_null() -> None:
    told = Curves.of(STEPS, []).columns()
    assert told["step"] == [1, 2, 3]
    assert told["loss"] == [2.0, 1.5, 1.0]
    assert told["accuracy"] == [None, None, 0.5]
    assert told["learning_rate"] == [0.1, 0.1, None]
    assert thinned(Curves.of(STEPS, []))["accuracy"] == [None, None, 0.5]


def test_without_any_loss_the_other_curves_are_there() -> None:
    rows = [{"step": list(range(1, 200)), "accuracy": [0.5] * 199}]
    told = thinned(Curves.of(rows, []))
    assert told["loss"] is None
    assert set(told["accuracy"]) == {0.5}
    assert sum(told["count"]) == 199


def test_an_evaluation_may_tell_one_figure_alone() -> None:
    evaluated = [
        {"step": 1, "validation_accuracy": 0.5},
        {"step": 2, "validation_loss": 1.0, "validation_accuracy": 0.75},
    ]
    assert evaluations_told(evaluations_by_step(evaluated)) == {
        "step": [1, 2],
        "validation_loss": [None, 1.0],
        "validation_accuracy": [0.5, 0.75],
    }
