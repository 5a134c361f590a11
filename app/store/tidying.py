"""What is done between what is written, piece by piece: the room of deleted runs is given back, and
what older versions wrote gets its check values.
"""

import logging
import math
import time
from collections.abc import Callable

import apsw

from . import removal
from .checking import check_piece
from .database import transaction
from .deletion import PIECE_BYTES, delete_piece, release_pages
from .write_ahead_log import CHECKPOINT_BYTES, WriteAheadLog

_LOG = logging.getLogger("filterscope.store")
_READER_SECONDS = 0.05  # until a reader that keeps the log long may be done
_NO_ROOM_SECONDS = 0.5
_LAST_SECONDS = 1.0
_LEAST_BYTES = 32 * 1024


class Tidying:
    """What is left to do of deletions. Each piece is one transaction with its checkpoint, so that
    the write-ahead log never grows by more than a piece, and takes some tens of milliseconds.

    Where even that finds no room, pieces get smaller. Only the writing thread may use this.
    """

    def __init__(
        self, connection: apsw.Connection, wal: WriteAheadLog, clock: Callable[[], float]
    ) -> None:
        self._connection = connection
        self._wal = wal
        self._clock = clock
        self._next_end = removal.next_end(connection)
        self._piece_bytes = PIECE_BYTES
        # The last server may have left something, or have been of an older version.
        self._deletes = self._releases = self._checks = True
        self._gives_up = False
        self._due = 0.0

    @property
    def is_needed(self) -> bool:
        """Whether there may be something left to do."""
        return self._deletes or self._releases or self._checks

    @property
    def pause_seconds(self) -> float:
        """Seconds until there is something to do."""
        return max(0.0, self._due - time.monotonic())

    def begin(self) -> None:
        """Says that a run was marked deleted."""
        self._deletes = self._releases = True
        self._due = 0.0

    def begin_after(self, until: float) -> None:
        """Says that runs were removed that can be taken back until then."""
        self._next_end = min(until, math.inf if self._next_end is None else self._next_end)

    def turn(self) -> None:
        """Gives back a piece of room, if it is time to; raises nothing."""
        if self._next_end is not None and self._clock() >= self._next_end:
            self._next_end = None
            self._gives_up = True
            self.begin()
        if self.is_needed and not self.pause_seconds:
            self._due = time.monotonic() + self._do_piece()

    def finish(self) -> None:
        """Gives back what can be given back in a second; the next server does the rest."""
        until = time.monotonic() + _LAST_SECONDS
        while self.is_needed and time.monotonic() < until:
            if self._do_piece():
                return

    def _do_piece(self) -> float:
        """Gives back a piece; returns after how many seconds the next may follow."""
        if not self._wal.checkpoint() and self._wal.size_bytes >= CHECKPOINT_BYTES:
            return _READER_SECONDS
        try:
            with transaction(self._connection):
                self._take()
        except (apsw.FullError, apsw.IOError, apsw.BusyError):
            self._piece_bytes = max(_LEAST_BYTES, self._piece_bytes // 2)
            return _NO_ROOM_SECONDS if self._piece_bytes == _LEAST_BYTES else 0.0
        except apsw.Error as problem:  # not to be tried again before the next deletion
            self._deletes = self._releases = self._checks = False
            _LOG.error("the database can't be tidied up: %s", problem)
            return 0.0
        self._piece_bytes = min(PIECE_BYTES, 2 * self._piece_bytes)
        self._wal.checkpoint(empties=not self.is_needed)  # only now is the file shorter
        return 0.0

    def _take(self) -> None:
        if self._gives_up:
            removal.give_up(self._connection, self._clock())
            self._next_end = removal.next_end(self._connection)
            self._gives_up = False
        elif self._deletes:
            self._deletes = delete_piece(self._connection, self._piece_bytes)
        elif self._releases:
            self._releases = release_pages(self._connection, self._piece_bytes)
        elif self._checks:
            self._checks = check_piece(self._connection)
