"""What a run was at a step: the last that was said of its filters and its answers until then."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import apsw

from .errors import DataDamaged
from .recorded_run import RecordedRun, recorded_run
from .rows import latest_of_kind


class Moment(NamedTuple):
    """What was last said of a run at some step; None of what nobody had said.

    Attributes:
        step: of the snapshot whose filters these are.
        edges: share of the first filters that are edges or lines.
        accuracy: on validation pictures.
    """

    step: int | None = None
    edges: float | None = None
    score: float | None = None
    accuracy: float | None = None


def moments(connection: apsw.Connection, asked: Sequence[tuple[str, int]]) -> list[Moment]:
    """Returns what runs, by their ids, were after so many updates each; nothing of one that isn't
    there, or of which what was said isn't what was written.
    """
    return [_moment(connection, run_id, step) for run_id, step in asked]


def _moment(connection: apsw.Connection, run_id: str, step: int) -> Moment:
    try:
        run = recorded_run(connection, run_id)
        return Moment() if run is None else _moment_of(connection, run, step)
    except DataDamaged:
        return Moment()


def _moment_of(connection: apsw.Connection, run: RecordedRun, step: int) -> Moment:
    looked = _said(connection, run, "snapshot", step)
    tried = _said(connection, run, "evaluated", step)
    return Moment(
        step=looked.get("step"),
        edges=looked.get("oriented"),
        score=looked.get("layer_score"),
        accuracy=tried.get("validation_accuracy"),
    )


def _said(connection: apsw.Connection, run: RecordedRun, kind: str, step: int) -> dict[str, Any]:
    row = latest_of_kind(connection, run, kind, step)
    said: dict[str, Any] = {} if row is None else json.loads(row.body)
    return said
