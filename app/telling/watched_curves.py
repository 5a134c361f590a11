"""What a script logged of its steps, as events, without what isn't there or isn't finite."""

import math
from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple

from ..events import EncodedEvent, Evaluated, encode_fields

_DIGITS = 6  # more than anyone can see
_NAMES = ("loss", "accuracy", "learning_rate")


class LoggedSteps(NamedTuple):
    """What one item told.

    Attributes:
        step: the last one.
        loss: the last one that is finite, None if there is none.
        broken: the first step at which the loss was NaN or infinite, None if there is none.
    """

    events: list[EncodedEvent]
    step: int
    loss: float | None
    broken: int | None


class _Row(NamedTuple):
    step: int
    values: dict[str, float]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.values)


def told(item: Mapping[str, Any], known_until: int) -> LoggedSteps | None:
    """Tells the steps after `known_until`; None if there are none.

    Steps that follow one another and have the same quantities make one event.
    """
    columns = {name: item["values"].get(name) for name in _NAMES}
    count = len(item["step"])
    if any(column is not None and len(column) != count for column in columns.values()):
        raise ValueError(f"an item tells of {count} steps; its values must be as many")
    places = [at for at, step in enumerate(item["step"]) if step > known_until]
    if not places:
        return None
    rows = [_row(int(item["step"][at]), columns, at) for at in places]
    losses = [row.values["loss"] for row in rows if "loss" in row.values]
    broken = [int(item["step"][at]) for at in places if _is_broken(columns["loss"], at)]
    return LoggedSteps(
        [_event(list(alike)) for _, alike in groupby(rows, key=lambda row: row.names)],
        rows[-1].step,
        losses[-1] if losses else None,
        broken[0] if broken else None,
    )


def evaluated(item: Mapping[str, Any]) -> Evaluated | None:
    """Returns the event of an evaluation; None if it holds no number."""
    loss, accuracy = (_finite(item.get(name)) for name in ("loss", "accuracy"))
    if loss is None and accuracy is None:
        return None
    return Evaluated(
        step=int(item["step"]),
        validation_loss=None if loss is None else _short(loss),
        validation_accuracy=None if accuracy is None else _short(accuracy),
    )


def _row(step: int, columns: Mapping[str, Any], at: int) -> _Row:
    values = {
        name: value
        for name, column in columns.items()
        if column is not None and (value := _finite(column[at])) is not None
    }
    return _Row(step, values)


def _event(rows: list[_Row]) -> EncodedEvent:
    fields: dict[str, Any] = {"kind": "steps", "step": [row.step for row in rows]}
    for name in rows[0].values:
        fields[name] = [_short(row.values[name]) for row in rows]
    return encode_fields(fields, rows[-1].step)


def _is_broken(column: Any, at: int) -> bool:
    return column is not None and column[at] is not None and _finite(column[at]) is None


def _finite(value: Any) -> float | None:
    """Returns a number as it travels, or None: "nan", "inf" and "-inf" are words there."""
    if value is None or isinstance(value, str):
        return None
    try:
        number = float(value)
    except OverflowError:  # a whole number of hundreds of digits
        return None
    return number if math.isfinite(number) else None


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
