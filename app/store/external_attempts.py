"""Starts of a program under one key: who told which items, so that no file counts twice."""

from typing import Any, NamedTuple

import apsw

from .check_values import COVERED, check_value
from .errors import DataDamaged

_COLUMNS = ", ".join(COVERED["external_attempts"])


class ToldAttempt(NamedTuple):
    """One start of a program, as it was told of here.

    Attributes:
        attempt: its number under the key, from 1.
        client: the process.
        first: the number that its first item has in the run.
        from_step: updates that were made before it.
        is_recorded: whether it was told out of a file, by somebody else than the program.
    """

    key: str
    attempt: int
    client: str
    first: int = 1
    from_step: int = 0
    is_recorded: bool = False


def attempts_of(connection: apsw.Connection, key: str) -> list[ToldAttempt]:
    """Returns all that are on record under a key, the first one first.

    Raises:
        DataDamaged: one isn't what was written.
    """
    sql = f"SELECT {_COLUMNS}, check_value FROM external_attempts WHERE key = ? ORDER BY attempt"
    rows: Any = connection.execute(sql, (key,))
    found = []
    for *values, value in rows:
        if value != check_value(*values):
            raise DataDamaged(None, "which programs have told it")
        found.append(ToldAttempt(*values)._replace(is_recorded=bool(values[-1])))
    return found


def add(connection: apsw.Connection, attempt: ToldAttempt) -> None:
    """Adds one; in the place of one of its number, if there is one."""
    values = (*attempt[:-1], int(attempt.is_recorded))
    marks = ", ".join("?" * (len(values) + 1))
    sql = f"INSERT OR REPLACE INTO external_attempts ({_COLUMNS}, check_value) VALUES ({marks})"
    connection.execute(sql, (*values, check_value(*values)))
