"""A run's curves as numbers, put together from its events: a million steps take some 32 MB."""

import json
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple, Self

from ..stretched import thinned

Body = dict[str, Any]
ROW = ("loss", "accuracy", "learning_rate")
EVALUATION = ("validation_loss", "validation_accuracy")
FEWEST_POINTS, MOST_POINTS = 4, 5_000  # that somebody may ask for
_UNMEASURED = math.nan  # no event holds one


class Curves(NamedTuple):
    """What was measured by step, in order: losses, accuracies and rates; and the evaluations.

    What wasn't measured is NaN in `rows`, and None in `evaluations`: accuracies in a run that names
    nothing, or whatever a program elsewhere didn't tell. Where some steps have a loss, all have:
    steps without one aren't in the curves.

    Attributes:
        rows: one column a quantity, of equal lengths.
        evaluations: (validation loss, accuracy) by step.
    """

    steps: "array[int]"
    rows: dict[str, "array[float]"]
    evaluations: dict[int, tuple[float | None, ...]]

    @classmethod
    def of(cls, steps: Iterable[Body], evaluated: Iterable[Body], after_step: int = -1) -> Self:
        """Reads them from the bodies of `steps` and `evaluated` events that lie after a step."""
        numbers, rows = array("q"), {name: array("d") for name in ROW}
        for body in steps:
            told = body["step"]
            begin = sum(step <= after_step for step in told)
            numbers.extend(told[begin:])
            for name, column in rows.items():
                column.extend((body.get(name) or [_UNMEASURED] * len(told))[begin:])
        return cls(*_with_losses(numbers, rows), evaluations_by_step(evaluated))

    def columns(self) -> dict[str, list[Any] | None]:
        """Gives what is told of each step as lists; None for what wasn't measured at any."""
        measured = {
            name: None if all(map(math.isnan, column)) else _whole(column)
            for name, column in self.rows.items()
        }
        return {"step": self.steps.tolist(), **measured}

    def write_thinned(self, file: BinaryIO) -> None:
        """Writes few steps instead of many, with `count`, and every evaluation."""
        told = thinned(self.columns()) | {"evaluations": evaluations_told(self.evaluations)}
        file.write(as_json(told).encode())


def evaluations_by_step(evaluated: Iterable[Body]) -> dict[int, tuple[float | None, ...]]:
    """Reads (validation loss, accuracy) by step from the bodies of `evaluated` events."""
    return {body["step"]: tuple(body.get(name) for name in EVALUATION) for body in evaluated}


def evaluations_told(
    evaluations: Mapping[int, tuple[float | None, ...]],
) -> dict[str, list[Any] | None]:
    """Gives the same as lists; None for what wasn't measured at any of them."""
    columns = {
        name: [row[place] for row in evaluations.values()] for place, name in enumerate(EVALUATION)
    }
    measured = {
        name: column if any(one is not None for one in column) or not column else None
        for name, column in columns.items()
    }
    return {"step": list(evaluations), **measured}


def _with_losses(
    steps: "array[int]", rows: dict[str, "array[float]"]
) -> tuple["array[int]", dict[str, "array[float]"]]:
    """Leaves out the steps without a loss, unless none has one."""
    there = [at for at, loss in enumerate(rows["loss"]) if not math.isnan(loss)]
    if not there or len(there) == len(steps):
        return steps, rows
    kept = {name: array("d", (column[at] for at in there)) for name, column in rows.items()}
    return array("q", (steps[at] for at in there)), kept


def _whole(column: "Sequence[Any]") -> list[Any]:
    """Gives numbers as JSON has them: null where there is none."""
    return [None if math.isnan(number) else number for number in column]


def as_json(value: Any) -> str:
    """Writes what an answer holds, as short as it goes; ValueError for NaN."""
    return json.dumps(value, allow_nan=False, separators=(",", ":"))
