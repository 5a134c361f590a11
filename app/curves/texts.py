"""A run's curves as JSON or as a table, put together from the texts of its events.

No number is read that can be passed on as it is written: a million steps are told in half a second,
a few events in memory at a time.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ..export.delimited import Delimited
from .column_file import ColumnFile
from .numbers import EVALUATION, ROW, as_json, evaluations_told

_COLUMNS = ("step", *ROW)
_LISTS = re.compile(rf'"({"|".join(_COLUMNS)})":\[([^\]]*)\]')
_PLAIN = Delimited()
_NO_VALUES = ("",) * len(ROW)


class CurveTexts(NamedTuple):
    """What events tell of steps after `after_step`, and of evaluations.

    Attributes:
        bodies: begins to read the `steps` events, in order; called anew for each time.
        evaluated: (validation loss, accuracy) by step.
    """

    bodies: Callable[[], Iterable[str]]
    evaluated: Mapping[int, tuple[float | None, ...]]
    after_step: int = -1

    def write_json(self, file: BinaryIO, folder: Path | None = None) -> None:
        """Writes them as lists, one a quantity, and the evaluations.

        Args:
            folder: where columns lie until they are put one after the other; None for memory.
        """
        with ExitStack() as stack:
            columns = [ColumnFile(stack, folder) for _ in _COLUMNS]
            for told in self._told():
                count = told["step"].count(",") + 1
                for name, column in zip(_COLUMNS, columns, strict=True):
                    column.add(told.get(name), count)
            for name, column in zip(_COLUMNS, columns, strict=True):
                file.write(f'{"{" if name == "step" else ","}"{name}":'.encode())
                column.write_to(file, is_there=name == "step")
        beside = as_json(evaluations_told(self.evaluated))
        file.write(f',"evaluations":{beside}}}'.encode())

    def write_csv(self, file: BinaryIO, style: Delimited = _PLAIN) -> None:
        """Writes them as a table by step; what wasn't measured at a step is left empty."""
        waiting = sorted(self.evaluated, reverse=True)
        file.write(_lines([("step", *ROW, *EVALUATION)], style))
        for told in self._told():
            last = int(told["step"].rpartition(",")[2])
            if waiting and waiting[-1] <= last:
                file.write(_lines(self._mixed(told, waiting), style))
            else:
                file.write(_unmixed(told, style))
        file.write(_lines((self._alone(step) for step in reversed(waiting)), style))

    def _told(self) -> Iterator[dict[str, str]]:
        """Yields the numbers of each event, by quantity; of those without a loss only where none
        has one.
        """
        tells_losses = any("loss" in columns for columns in self._reaching())
        for columns in self._reaching():
            if tells_losses and "loss" not in columns:
                continue
            if int(columns["step"].partition(",")[0]) > self.after_step:
                yield columns
            else:
                yield _after(columns, self.after_step)

    def _reaching(self) -> Iterator[dict[str, str]]:
        """Yields those of events that tell of a step after `after_step`."""
        for body in self.bodies():
            columns = _columns_of(body)
            if int(columns.get("step", "-1").rpartition(",")[2]) > self.after_step:
                yield columns

    def _mixed(self, told: dict[str, str], waiting: list[int]) -> Iterator[tuple[Any, ...]]:
        """Yields the lines of an event with evaluations before or at its steps, taken from
        `waiting`.
        """
        columns = [
            map(float, told[name].split(",")) if name in told else repeat("") for name in ROW
        ]
        for step, *row in zip(map(int, told["step"].split(",")), *columns, strict=False):
            while waiting and waiting[-1] < step:
                yield self._alone(waiting.pop())
            is_evaluated = bool(waiting) and waiting[-1] == step
            beside = self.evaluated[waiting.pop()] if is_evaluated else ("", "")
            yield (step, *row, *beside)

    def _alone(self, step: int) -> tuple[Any, ...]:
        return (step, *_NO_VALUES, *self.evaluated[step])


def _columns_of(body: str) -> dict[str, str]:
    return {name: _as_python_writes(text) for name, text in _LISTS.findall(body) if text}


def _as_python_writes(text: str) -> str:
    """Writes very small and large numbers as Python does, which isn't how events have them."""
    if "e" not in text and "0.0000" not in text:
        return text
    return ",".join(repr(float(number)) for number in text.split(","))


def _after(columns: dict[str, str], step: int) -> dict[str, str]:
    """Leaves out what is told up to a step."""
    split = {name: text.split(",") for name, text in columns.items()}
    begin = sum(int(told) <= step for told in split["step"])
    return {name: ",".join(numbers[begin:]) for name, numbers in split.items()}


def _unmixed(told: dict[str, str], style: Delimited) -> bytes:
    """Gives the lines of an event beside which nothing was evaluated."""
    separator, text = style.delimiter, dict(told)
    if style.decimal == "comma":
        for name in told.keys() - {"step"}:
            text[name] = told[name].replace(",", ";").replace(".", ",")
    signs = [";" if style.decimal == "comma" and name != "step" else "," for name in _COLUMNS]
    columns = [
        text[name].split(sign) if name in text else repeat("")
        for name, sign in zip(_COLUMNS, signs, strict=True)
    ]
    rows = map(separator.join, zip(*columns, strict=False))
    end = separator * len(EVALUATION) + "\n"
    return (end.join(rows) + end).encode()


def _lines(rows: Iterable[Iterable[Any]], style: Delimited) -> bytes:
    text = io.StringIO(newline="")
    style.write(text, rows)
    return text.getvalue().encode()
