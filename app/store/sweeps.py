"""Runs that were asked for together: what they differ in, and whether they are to go on."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import apsw

from ..events import RunStopped, encode
from . import log, runs
from .check_values import COVERED, check_value, value_in_sql
from .deletion import mark_deleted
from .errors import DataDamaged, RunUnknown, SweepChanged, SweepUnknown
from .runs import NewRun

WantedOfSweep = Literal["paused", "running", "stopped"]  # the order in which requests say it
_COLUMNS = ", ".join(COVERED["sweeps"])
# After those that may be taken back, too: those keep their places among the others.
_NEXT = """SELECT 1 + coalesce(max(place), 0) FROM (
    SELECT max(rowid) AS place FROM sweeps UNION ALL SELECT max(place) FROM removed_sweeps)"""
_CHECK = f"UPDATE sweeps SET check_value = {value_in_sql('sweeps')} WHERE id = ?"
_NOT_BEGUN = frozenset({"queued", "interrupted"})


class KeptSweep(NamedTuple):
    """A sweep as it stands.

    Attributes:
        status: what people want of it: `running`, `paused` or `stopped`.
        plan: what its runs differ in, as JSON.
        created_at: seconds since 1970.
    """

    id: str
    name: str
    status: str
    plan: str
    created_at: float


def create(
    connection: apsw.Connection, sweep: KeptSweep, members: Sequence[NewRun], created_at: float
) -> None:
    """Adds a sweep with all of its runs, queued."""
    insert(connection, sweep)
    for run in members:
        runs.insert(connection, run, created_at)


def insert(connection: apsw.Connection, sweep: KeptSweep) -> None:
    """Adds a sweep alone, as the newest."""
    marks = ", ".join("?" * (len(sweep) + 1))
    sql = f"INSERT INTO sweeps (rowid, {_COLUMNS}, check_value) VALUES (({_NEXT}), {marks})"
    connection.execute(sql, (*sweep, check_value(*sweep)))


def find(connection: apsw.Connection, sweep_id: str) -> KeptSweep | None:
    """Finds the sweep of that id, if there is one.

    Raises:
        DataDamaged: it isn't what was written.
    """
    sql = f"SELECT {_COLUMNS}, check_value FROM sweeps WHERE id = ?"
    row: Any = next(iter(connection.execute(sql, (sweep_id,))), None)
    return None if row is None else _checked(row)


def newest(connection: apsw.Connection, limit: int) -> list[KeptSweep]:
    """Returns at most `limit` sweeps, newest first; raises as `find`."""
    sql = f"SELECT {_COLUMNS}, check_value FROM sweeps ORDER BY rowid DESC LIMIT ?"
    return [_checked(row) for row in connection.execute(sql, (limit,))]


def change(connection: apsw.Connection, sweep_id: str, changes: dict[str, Any]) -> None:
    """Changes a sweep's name, or what is wanted of it; what was stopped stays so.

    Raises:
        SweepUnknown: there is none of that id.
        DataDamaged: its row isn't what was written.
    """
    sweep = find(connection, sweep_id)
    if sweep is None:
        raise SweepUnknown(sweep_id)
    if sweep.status == "stopped":
        changes = {name: value for name, value in changes.items() if name != "status"}
    changed = sweep._replace(**changes)
    sql = "UPDATE sweeps SET name = ?, status = ? WHERE id = ?"
    connection.execute(sql, (changed.name, changed.status, sweep_id))
    connection.execute(_CHECK, (sweep_id,))


def extend(
    connection: apsw.Connection,
    before: KeptSweep,
    after: KeptSweep,
    members: Sequence[NewRun],
    created_at: float,
) -> None:
    """Adds queued runs to a sweep, whose plan has them now; nothing if it isn't as it was `before`.

    Raises:
        SweepUnknown: it was deleted.
        SweepChanged: somebody extended or stopped it meanwhile.
        DataDamaged: its row isn't what was written.
    """
    now = find(connection, before.id)
    if now is None:
        raise SweepUnknown(before.id)
    if (now.plan, now.status) != (before.plan, before.status):
        raise SweepChanged(before.id)
    sql = "UPDATE sweeps SET plan = ?, status = ? WHERE id = ?"
    connection.execute(sql, (after.plan, after.status, before.id))
    connection.execute(_CHECK, (before.id,))
    for run in members:
        runs.insert(connection, run, created_at)


def delete(connection: apsw.Connection, sweep_id: str, seen: Sequence[str] | None) -> None:
    """Takes a sweep and all of its runs out of every answer; raises as `members_as_seen`."""
    for run_id in members_as_seen(connection, sweep_id, seen):
        mark_deleted(connection, run_id)
    connection.execute("DELETE FROM sweeps WHERE id = ?", (sweep_id,))


def members_as_seen(
    connection: apsw.Connection, sweep_id: str, seen: Sequence[str] | None
) -> list[str]:
    """Returns the ids of a sweep's runs, which are those that were `seen`, if that is said.

    Raises:
        SweepUnknown: it was deleted.
        SweepChanged: some were added or deleted meanwhile.
    """
    if connection.execute("SELECT 1 FROM sweeps WHERE id = ?", (sweep_id,)).get is None:
        raise SweepUnknown(sweep_id)
    found = connection.execute("SELECT id FROM runs WHERE sweep = ?", (sweep_id,))
    members: list[str] = [run_id for (run_id,) in found]
    if seen is not None and set(members) != set(seen):
        raise SweepChanged(sweep_id)
    return members


def stop_waiting(
    connection: apsw.Connection, run_ids: Sequence[str], recorded_at: float
) -> dict[str, Any]:
    """Ends those of some runs that nobody trains; returns the events of each, numbered."""
    told = {}
    for run_id in run_ids:
        try:
            run = runs.find(connection, run_id)
            if run is None or run.status not in _NOT_BEGUN:
                continue
            events = [encode(RunStopped(step=run.step), run.step)]
            told[run_id] = log.append(connection, run_id, events, run.training_seconds, recorded_at)
        except (DataDamaged, RunUnknown):  # the others end all the same
            continue
    return told


def _checked(row: Any) -> KeptSweep:
    *values, value = row
    sweep = KeptSweep(*values)
    if value != check_value(*values):
        raise DataDamaged(None, f"the sweep {sweep.id}")
    return sweep
