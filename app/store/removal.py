"""Runs and sweeps that were deleted and can be taken back for a while: their rows lie in tables of
their own.

Out of the table of runs, no answer knows them; what they told stays where it is. Each of the three
ways (out, back, and out for good) is one transaction, so that a run is always whole in one place.
"""

import json
from collections.abc import Sequence
from typing import Any

import apsw

from . import sweeps
from .check_values import value_in_sql
from .deletion import leave_behind
from .errors import DeletionOver, RunUnknown, SweepRemoved

_LEFT = "SELECT seq FROM unchecked_runs WHERE run = ?"  # of an older version: checked up to here


def remove(connection: apsw.Connection, deletion: str, ids: Sequence[str], until: float) -> None:
    """Takes runs out of every answer; they can be taken back until they are gone for good, soon
    after `until`, in seconds since 1970.

    Raises:
        RunUnknown: there is none of one of these ids; then all stay.
    """
    names = _columns(connection, "runs")
    for run_id in ids:
        sql = f"SELECT {', '.join(names)} FROM runs WHERE id = ?"
        values: Any = connection.execute(sql, (run_id,)).fetchone()
        if values is None:
            raise RunUnknown(run_id)
        row = dict(zip(names, values, strict=True))
        number = row["number"]
        checked = connection.execute(_LEFT, (number,)).get
        sql = "INSERT INTO removed_runs VALUES (?, ?, ?, ?, ?, ?)"
        connection.execute(sql, (number, run_id, deletion, until, json.dumps(row), checked))
        connection.execute("DELETE FROM unchecked_runs WHERE run = ?", (number,))
        connection.execute("DELETE FROM runs WHERE number = ?", (number,))


def remove_sweep(
    connection: apsw.Connection,
    deletion: str,
    sweep_id: str,
    seen: Sequence[str] | None,
    until: float,
) -> None:
    """Takes a sweep out of every answer with all of its runs, as `remove` does; raises as
    `sweeps.members_as_seen`.
    """
    members = sweeps.members_as_seen(connection, sweep_id, seen)
    names = _columns(connection, "sweeps")
    sql = f"SELECT rowid, {', '.join(names)} FROM sweeps WHERE id = ?"
    found: Any = connection.execute(sql, (sweep_id,)).fetchone()
    place, *values = found
    remove(connection, deletion, members, until)
    row = json.dumps(dict(zip(names, values, strict=True)))
    connection.execute("DELETE FROM sweeps WHERE id = ?", (sweep_id,))
    sql = "INSERT INTO removed_sweeps VALUES (?, ?, ?, ?)"
    connection.execute(sql, (deletion, place, until, row))


def take_back(connection: apsw.Connection, deletion: str) -> list[str]:
    """Puts the runs of a deletion back where they were, and its sweep; returns the runs' ids.

    Raises:
        DeletionOver: they are gone for good, or there was no such deletion.
        SweepRemoved: the sweep of one of them was deleted later; that has to come back before.
    """
    sql = "SELECT number, id, kept, checked FROM removed_runs WHERE deletion = ? ORDER BY number"
    removed: list[Any] = connection.execute(sql, (deletion,)).fetchall()
    is_sweep = _sweep_back(connection, deletion)
    if not removed and not is_sweep:
        raise DeletionOver(deletion)
    for number, _, kept, checked in removed:
        row = json.loads(kept)
        marks = ", ".join(f":{name}" for name in row)
        connection.execute(f"INSERT INTO runs ({', '.join(row)}) VALUES ({marks})", row)
        if checked is not None:
            connection.execute("INSERT INTO unchecked_runs VALUES (?, ?)", (number, checked))
        if row["sweep"] is not None:
            _find_sweep(connection, number, row["sweep"])
    connection.execute("DELETE FROM removed_runs WHERE deletion = ?", (deletion,))
    return [run_id for _, run_id, *_ in removed]


def _sweep_back(connection: apsw.Connection, deletion: str) -> bool:
    """Puts the sweep of a deletion back, if it has one, in its place unless another has that."""
    sql = "SELECT place, kept FROM removed_sweeps WHERE deletion = ?"
    found: Any = connection.execute(sql, (deletion,)).fetchone()
    if found is None:
        return False
    place, kept = found
    is_taken = connection.execute("SELECT 1 FROM sweeps WHERE rowid = ?", (place,)).get is not None
    row = {"rowid": None if is_taken else place, **json.loads(kept)}
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO sweeps ({', '.join(row)}) VALUES ({marks})", row)
    connection.execute("DELETE FROM removed_sweeps WHERE deletion = ?", (deletion,))
    return True


def _find_sweep(connection: apsw.Connection, number: int, sweep_id: str) -> None:
    """Has a run that is back be one of no sweep any more, if its sweep is gone for good."""
    if connection.execute("SELECT 1 FROM sweeps WHERE id = ?", (sweep_id,)).get is not None:
        return
    sql = "SELECT 1 FROM removed_sweeps WHERE kept ->> 'id' = ?"
    if connection.execute(sql, (sweep_id,)).get is not None:
        raise SweepRemoved(sweep_id)
    value = value_in_sql("runs")
    sql = f"SELECT check_value = {value} FROM runs WHERE number = ?"
    if connection.execute(sql, (number,)).get:  # else it stays as it is, and is told as damaged
        sql = "UPDATE runs SET sweep = NULL, place = NULL WHERE number = ?"
        connection.execute(sql, (number,))
        connection.execute(f"UPDATE runs SET check_value = {value} WHERE number = ?", (number,))


def give_up(connection: apsw.Connection, now: float) -> None:
    """Deletes for good what nobody has taken back in time."""
    sql = "SELECT number, id FROM removed_runs WHERE until <= ?"
    overdue: list[Any] = connection.execute(sql, (now,)).fetchall()
    for number, run_id in overdue:
        leave_behind(connection, number, run_id)
    for table in ("removed_runs", "removed_sweeps"):
        connection.execute(f"DELETE FROM {table} WHERE until <= ?", (now,))


def next_end(connection: apsw.Connection) -> float | None:
    """Returns when the next of them is to be deleted for good; None where there is none."""
    both = "SELECT until FROM removed_runs UNION ALL SELECT until FROM removed_sweeps"
    until: float | None = connection.execute(f"SELECT min(until) FROM ({both})").get
    return until


def _columns(connection: apsw.Connection, table: str) -> list[str]:
    """Returns those that are written, and follow from no others."""
    sql = "SELECT name FROM pragma_table_info(?)"
    return [name for (name,) in connection.execute(sql, (table,))]
