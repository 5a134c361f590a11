"""A run's curves, put together from its events."""

import csv
import io
from collections.abc import Iterator
from typing import Any, NamedTuple, Self

from ..stretched import thinned

Body = dict[str, Any]
_ROW = ("loss", "accuracy", "learning_rate")
_EVALUATION = ("validation_loss", "validation_accuracy")


_Numbers = tuple[float | None, ...]


class Curves(NamedTuple):
    """Rows by step: (loss, accuracy, learning rate) and (validation loss, accuracy).

    Accuracies are None in a run that names nothing.
    """

    rows: dict[int, _Numbers]
    evaluations: dict[int, _Numbers]

    @classmethod
    def of(cls, steps: list[Body], evaluated: list[Body], after_step: int = -1) -> Self:
        """Reads them from the bodies of `steps` and `evaluated` events that lie after a step."""
        rows = {
            step: tuple(row)
            for body in steps
            for step, *row in zip(body["step"], *_lists(body), strict=True)
            if step > after_step
        }
        evaluations = {
            body["step"]: tuple(body.get(name) for name in _EVALUATION) for body in evaluated
        }
        return cls(rows, evaluations)

    def json(self) -> dict[str, Any]:
        """Gives them as lists, one a quantity."""
        return _columns(self.rows, _ROW) | {"evaluations": _columns(self.evaluations, _EVALUATION)}

    def thinned(self) -> dict[str, Any]:
        """Gives the same in few steps instead of many, with `count`; every evaluation stays."""
        return self.json() | thinned(_columns(self.rows, _ROW))

    def csv(self) -> str:
        """Gives them as a table by step; what wasn't measured at a step is left empty."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(("step", *_ROW, *_EVALUATION))
        for step in sorted(self.rows.keys() | self.evaluations.keys()):
            row = self.rows.get(step, ("",) * len(_ROW))
            table.writerow((step, *row, *self.evaluations.get(step, ("",) * len(_EVALUATION))))
        return text.getvalue()


def _lists(body: Body) -> Iterator[list[float | None]]:
    return (body.get(name) or [None] * len(body["step"]) for name in _ROW)


def _columns(rows: dict[int, _Numbers], names: tuple[str, ...]) -> dict[str, list[Any] | None]:
    columns = {name: [row[place] for row in rows.values()] for place, name in enumerate(names)}
    measured = {name: None if None in column else column for name, column in columns.items()}
    return {"step": list(rows), **measured}
