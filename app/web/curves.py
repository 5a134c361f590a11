"""A run's curves, put together from its events: a million steps take some 32 MB."""

import io
import json
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO, NamedTuple, Self, TextIO

from ..export.delimited import Delimited
from ..stretched import thinned

Body = dict[str, Any]
_ROW = ("loss", "accuracy", "learning_rate")
_EVALUATION = ("validation_loss", "validation_accuracy")
_AT_ONCE = 4096  # numbers made text together
_PLAIN = Delimited()
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
        numbers, rows = array("q"), {name: array("d") for name in _ROW}
        for body in steps:
            told = body["step"]
            begin = sum(step <= after_step for step in told)
            numbers.extend(told[begin:])
            for name, column in rows.items():
                column.extend((body.get(name) or [_UNMEASURED] * len(told))[begin:])
        evaluations = {
            body["step"]: tuple(body.get(name) for name in _EVALUATION) for body in evaluated
        }
        return cls(*_with_losses(numbers, rows), evaluations)

    def json(self) -> dict[str, Any]:
        """Gives them as lists, one a quantity."""
        rows = {name: _listed(column) for name, column in self._columns().items()}
        return rows | {"evaluations": self._evaluations()}

    def thinned(self) -> dict[str, Any]:
        """Gives the same in few steps instead of many, with `count`; every evaluation stays."""
        columns = {name: _listed(column) for name, column in self._columns().items()}
        return thinned(columns) | {"evaluations": self._evaluations()}

    def csv(self, style: Delimited = _PLAIN) -> str:
        """Gives them as a table by step; what wasn't measured at a step is left empty."""
        text = io.StringIO(newline="")
        self.write_csv(text, style)
        return text.getvalue()

    def write_csv(self, file: TextIO, style: Delimited = _PLAIN) -> None:
        """Writes the same to a file that leaves the ends of lines alone."""
        style.write(file, chain((("step", *_ROW, *_EVALUATION),), self._lines()))

    def write_json(self, file: BinaryIO) -> None:
        """Writes what `json` gives, without a second copy of all of it in memory."""
        for name, column in self._columns().items():
            file.write(f'{"{" if name == "step" else ","}"{name}":'.encode())
            file.writelines(piece.encode() for piece in _pieces(column))
        file.write(f',"evaluations":{_text(self._evaluations())}}}'.encode())

    def write_thinned(self, file: BinaryIO) -> None:
        """Writes what `thinned` gives."""
        file.write(_text(self.thinned()).encode())

    def _columns(self) -> "dict[str, array[Any] | None]":
        """Returns what is told of each step; None for what wasn't measured at all of them."""
        measured = {
            name: None if all(map(math.isnan, column)) else column
            for name, column in self.rows.items()
        }
        return {"step": self.steps, **measured}

    def _evaluations(self) -> dict[str, list[Any] | None]:
        columns = {
            name: [row[place] for row in self.evaluations.values()]
            for place, name in enumerate(_EVALUATION)
        }
        measured = {
            name: column if any(one is not None for one in column) or not column else None
            for name, column in columns.items()
        }
        return {"step": list(self.evaluations), **measured}

    def _lines(self) -> Iterator[tuple[Any, ...]]:
        """Yields the lines of the table, in the order of their steps."""
        evaluated = sorted(self.evaluations, reverse=True)
        nothing = ("",) * len(_EVALUATION)
        for step, *row in zip(self.steps, *self.rows.values(), strict=True):
            while evaluated and evaluated[-1] < step:
                yield self._evaluated_only(evaluated.pop())
            if evaluated and evaluated[-1] == step:
                evaluated.pop()
            told = ("" if math.isnan(number) else number for number in row)
            yield (step, *told, *self.evaluations.get(step, nothing))
        for step in reversed(evaluated):
            yield self._evaluated_only(step)

    def _evaluated_only(self, step: int) -> tuple[Any, ...]:
        return (step, *("",) * len(_ROW), *self.evaluations[step])


def _with_losses(
    steps: "array[int]", rows: dict[str, "array[float]"]
) -> tuple["array[int]", dict[str, "array[float]"]]:
    """Leaves out the steps without a loss, unless none has one."""
    there = [at for at, loss in enumerate(rows["loss"]) if not math.isnan(loss)]
    if not there or len(there) == len(steps):
        return steps, rows
    kept = {name: array("d", (column[at] for at in there)) for name, column in rows.items()}
    return array("q", (steps[at] for at in there)), kept


def _pieces(column: "Sequence[Any] | None") -> Iterator[str]:
    if column is None:
        yield "null"
        return
    yield "["
    for begin in range(0, len(column), _AT_ONCE):
        yield "," if begin else ""
        yield _text(_whole(column[begin : begin + _AT_ONCE]))[1:-1]
    yield "]"


def _listed(column: "array[Any] | None") -> list[Any] | None:
    return None if column is None else _whole(column)


def _whole(column: "Sequence[Any]") -> list[Any]:
    """Gives numbers as JSON has them: null where there is none."""
    return [None if math.isnan(number) else number for number in column]


def _text(value: Any) -> str:
    return json.dumps(value, allow_nan=False, separators=(",", ":"))
