"""The list of runs: whole, or with the names of those that can't be read any more."""

import logging
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any, NamedTuple, TypeVar, get_args

import apsw

from ..events import Status
from ..external.described import Source
from .damage import DAMAGE
from .recorded_run import COLUMNS
from .runs import RunRow, numbered, whole_run

_LOG = logging.getLogger("filterscope.store")
LARGEST = 2**62
T = TypeVar("T")
_BETWEEN = "WHERE number < ? AND number >= ? ORDER BY number DESC"
_LISTED = f"SELECT number, id FROM runs INDEXED BY runs_in_order {_BETWEEN}"


class Page(NamedTuple):
    """Some of the runs, newest first, and those between them whose entry is damaged."""

    rows: list[RunRow]
    damaged: list["DamagedRun"]


class DamagedRun(NamedTuple):
    """A run of which there is a trace, but whose entry isn't what was written."""

    number: int
    id: str | None


def newest(
    connection: apsw.Connection, limit: int, before: int | None = None, since: int = 0
) -> Page:
    """Returns at most `limit` runs, newest first, of those numbered below `before` and from `since`
    on.

    The table and an index of it are read side by side: a run that is in one of them only is
    damaged.
    """
    rows = undamaged(connection, limit, before, since, whole_run)
    if rows is None:
        return one_by_one(connection, LARGEST if before is None else before, since, limit)
    return Page(rows, [])


def undamaged(
    connection: apsw.Connection,
    limit: int,
    before: int | None,
    since: int,
    read: Callable[[tuple[Any, ...]], T | None],
) -> list[T] | None:
    """Returns what `read` makes of each of these rows, newest first; None if one is damaged."""
    key = (LARGEST if before is None else before, since, limit)
    sql = f"SELECT {COLUMNS} FROM runs {_BETWEEN} LIMIT ?"
    try:
        found: Any = connection.execute(sql, key).fetchall()
        listed: Any = connection.execute(f"{_LISTED} LIMIT ?", key).fetchall()
    except DAMAGE:
        return None
    if [(row[0], row[1]) for row in found] != listed:
        return None
    rows = [run for values in found if (run := read(values)) is not None]
    return rows if len(rows) == len(found) else None


def of_status(
    connection: apsw.Connection, statuses: Collection[Status], source: Source
) -> list[RunRow]:
    """Returns all runs from that source whose status is one of these, oldest first.

    One whose row is damaged is left out: the others are to go on.
    """
    marks = ", ".join("?" * len(statuses))
    sql = f"SELECT number FROM runs INDEXED BY runs_by_status WHERE status IN ({marks})"
    numbers: Any
    if _indexed_counts(connection) is None:
        numbers = [(row.number,) for row in one_by_one(connection).rows]
    else:
        numbers = connection.execute(sql, sorted(statuses)).fetchall()
    found = {number: numbered(connection, number) for (number,) in sorted(numbers)}
    for number in (number for number, run in found.items() if run is None):
        _LOG.error("run number %d is damaged, so it doesn't go on", number)
    return [
        run
        for run in found.values()
        if run and run.described.source == source and run.status in statuses
    ]


def count_by_status(connection: apsw.Connection) -> dict[str, int]:
    """Counts how many runs there are of each status that occurs, leaving damaged ones out."""
    counts = _indexed_counts(connection)
    if counts is None:
        rows = one_by_one(connection).rows
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


def one_by_one(
    connection: apsw.Connection, before: int = LARGEST, since: int = 0, limit: int = LARGEST
) -> Page:
    """Lists runs where a part of the list is damaged: each is looked up by itself."""
    by_table = f"SELECT number, NULL FROM runs NOT INDEXED {_BETWEEN}"
    ids: dict[int, str | None] = {}
    for sql in (by_table, _LISTED):
        try:
            ids.update(
                (number, run_id) for number, run_id in connection.execute(sql, (before, since))
            )
        except DAMAGE:
            continue  # what came before is there
    page = Page([], [])
    for number, run_id in sorted(ids.items(), reverse=True):
        row = numbered(connection, number)
        if row is None or run_id not in (None, row.id):
            page.damaged.append(DamagedRun(number, run_id))
        else:
            page.rows.append(row)
        if len(page.rows) == limit:
            break
    return page
