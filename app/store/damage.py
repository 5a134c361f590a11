"""SQLite's errors that mean damage, told as such; and what a damaged database is good for."""

import contextlib
from collections.abc import Iterator

import apsw

from .errors import DatabaseGone, DataDamaged, StoreError

DAMAGE = (
    apsw.CorruptError,
    apsw.NotADBError,
    apsw.TooBigError,
    apsw.NoMemError,
    UnicodeDecodeError,
)
"""What SQLite or its binding raises where a page isn't what was written."""
_SCHEMA_DAMAGED = ("no such", "malformed", "no query solution")


@contextlib.contextmanager
def damage_told(run_id: str | None = None) -> Iterator[None]:
    """Turns what SQLite says of a damaged, missing or busy file into errors of the store.

    Raises:
        DataDamaged: a page isn't what was written.
        DatabaseGone: the file can't be opened any more.
        StoreError: the disk can't be read.
    """
    try:
        yield
    except DAMAGE:
        raise DataDamaged(run_id, "a page of the database") from None
    except apsw.SQLError as problem:
        if not str(problem).startswith(_SCHEMA_DAMAGED):
            raise
        raise DataDamaged(run_id, "the page that says what there is") from None
    except apsw.CantOpenError as problem:
        raise DatabaseGone(f"the database can't be opened any more: {problem}") from None
    except apsw.IOError as problem:
        if getattr(problem, "extendedresult", 0) == apsw.SQLITE_IOERR_SHORT_READ:
            raise DataDamaged(run_id, "a file that was cut off") from None
        raise StoreError(f"the disk can't be read just now: {problem}") from None
    except apsw.BusyError:
        raise StoreError("another program keeps the database locked") from None


def can_be_used(connection: apsw.Connection) -> bool:
    """Tells whether anything can be read of runs and of events: from one end or the other."""
    return all(
        _is_readable(connection, f"SELECT * FROM {table} ORDER BY rowid LIMIT 1")
        or _is_readable(connection, f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1")
        for table in ("runs", "events")
    )


def _is_readable(connection: apsw.Connection, sql: str) -> bool:
    try:
        connection.execute(sql).fetchall()
    except DAMAGE:
        return False
    return True
