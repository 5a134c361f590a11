"""Runs that a program elsewhere tells: who may tell them, how far they are, and how to go on.

A row outlives its run, so that whoever goes on telling a deleted one learns of it.
"""

from typing import Any, NamedTuple

import apsw

from .check_values import COVERED, check_value, value_in_sql
from .errors import DataDamaged

_COLUMNS = ", ".join(COVERED["external_runs"])
_CHECK = f"UPDATE external_runs SET check_value = {value_in_sql('external_runs')} WHERE key = ?"


class ExternalRun(NamedTuple):
    """How far the telling of a run is.

    Attributes:
        key: the program's own name for it, which it keeps when it begins again.
        attempt: at which start of the program it is told; older ones are shut out.
        client: the process that tells it.
        next: the number of the item that is wanted, from 1.
        step: that this attempt has reached.
        telling: what the next batch is told with, as JSON; None before the first.
    """

    key: str
    run_id: str
    attempt: int
    client: str
    next: int = 1
    step: int = 0
    telling: str | None = None


class Overtaken(Exception):
    """Another batch, or another attempt, was recorded in between."""


def find(connection: apsw.Connection, key: str) -> ExternalRun | None:
    """Finds what is told under a key, whether its run is still there or not.

    Raises:
        DataDamaged: it isn't what was written.
    """
    sql = f"SELECT {_COLUMNS}, check_value FROM external_runs WHERE key = ?"
    row: Any = next(iter(connection.execute(sql, (key,))), None)
    if row is None:
        return None
    *values, value = row
    found = ExternalRun(*values)
    if value != check_value(*values):
        raise DataDamaged(found.run_id, "how far a program has told it")
    return found


def insert(connection: apsw.Connection, told: ExternalRun) -> None:
    """Adds one. Raises Overtaken if the key is taken."""
    values = (*told, check_value(*told))
    try:
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO external_runs ({_COLUMNS}, check_value) VALUES ({marks})"
        connection.execute(sql, values)
    except apsw.ConstraintError:
        raise Overtaken from None


def replace(connection: apsw.Connection, before: ExternalRun, now: ExternalRun) -> None:
    """Notes how far it is now. Raises Overtaken unless it was as `before` until then."""
    if find(connection, before.key) != before:
        raise Overtaken
    changed = [name for name in ExternalRun._fields if name != "key"]
    sets = ", ".join(f"{name} = :{name}" for name in changed)
    connection.execute(f"UPDATE external_runs SET {sets} WHERE key = :key", now._asdict())
    connection.execute(_CHECK, (now.key,))


def forget(connection: apsw.Connection, run_id: str) -> None:
    """Lets go of what a deleted run was told with."""
    sql = "SELECT key FROM external_runs WHERE run_id = ?"
    for (key,) in connection.execute(sql, (run_id,)).fetchall():
        connection.execute("UPDATE external_runs SET telling = NULL WHERE key = ?", (key,))
        connection.execute(_CHECK, (key,))
