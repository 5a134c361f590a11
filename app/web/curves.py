"""A run's curves, put together from its events."""

import csv
import io
from typing import Any, NamedTuple, Self

Body = dict[str, Any]
_ROW = ("loss", "accuracy", "learning_rate")
_EVALUATION = ("validation_loss", "validation_accuracy")


class Curves(NamedTuple):
    """Rows by step: (loss, accuracy, learning rate) and (validation loss, accuracy)."""

    rows: dict[int, tuple[float, ...]]
    evaluations: dict[int, tuple[float, ...]]

    @classmethod
    def of(cls, steps: list[Body], evaluated: list[Body], after_step: int = -1) -> Self:
        """From the bodies of `steps` and `evaluated` events, as far as they lie after a step."""
        rows = {
            row[0]: row[1:]
            for body in steps
            for row in zip(*(body[name] for name in ("step", *_ROW)), strict=True)
            if row[0] > after_step
        }
        evaluations = {
            body["step"]: tuple(body[name] for name in _EVALUATION) for body in evaluated
        }
        return cls(rows, evaluations)

    def json(self) -> dict[str, Any]:
        """As lists, one a quantity."""
        return _columns(self.rows, _ROW) | {"evaluations": _columns(self.evaluations, _EVALUATION)}

    def csv(self) -> str:
        """As a table by step; what wasn't measured at a step is left empty."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(("step", *_ROW, *_EVALUATION))
        for step in sorted(self.rows.keys() | self.evaluations.keys()):
            row = self.rows.get(step, ("",) * len(_ROW))
            table.writerow((step, *row, *self.evaluations.get(step, ("",) * len(_EVALUATION))))
        return text.getvalue()


def _columns(rows: dict[int, tuple[float, ...]], names: tuple[str, ...]) -> dict[str, list[Any]]:
    values = {name: [row[place] for row in rows.values()] for place, name in enumerate(names)}
    return {"step": list(rows), **values}
