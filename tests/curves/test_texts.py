"""Curves put together as text: the same as from the numbers, one by one."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.curves.numbers import EVALUATION, ROW, Curves, evaluations_told
from app.curves.texts import CurveTexts
from app.export.delimited import Delimited
from tests.curves.told import body_of, read, stories

Evaluated = dict[int, tuple[float | None, ...]]
STYLES = [Delimited(), Delimited("comma", ";"), Delimited("comma", "tab"), Delimited("point", ";")]


def numbers_of(bodies: list[str], evaluated: Evaluated, after: int) -> Curves:
    told = [
        {"step": step, **dict(zip(EVALUATION, row, strict=True))} for step, row in evaluated.items()
    ]
    return Curves.of(read(bodies), told, after)


def table_of(curves: Curves, style: Delimited) -> str:
    """The table as it is written from numbers, line by line."""
    rows: dict[int, list[Any]] = {step: ["", "", ""] for step in curves.evaluations}
    for at, step in enumerate(curves.steps):
        values = [curves.rows[name][at] for name in ROW]
        rows[step] = ["" if math.isnan(value) else value for value in values]
    text = io.StringIO()
    lines = [(step, *rows[step], *curves.evaluations.get(step, ("", ""))) for step in sorted(rows)]
    style.write(text, [("step", *ROW, *EVALUATION), *lines])
    return text.getvalue()


@settings(max_examples=40)
@given(stories(), st.integers(-1, 12))
def test_json_put_together_as_text_is_that_of_the_numbers(
    story: tuple[list[str], Evaluated], after: int
) -> None:
    bodies, evaluated = story
    file = io.BytesIO()
    CurveTexts(lambda: bodies, evaluated, after).write_json(file)
    curves = numbers_of(bodies, evaluated, after)
    told = curves.columns() | {"evaluations": evaluations_told(curves.evaluations)}
    expected = json.dumps(told, separators=(",", ":"))
    assert file.getvalue().decode() == expected


@settings(max_examples=40)
@given(stories(), st.sampled_from(STYLES))
def test_a_table_put_together_as_text_is_that_of_the_numbers(
    story: tuple[list[str], Evaluated], style: Delimited
) -> None:
    bodies, evaluated = story
    file = io.BytesIO()
    CurveTexts(lambda: bodies, evaluated).write_csv(file, style)
    assert file.getvalue().decode() == table_of(numbers_of(bodies, evaluated, -1), style)


def test_columns_lie_in_a_folder_until_they_are_put_together(tmp_path: Path) -> None:
    bodies = [body_of([1, 2], loss=[0.5, 0.25]), body_of([3], loss=[0.125], accuracy=[1.0])]
    file = io.BytesIO()
    CurveTexts(lambda: bodies, {}).write_json(file, tmp_path)
    assert json.loads(file.getvalue())["accuracy"] == [None, None, 1.0]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("style", STYLES)
def test_a_spreadsheet_reads_the_table_in_every_style(style: Delimited) -> None:
    file = io.BytesIO()
    CurveTexts(lambda: [body_of([7], loss=[0.5])], {}).write_csv(file, style)
    _, row = csv.reader(io.StringIO(file.getvalue().decode()), delimiter=style.delimiter)
    assert row[:3] == ["7", "0,5" if style.decimal == "comma" else "0.5", ""]
