"""Values of many steps in little room: what waits for an hour must fit beside a training."""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Callable, Mapping
from typing import Any

from .logged import Number, on_the_wire
from .saying import sendable_text

MOST_ROWS = 500  # of one item: its JSON is written in well under a millisecond
KNOWN = ("loss", "accuracy", "learning_rate")
_OTHER_WORDS = {"acc": "accuracy", "lr": "learning_rate"}
_MOST_OTHERS = 16
_NAN = float("nan")


class Column:
    """The values of one name, as many as were noted; some may be known later, some never."""

    def __init__(self) -> None:
        self.values = array("d")
        self.is_told = bytearray()
        self.later: dict[int, Callable[[], float]] = {}

    def put(self, row: int, value: Number) -> None:
        """Notes the value of a row, the newest or one after it."""
        while len(self.values) <= row:
            self.values.append(_NAN)
            self.is_told.append(0)
        if callable(value):
            self.later[row] = value
        elif value is not None:
            self.later.pop(row, None)
            with contextlib.suppress(OverflowError):  # a whole number larger than any float
                self.values[row], self.is_told[row] = value, 1

    def settle(self) -> None:
        """Waits for what was to be known later."""
        for row in list(self.later):
            known = self.later.pop(row, None)
            if known is not None:
                try:
                    self.values[row], self.is_told[row] = known(), 1
                except Exception:  # its array is gone: no value
                    self.is_told[row] = 0

    def on_the_wire(self, rows: int) -> list[float | str | None]:
        """Gives the first `rows` values as a packet's header holds them."""
        told = [
            on_the_wire(value) if is_told else None
            for value, is_told in zip(self.values, self.is_told, strict=True)
        ]
        return told + [None] * (rows - len(told))


class LoggedRows:
    """What was logged at up to `MOST_ROWS` steps, each once."""

    def __init__(self) -> None:
        self.steps = array("q")
        self.columns: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def nbytes(self) -> int:
        """About what it takes in memory."""
        return len(self.steps) * (8 + 9 * len(self.columns))

    def is_full_for(self, step: int) -> bool:
        """Tells whether a row more would be too many."""
        return len(self.steps) >= MOST_ROWS and self.steps[-1] != step

    def add(self, step: int, values: Mapping[str, Number]) -> None:
        """Notes values of a step not before the newest; of the same name the later counts."""
        if not self.steps or self.steps[-1] != step:
            self.steps.append(step)
        row = len(self.steps) - 1
        for said, value in values.items():
            name = _OTHER_WORDS.get(said, said)
            column = self.columns.get(name)
            if column is None:
                if name not in KNOWN and len(self.columns) >= _MOST_OTHERS:
                    continue
                column = self.columns[name] = Column()
            column.put(row, value)

    def settle(self) -> None:
        """Waits for values that were to be known later."""
        for column in self.columns.values():
            column.settle()

    def halve(self) -> None:
        """Drops every other row, but neither the first nor the last."""
        self.settle()
        rows = len(self.steps)
        kept = sorted({*range(0, rows, 2), rows - 1})
        for column in self.columns.values():
            column.put(rows - 1, None)
            column.values = array("d", [column.values[row] for row in kept])
            column.is_told = bytearray(column.is_told[row] for row in kept)
        self.steps = array("q", [self.steps[row] for row in kept])

    def take_over(self, other: LoggedRows) -> None:
        """Puts the rows of another, settled like these, behind these."""
        rows = len(self.steps)
        self.steps.extend(other.steps)
        for name, column in other.columns.items():
            mine = self.columns.setdefault(name, Column())
            mine.put(rows - 1, None)
            mine.values.extend(column.values)
            mine.is_told.extend(column.is_told)

    def as_item(self) -> dict[str, Any]:
        """Gives the item of a packet that tells them."""
        self.settle()
        told = {name: column.on_the_wire(len(self)) for name, column in self.columns.items()}
        item = {
            "kind": "steps",
            "step": list(self.steps),
            "values": {name: told.pop(name) for name in KNOWN if name in told},
        }
        if told:
            item["extra"] = {sendable_text(name): values for name, values in told.items()}
        return item
