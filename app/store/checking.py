"""Giving check values to what older versions recorded, piece by piece, while the server works."""

import json
from typing import Any

import apsw

from .check_values import value_in_sql

_EVENTS = 500


def check_piece(connection: apsw.Connection) -> bool:
    """Gives check values to some more events and arrays of a run; False if all have them."""
    found = connection.execute("SELECT run, seq FROM unchecked_runs ORDER BY run LIMIT 1").get
    if found is None:
        return False
    run, done = found
    sql = (
        "SELECT max(seq) FROM "
        "(SELECT seq FROM events WHERE run = ? AND seq > ? ORDER BY seq LIMIT ?)"
    )
    until = connection.execute(sql, (run, done, _EVENTS)).get
    if until is None:
        _finish(connection, run)
    else:
        _check_between(connection, run, done, until)
        connection.execute("UPDATE unchecked_runs SET seq = ? WHERE run = ?", (until, run))
    return True


def _check_between(connection: apsw.Connection, run: int, after: int, until: int) -> None:
    key = {"run": run, "after": after, "until": until}
    within = "run = :run AND seq > :after AND seq <= :until"
    for table in ("arrays", "thinned"):
        connection.execute(
            f"INSERT OR IGNORE INTO array_checks SELECT run, seq, name, {value_in_sql('arrays')} "
            f"FROM {table} WHERE {within}",
            key,
        )
    connection.execute(
        "UPDATE events SET arrays = (SELECT count(*) FROM array_checks c WHERE c.run = events.run "
        f"AND c.seq = events.seq) WHERE {within} AND check_value IS NULL",
        key,
    )
    connection.execute(
        f"UPDATE events SET check_value = {value_in_sql('events')} "
        f"WHERE {within} AND check_value IS NULL",
        key,
    )


def _finish(connection: apsw.Connection, run: int) -> None:
    """Counts a run's events and closes its row."""
    sql = "SELECT kind, count(*) FROM events WHERE run = ? GROUP BY kind"
    counted: Any = connection.execute(sql, (run,)).fetchall()
    told = json.dumps(dict(counted))
    connection.execute("UPDATE runs SET told = ? WHERE number = ?", (told, run))
    sql = f"UPDATE runs SET check_value = {value_in_sql('runs')} WHERE number = ?"
    connection.execute(sql, (run,))
    connection.execute("DELETE FROM unchecked_runs WHERE run = ?", (run,))
