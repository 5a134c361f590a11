"""Keeping the write-ahead log short: what it holds is put into the database as it grows."""

import logging
import time

import apsw

_LOG = logging.getLogger("filterscope.store")

CHECKPOINT_BYTES = 4 * 1024**2  # from here on its content is put into the database
PRESSING_BYTES = 16 * 1024**2  # from here on readers are waited for, briefly; never kept larger
MOST_BYTES = 40 * 1024**2  # from here on nothing is written until readers let it begin anew
_BRIEF_MILLISECONDS = 100
_HANGING_SECONDS = 20.0  # a reader that takes longer isn't waited for


class WriteAheadLog:
    """The log of the writing connection; only its thread may use this.

    A reader keeps the log from beginning anew for as long as its transaction lasts, so each read is
    short. `keep_short` after each transaction then bounds the log by `MOST_BYTES` plus one
    transaction.
    """

    def __init__(self, connection: apsw.Connection, busy_milliseconds: int) -> None:
        self._connection = connection
        self._busy_milliseconds = busy_milliseconds
        self._page_bytes = int(connection.pragma("page_size"))
        self._pages = 0
        self._has_waited = False
        connection.pragma("journal_size_limit", PRESSING_BYTES)
        connection.set_wal_hook(self._note)

    @property
    def size_bytes(self) -> int:
        """How much it holds that may still be read from it."""
        return self._pages * self._page_bytes

    def keep_short(self) -> None:
        """Puts its content into the database if it grew, and waits for readers if it is long."""
        if self.size_bytes >= CHECKPOINT_BYTES:
            self.checkpoint()
        if self.size_bytes < MOST_BYTES:
            self._has_waited = False
        elif not self._has_waited:
            self._wait_for_readers()

    def checkpoint(self, *, empties: bool = False) -> bool:
        """Puts its content into the database; False if readers still need some of it.

        If it is long, or if `empties`, its file is emptied, for which it waits for readers.
        """
        empties = empties or self.size_bytes >= PRESSING_BYTES
        mode = apsw.SQLITE_CHECKPOINT_TRUNCATE if empties else apsw.SQLITE_CHECKPOINT_PASSIVE
        self._connection.set_busy_timeout(_BRIEF_MILLISECONDS)
        try:
            pages, done = self._connection.wal_checkpoint(mode=mode)
        except apsw.Error:  # no room, or a reader: nothing is lost, it stays longer
            return False
        finally:
            self._connection.set_busy_timeout(self._busy_milliseconds)
        if pages == done:
            self._pages = 0
        return pages == done

    def _note(self, _connection: apsw.Connection, _database: str, pages: int) -> int:
        self._pages = pages
        return apsw.SQLITE_OK

    def _wait_for_readers(self) -> None:
        until = time.monotonic() + _HANGING_SECONDS
        while not self.checkpoint():
            if time.monotonic() > until:
                _LOG.warning("a reader hangs: the write-ahead log grows until it lets go")
                self._has_waited = True
                return
