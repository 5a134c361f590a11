"""The catalogue: one row a run, with what its events so far amount to."""

import json
import logging
from collections.abc import Collection
from typing import Any, NamedTuple

import apsw

from ..events import Status
from ..external.described import Described

_LOG = logging.getLogger("filterscope.store")


class NewRun(NamedTuple):
    """A run that was asked for, or one that begins elsewhere.

    Attributes:
        recipe: how a worker trains it, as JSON; None where that is none of ours.
        total_steps: None where its end is open.
    """

    id: str
    described: Described
    preset: str | None = None
    recipe: str | None = None
    total_steps: int | None = None


class RunRow(NamedTuple):
    """A run as it stands. Times are seconds since 1970; what isn't known yet is None."""

    number: int
    id: str
    described: Described
    preset: str | None
    recipe: str | None
    total_steps: int | None
    created_at: float
    started_at: float | None
    ended_at: float | None
    training_seconds: float
    status: Status
    step: int
    last_seq: int
    loss: float | None
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    score: float | None
    oriented: float | None
    label_counts: dict[str, int] | None
    error: dict[str, str] | None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.described.name

    @property
    def layers(self) -> list[str]:
        """Names of its conv layers; the first one's filters are judged and streamed."""
        return list(self.described.conv_layers)


_SELECT = f"SELECT {', '.join(RunRow._fields)} FROM runs"


def insert(connection: apsw.Connection, run: NewRun, created_at: float) -> None:
    """Adds a queued run."""
    described = run.described.model_dump_json(exclude_defaults=True)
    row = {**run._asdict(), "described": described, "created_at": created_at}
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO runs ({', '.join(row)}) VALUES ({marks})", row)


def find(connection: apsw.Connection, run_id: str) -> RunRow | None:
    """Finds the run of that id, if there is one."""
    rows = connection.execute(f"{_SELECT} WHERE id = ?", (run_id,))
    return next((_row(values) for values in rows), None)


def newest(connection: apsw.Connection, limit: int, before: int | None = None) -> list[RunRow]:
    """Returns at most `limit` runs, newest first, of those numbered below `before`."""
    below = "WHERE number < :before" if before is not None else ""
    sql = f"{_SELECT} {below} ORDER BY number DESC LIMIT :limit"
    return [_row(values) for values in connection.execute(sql, {"limit": limit, "before": before})]


def own_of_status(connection: apsw.Connection, statuses: Collection[Status]) -> list[RunRow]:
    """Returns all runs of our workers whose status is one of these, oldest first.

    One whose row is damaged is left out: the others are to go on.
    """
    marks = ", ".join("?" * len(statuses))
    sql = f"{_SELECT} WHERE source = 'own' AND status IN ({marks}) ORDER BY number"
    found = []
    for values in connection.execute(sql, sorted(statuses)):
        try:
            found.append(_row(values))
        except (ValueError, TypeError) as problem:
            _LOG.error("the row of run %s is damaged: %s", values[1], problem)
    return found


def stand_of_own(
    connection: apsw.Connection, statuses: Collection[Status]
) -> list[tuple[str, int, float]]:
    """Returns id, step and seconds of training of each run that `own_of_status` means, damaged
    or not.
    """
    marks = ", ".join("?" * len(statuses))
    sql = (
        "SELECT id, step, training_seconds FROM runs "
        f"WHERE source = 'own' AND status IN ({marks}) ORDER BY number"
    )
    return list(connection.execute(sql, sorted(statuses)))


def count_by_status(connection: apsw.Connection) -> dict[str, int]:
    """Counts how many runs there are of each status that occurs."""
    rows: Any = connection.execute("SELECT status, count(*) FROM runs GROUP BY status")
    return dict(rows)


def _row(values: tuple[Any, ...]) -> RunRow:
    row = RunRow(*values)
    return row._replace(
        described=Described.model_validate_json(row.described),  # type: ignore[arg-type]
        label_counts=row.label_counts and json.loads(row.label_counts),  # type: ignore[arg-type]
        error=row.error and json.loads(row.error),  # type: ignore[arg-type]
    )
