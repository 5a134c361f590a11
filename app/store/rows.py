"""Rows of one run, each compared with its check value, and all of them counted.

A page of the database that lost its content may take rows away without a trace, or entries of an
index. So whatever is read is also counted: events have numbers without gaps, a run's row says how
many there are of each kind, an event how many arrays lie beside it.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import apsw

from ..events import StoredArray
from .recorded_run import RecordedRun

_EVENT = "seq, kind, step, body, arrays, check_value"
_ARRAY = "a.run, a.seq, a.name, a.shape, a.sha256, c.check_value"


class EventRow(NamedTuple):
    """An event as it is on record; `arrays` is how many came with it, None if nobody counted."""

    seq: int
    kind: str
    step: int
    body: str
    arrays: int | None


class ArrayRow(NamedTuple):
    """An array beside an event, or one that was thinned, by its name, shape and hash."""

    seq: int
    name: str
    shape: tuple[int, ...]
    sha256: bytes


def events_after(connection: apsw.Connection, run: RecordedRun, seq: int) -> Iterator[EventRow]:
    """Yields a run's events after `seq`, in order, up to the last.

    Raises:
        DataDamaged: one isn't what was written, or is missing.
    """
    if seq >= run.last_seq:
        return
    sql = f"SELECT {_EVENT} FROM events WHERE run = ? AND seq > ? ORDER BY seq"
    for columns in connection.execute(sql, (run.number, seq)):
        seq += 1
        row = _event(run, columns)
        if row.seq != seq:
            break
        yield row
    if seq != run.last_seq:
        raise run.damaged(f"event {seq} of {run.last_seq}")


def events_but(
    connection: apsw.Connection, run: RecordedRun, kind: str, seq: int, until: int
) -> Iterator[EventRow]:
    """Yields a run's events after `seq` up to `until` that aren't of a kind, in order.

    Raises:
        DataDamaged: one isn't what was written; what is missing `check_count` knows.
    """
    sql = (
        f"SELECT {_EVENT} FROM events WHERE run = ? AND seq > ? AND seq <= ? AND kind <> ? "
        "ORDER BY seq"
    )
    for columns in connection.execute(sql, (run.number, seq, until, kind)):
        yield _event(run, columns)


def check_count(connection: apsw.Connection, run: RecordedRun, seq: int, until: int) -> None:
    """Raises DataDamaged unless all events after `seq` up to `until` are there, of any kind."""
    sql = "SELECT count(*) FROM events WHERE run = ? AND seq > ? AND seq <= ?"
    if connection.execute(sql, (run.number, seq, until)).get != max(0, until - seq):
        raise run.damaged(f"an event between {seq + 1} and {until}")


def events_of_kind(
    connection: apsw.Connection, run: RecordedRun, kind: str, after_step: int = -1
) -> list[EventRow]:
    """Returns a run's events of one kind, in order, of those recorded after step `after_step`.

    Raises:
        DataDamaged: one isn't what was written, or some are missing.
    """
    of_kind = "FROM events INDEXED BY events_by_kind WHERE run = ? AND kind = ?"
    key = (run.number, kind)
    sql = f"SELECT {_EVENT} {of_kind} AND step > ?"
    found = [_event(run, columns) for columns in connection.execute(sql, (*key, after_step))]
    if after_step >= 0:  # the one before: if its step isn't what the index says, it belongs here
        sql = f"SELECT {_EVENT} {of_kind} AND step <= ? ORDER BY step DESC LIMIT 1"
        for columns in connection.execute(sql, (*key, after_step)):
            _event(run, columns)
    if run.told is not None:
        count = connection.execute(f"SELECT count(*) {of_kind}", key).get
        if count != run.told.get(kind, 0) or len({row.seq for row in found}) != len(found):
            raise run.damaged(f"the list of its {kind} events")
    return sorted(found)


def latest_of_kind(
    connection: apsw.Connection, run: RecordedRun, kind: str, step: int
) -> EventRow | None:
    """Returns a run's last event of a kind up to a step; raises as `events_of_kind`, but doesn't
    count them.
    """
    sql = (
        f"SELECT {_EVENT} FROM events INDEXED BY events_by_kind "
        "WHERE run = ? AND kind = ? AND step <= ? ORDER BY step DESC, seq DESC LIMIT 1"
    )
    found = next(connection.execute(sql, (run.number, kind, step)), None)
    return None if found is None else _event(run, found)


def arrays_of(
    connection: apsw.Connection, run: RecordedRun, seq: int | None = None
) -> list[ArrayRow]:
    """Returns what is known of a run's arrays, or of those of one event, in order.

    Raises:
        DataDamaged: one isn't what was written.
    """
    return [_array_row(run, found) for found in _select(connection, run, "arrays", _ARRAY, seq)]


def thinned_of(
    connection: apsw.Connection, run: RecordedRun, seq: int | None = None
) -> list[ArrayRow]:
    """Returns what is known of a run's arrays that gave way to newer ones; raises likewise."""
    return [_array_row(run, found) for found in _select(connection, run, "thinned", _ARRAY, seq)]


def stored_arrays(
    connection: apsw.Connection, run: RecordedRun, seq: int, name: str | None = None
) -> list[StoredArray]:
    """Returns the arrays of an event, in order, or the one of that name if there is one.

    Raises:
        DataDamaged: one isn't what was written.
    """
    arrays = []
    for *columns, data in _select(connection, run, "arrays", f"{_ARRAY}, a.data", seq, name):
        row = _array_row(run, columns)
        if hashlib.sha256(data).digest() != row.sha256:
            raise run.damaged(f"the array {row.name}")
        arrays.append(StoredArray(row.name, row.shape, data))
    return arrays


def is_thinned(connection: apsw.Connection, run: RecordedRun, event: EventRow) -> bool:
    """Tells whether the arrays of an event gave way to newer ones.

    Raises:
        DataDamaged: some of them are missing without that.
    """
    there = len(arrays_of(connection, run, event.seq))
    gone = len(thinned_of(connection, run, event.seq))
    if event.arrays is not None and (there, gone) not in ((event.arrays, 0), (0, event.arrays)):
        raise run.damaged(f"the list of arrays of event {event.seq}")
    return gone > 0


def _event(run: RecordedRun, columns: Any) -> EventRow:
    *known, value = columns
    if not run.accepts(value, run.number, *known):
        raise run.damaged(f"event {known[0]}")
    return EventRow(*known)


def _select(
    connection: apsw.Connection,
    run: RecordedRun,
    table: str,
    columns: str,
    seq: int | None,
    name: str | None = None,
) -> Iterator[Any]:
    of_event = "" if seq is None else "AND a.seq = :seq"
    of_name = "" if name is None else "AND a.name = :name"
    sql = (
        f"SELECT {columns} FROM {table} a LEFT JOIN array_checks c USING (run, seq, name) "
        f"WHERE a.run = :run {of_event} {of_name} ORDER BY a.rowid"
    )
    return connection.execute(sql, {"run": run.number, "seq": seq, "name": name})


def _array_row(run: RecordedRun, columns: Any) -> ArrayRow:
    *known, value = columns
    _, seq, name, shape, sha256 = known
    if not run.accepts(value, *known):
        raise run.damaged(f"the array {name}")
    return ArrayRow(seq, name, tuple(json.loads(shape)), sha256)
