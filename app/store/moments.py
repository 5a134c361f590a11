"""What a run was at a step: the last that was said of its filters and its answers until then."""

import json
from typing import Any, NamedTuple

import apsw

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


def moment(connection: apsw.Connection, run_id: str, step: int) -> Moment:
    """Returns what a run was after `step` updates; nothing where there is no such run.

    Raises:
        DataDamaged: what was said isn't what was written.
    """
    run = recorded_run(connection, run_id)
    if run is None:
        return Moment()
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
