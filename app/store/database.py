"""Connections: one that writes, some that read, and the claim that keeps other processes off."""

import contextlib
import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw

from ..private_files import make_private_file
from .check_values import offer_check_values
from .damage import DAMAGE, damage_told
from .data_folder import refuse_a_strangers
from .errors import DatabaseInUse, DatabaseUnusable
from .presence import Presence

BUSY_MILLISECONDS = 5000
_READER_CACHE_KIBIBYTES = 256  # there may be dozens of readers, and the system caches the file


class Claim:
    """The right to use a database, held by one process and given up by the kernel when it dies.

    It is an exclusive transaction on an empty SQLite file beside the database: a lock that works
    wherever SQLite does.
    """

    def __init__(self, database: Path) -> None:
        path = database.with_suffix(".lock")
        make_private_file(path)
        refuse_a_strangers(path)
        # Of a file that it may only read, SQLite would give the lock to as many as ask.
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        self._connection = apsw.Connection(str(path), flags=flags)
        if self._connection.readonly("main"):
            self._connection.close()
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except apsw.BusyError:
            self._connection.close()
            raise DatabaseInUse(
                f"{database} is in use by another Filterscope: stop that one, or point "
                "FILTERSCOPE_DATA at another folder"
            ) from None

    def release(self) -> None:
        """Lets another process in."""
        self._connection.close()


def open_writer(path: Path) -> apsw.Connection:
    """Opens the one connection that writes and checkpoints: WAL, and every commit is on disk.

    Raises:
        DatabaseUnusable: the file isn't a database.
    """
    make_private_file(path)  # SQLite gives the log beside it the same mode
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(BUSY_MILLISECONDS)  # somebody may look at it with other tools
    offer_check_values(connection)
    try:
        connection.pragma("cell_size_check", True)
        connection.pragma("auto_vacuum", 2)  # incremental: a deleted run gives its disk space back
        connection.pragma("journal_mode", "wal")
    except apsw.NotADBError:
        connection.close()
        raise DatabaseUnusable(
            f"{path} isn't a database: move it away, or point FILTERSCOPE_DATA at another folder"
        ) from None
    except DAMAGE as problem:
        connection.close()
        raise DatabaseUnusable(
            f"{path} is damaged ({problem}): restore a copy, or have “salvage” make a new folder "
            "of what is whole"
        ) from None
    connection.pragma("synchronous", "full")
    return connection


@contextlib.contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Writes from its beginning: one that only reads at first may find it can't write any more."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


class Readers:
    """Read-only connections, as many as are in use at once, kept for the next reader."""

    def __init__(self, path: Path, presence: Presence) -> None:
        self._path = path
        self._presence = presence
        self._lock = threading.Lock()
        self._idle: list[apsw.Connection] = []
        self._closed = False

    @contextlib.contextmanager
    def connection(self, run_id: str | None = None) -> Iterator[apsw.Connection]:
        """Yields a connection for this thread alone, inside one read transaction: one view of the
        data. It is about the run `run_id`, if any.

        Raises:
            DataDamaged: what is read isn't what was written.
            DatabaseGone: the database was taken away or replaced.
            StoreError: the disk can't be read.
        """
        self._presence.check()
        with damage_told(run_id):
            reader = self._taken() or self._opened()
            try:
                reader.execute("BEGIN")
                yield reader
                reader.execute("ROLLBACK")  # which an index that is damaged keeps nobody from
            except BaseException:
                reader.close()  # whatever it met, the next one begins anew
                raise
            self._put_back(reader)

    def close(self) -> None:
        """Closes the idle connections now and each other one when its reader is done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.close()

    def _taken(self) -> apsw.Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _opened(self) -> apsw.Connection:
        reader = apsw.Connection(str(self._path), flags=apsw.SQLITE_OPEN_READONLY)
        reader.set_busy_timeout(BUSY_MILLISECONDS)
        reader.pragma("cache_size", -_READER_CACHE_KIBIBYTES)
        reader.pragma("cell_size_check", True)
        return reader

    def _put_back(self, reader: apsw.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(reader)
                return
        reader.close()
