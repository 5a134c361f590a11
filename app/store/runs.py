"""The catalogue: one row a run, with what its events so far amount to."""

import json
import logging
from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple, get_args

import apsw

from ..events import Status
from ..external.described import Described
from .check_values import value_in_sql
from .damage import DAMAGE
from .errors import DataDamaged
from .recorded_run import COLUMNS, is_whole, row_of

_LARGEST = 2**62
_CHECK = f"UPDATE runs SET check_value = {value_in_sql('runs')}"
_LISTED = (
    "SELECT number, id FROM runs INDEXED BY runs_in_order WHERE number < ? ORDER BY number DESC"
)
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


class Page(NamedTuple):
    """Some of the runs, newest first, and those between them whose entry is damaged."""

    rows: list[RunRow]
    damaged: list["DamagedRun"]


class DamagedRun(NamedTuple):
    """A run of which there is a trace, but whose entry isn't what was written."""

    number: int
    id: str | None


def insert(connection: apsw.Connection, run: NewRun, created_at: float) -> None:
    """Adds a queued run."""
    described = run.described.model_dump_json(exclude_defaults=True)
    row = {**run._asdict(), "described": described, "created_at": created_at, "told": "{}"}
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO runs ({', '.join(row)}) VALUES ({marks})", row)
    connection.execute(f"{_CHECK} WHERE id = ?", (run.id,))


def update(connection: apsw.Connection, number: int, columns: dict[str, Any]) -> None:
    """Changes columns of a run that was compared with its check value before."""
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    sql = f"UPDATE runs SET {assignments} WHERE number = :number"
    connection.execute(sql, {**columns, "number": number})
    sql = f"{_CHECK} WHERE number = ? AND NOT EXISTS (SELECT 1 FROM unchecked_runs WHERE run = ?)"
    connection.execute(sql, (number, number))


def find(connection: apsw.Connection, run_id: str) -> RunRow | None:
    """Finds the run of that id, if there is one.

    Raises:
        DataDamaged: its row isn't what was written.
    """
    values = row_of(connection, run_id)
    return None if values is None else _row(values)


def newest(connection: apsw.Connection, limit: int, before: int | None = None) -> Page:
    """Returns at most `limit` runs, newest first, of those numbered below `before`.

    The table and an index of it are read side by side: a run that is in one of them only is
    damaged.
    """
    key = (_LARGEST if before is None else before, limit)
    sql = f"SELECT {COLUMNS} FROM runs WHERE number < ? ORDER BY number DESC LIMIT ?"
    try:
        found: Any = connection.execute(sql, key).fetchall()
        listed: Any = connection.execute(f"{_LISTED} LIMIT ?", key).fetchall()
    except DAMAGE:
        return _one_by_one(connection, *key)
    if [(row[0], row[1]) for row in found] == listed and all(map(is_whole, found)):
        return Page([_row(values) for values in found], [])
    return _one_by_one(connection, *key)


def own_of_status(connection: apsw.Connection, statuses: Collection[Status]) -> list[RunRow]:
    """Returns all runs of our workers whose status is one of these, oldest first.

    One whose row is damaged is left out: the others are to go on.
    """
    marks = ", ".join("?" * len(statuses))
    sql = f"SELECT number FROM runs INDEXED BY runs_by_status WHERE status IN ({marks})"
    numbers: Any
    if _indexed_counts(connection) is None:
        numbers = [(row.number,) for row in _one_by_one(connection, _LARGEST, _LARGEST).rows]
    else:
        numbers = connection.execute(sql, sorted(statuses)).fetchall()
    found = {number: _numbered(connection, number) for (number,) in sorted(numbers)}
    for number in (number for number, run in found.items() if run is None):
        _LOG.error("run number %d is damaged, so it doesn't go on", number)
    return [
        run
        for run in found.values()
        if run and run.described.source == "own" and run.status in statuses
    ]


def count_by_status(connection: apsw.Connection) -> dict[str, int]:
    """Counts how many runs there are of each status that occurs, leaving damaged ones out."""
    counts = _indexed_counts(connection)
    if counts is None:
        rows = _one_by_one(connection, _LARGEST, _LARGEST).rows
        return dict(sorted(Counter(row.status for row in rows).items()))
    return counts


def _indexed_counts(connection: apsw.Connection) -> dict[str, int] | None:
    """Counts by an index; None if it isn't what another index says."""
    try:
        sql = "SELECT status, count(*) FROM runs INDEXED BY runs_by_status GROUP BY status"
        counted: Any = connection.execute(sql).fetchall()
        counts = dict(counted)
        total = connection.execute("SELECT count(*) FROM runs INDEXED BY runs_in_order").get
    except DAMAGE:
        return None
    is_known = set(counts) <= set(get_args(Status))
    return counts if is_known and sum(counts.values()) == total else None


def _one_by_one(connection: apsw.Connection, before: int, limit: int) -> Page:
    """Lists runs where a part of the list is damaged: each is looked up by itself."""
    by_table = "SELECT number, NULL FROM runs NOT INDEXED WHERE number < ? ORDER BY number DESC"
    ids: dict[int, str | None] = {}
    for sql in (by_table, _LISTED):
        try:
            ids.update((number, run_id) for number, run_id in connection.execute(sql, (before,)))
        except DAMAGE:
            continue  # what came before is there
    page = Page([], [])
    for number, run_id in sorted(ids.items(), reverse=True):
        row = _numbered(connection, number)
        if row is None or run_id not in (None, row.id):
            page.damaged.append(DamagedRun(number, run_id))
        else:
            page.rows.append(row)
        if len(page.rows) == limit:
            break
    return page


def _numbered(connection: apsw.Connection, number: int) -> RunRow | None:
    """Returns the run of that number; None if its row isn't what was written."""
    try:
        sql = f"SELECT {COLUMNS} FROM runs WHERE number = ?"
        values: Any = next(iter(connection.execute(sql, (number,))), None)
        return _row(values) if values is not None and is_whole(values) else None
    except (*DAMAGE, DataDamaged):
        return None


def _row(values: tuple[Any, ...]) -> RunRow:
    row = RunRow(*values[: len(RunRow._fields)])
    try:
        return row._replace(
            described=Described.model_validate_json(row.described),  # type: ignore[arg-type]
            label_counts=row.label_counts and json.loads(row.label_counts),  # type: ignore[arg-type]
            error=row.error and json.loads(row.error),  # type: ignore[arg-type]
        )
    except (ValueError, TypeError):  # of an older version, which wrote no check values
        raise DataDamaged(row.id, "its entry in the list of runs") from None
