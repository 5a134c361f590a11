"""Deleting a run: gone from every answer at once, its room given back in pieces.

One transaction for all of it would write the run's size into the write-ahead log first, on a disk
that may be full. So a run is marked deleted, and its rows go piece by piece, then the pages that
they leave at the end of the file. Whatever ends the server in between, the next one goes on.
"""

import apsw

from . import external_runs
from .errors import RunUnknown

PIECE_BYTES = 8 * 1024**2
_OVERHEAD_BYTES = 512  # that a row costs beside its data, with its entries in the indexes
_TABLES = {
    "arrays": "length(data)",
    "events": "length(body)",
    "thinned": "0",
    "array_checks": "0",
    "checkpoints": "length(data)",
    "crash_reports": "length(report)",
    "beginnings": "length(data)",
    "numerics": "0",
}


def mark_deleted(connection: apsw.Connection, run_id: str) -> None:
    """Takes a run out of every answer; `delete_piece` deletes what it leaves.

    Raises:
        RunUnknown: there is none of that id.
    """
    number = connection.execute("SELECT number FROM runs WHERE id = ?", (run_id,)).get
    if number is None:
        raise RunUnknown(run_id)
    connection.execute("DELETE FROM unchecked_runs WHERE run = ?", (number,))
    connection.execute("DELETE FROM runs WHERE number = ?", (number,))
    leave_behind(connection, number, run_id)


def leave_behind(connection: apsw.Connection, number: int, run_id: str) -> None:
    """Leaves what a run told to `delete_piece`, when its row is gone already."""
    connection.execute("INSERT INTO deleted_runs VALUES (?)", (number,))
    external_runs.forget(connection, run_id)


def delete_piece(connection: apsw.Connection, size_bytes: int = PIECE_BYTES) -> bool:
    """Deletes about so many bytes of deleted runs; False if none of them has left anything."""
    left: list[int] = [run for (run,) in connection.execute("SELECT run FROM deleted_runs")]
    for run in left:
        for table, size_of_row in _TABLES.items():
            size_bytes -= _delete_rows(connection, run, table, size_of_row, size_bytes)
            if size_bytes <= 0:
                return True
        connection.execute("DELETE FROM deleted_runs WHERE run = ?", (run,))
    return bool(left)


def release_pages(connection: apsw.Connection, size_bytes: int = PIECE_BYTES) -> bool:
    """Cuts about so many bytes of free pages off the end of the file; False if there are none."""
    pages = max(1, size_bytes // int(connection.pragma("page_size")))
    if not connection.pragma("freelist_count"):
        return False
    connection.execute(f"PRAGMA incremental_vacuum({pages})").fetchall()  # one page a row
    return True


def _delete_rows(
    connection: apsw.Connection, run: int, table: str, size_of_row: str, size_bytes: int
) -> int:
    """Deletes rows of a run until they make up so many bytes; returns how many they did."""
    rows, size = [], 0
    sql = f"SELECT rowid, {size_of_row} FROM {table} WHERE run = ?"
    for row, bytes_of_row in connection.execute(sql, (run,)):
        rows.append((row,))
        size += bytes_of_row + _OVERHEAD_BYTES
        if size >= size_bytes:
            break
    connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", rows)
    return size
