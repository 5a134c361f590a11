"""What waits to be sent, and what gives way when it gets too much."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from .entries import BYTES_OF_AN_ITEM, Entry, WaitingSnapshot, nbytes_of
from .giving_way import has_many_rows, least_missed, with_half_the_rows
from .logged import Number
from .rows import LoggedRows
from .watched_network import Taken

MOST_BYTES = 32 * 2**20
_MOST_FRESH = 5000  # rows; the thread that sends sorts them in several times a second


Fresh = tuple[int, Mapping[str, Number]] | WaitingSnapshot | dict[str, Any]


class Waiting:
    """A line of what was told: the training's thread only appends to it.

    What it appends is sorted in by the thread that sends, unless so much comes that room must be
    made at once.

    Attributes:
        left_out: how many snapshots gave way so far.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._fresh: deque[Fresh] = deque()
        self._fresh_bytes = 0
        self._entries: list[Entry] = []
        self._sorted_bytes = self._on_the_way = 0
        self._first: WaitingSnapshot | None = None
        self._newest_step = 0
        self.left_out = 0

    def __bool__(self) -> bool:
        return bool(self._fresh or self._entries)

    @property
    def nbytes(self) -> int:
        """About what waits, with what is on its way."""
        return self._fresh_bytes + self._sorted_bytes + self._on_the_way

    @property
    def has_news(self) -> bool:
        """Whether something waits that isn't just values of steps."""
        return self._fresh_bytes > 0

    def add_row(self, step: int, values: Mapping[str, Number]) -> None:
        """Puts values in line; a step before the newest counts as the newest."""
        self._fresh.append((step, values))
        if len(self._fresh) > _MOST_FRESH:
            self.sort()

    def add_snapshot(self, step: int, arrays: Sequence[Taken]) -> None:
        """Puts weights in line; those in the middle give way if there is no room."""
        snapshot = WaitingSnapshot(step, arrays)
        self._fresh.append(snapshot)
        self._fresh_bytes += snapshot.nbytes
        if self.nbytes > self._most_bytes / 2:
            self.sort()

    def add(self, item: dict[str, Any]) -> None:
        """Puts an item in line that is nothing but its header."""
        self._fresh.append(item)
        self._fresh_bytes += BYTES_OF_AN_ITEM

    def take(self, most_bytes: int, most_entries: int) -> list[Entry]:
        """Takes the next to be sent: of snapshots at least one, then as many as fit.

        They count as waiting until the next call.
        """
        self.sort()
        with self._lock:
            taken, size = 0, 0
            for entry in self._entries[:most_entries]:
                size += nbytes_of(entry)
                if taken and size > most_bytes:
                    break
                taken += 1
            entries = self._entries[:taken]
            del self._entries[:taken]
            self._on_the_way = sum(map(nbytes_of, entries))
            self._sorted_bytes = sum(map(nbytes_of, self._entries))
            return entries

    def sort(self) -> None:
        """Sorts in what is fresh, and makes room."""
        with self._lock:
            self._fresh_bytes = 0
            while self._fresh:
                self._put(self._fresh.popleft())
            self._sorted_bytes = sum(map(nbytes_of, self._entries))
            self._make_room()

    def settle(self) -> None:
        """Waits for values that are known later, so that nothing large is held for them."""
        self.sort()
        with self._lock:
            for entry in self._entries:
                if isinstance(entry, LoggedRows):
                    entry.settle()

    def end(self) -> None:
        """Forgets all that waits, and all that comes."""
        with self._lock:
            self._fresh = deque(maxlen=0)
            self._entries, self._first = [], None
            self._fresh_bytes = self._sorted_bytes = self._on_the_way = 0

    def _put(self, fresh: Fresh) -> None:
        if isinstance(fresh, tuple):
            step, values = fresh
            step = self._newest_step = max(step, self._newest_step)
            last = self._entries[-1] if self._entries else None
            if not isinstance(last, LoggedRows) or last.is_full_for(step):
                last = LoggedRows()
                self._entries.append(last)
            last.add(step, values)
            return
        if isinstance(fresh, WaitingSnapshot):
            fresh.step = self._newest_step = max(fresh.step, self._newest_step)
            self._first = self._first or fresh
        else:
            fresh["step"] = self._newest_step = max(fresh["step"], self._newest_step)
        self._entries.append(fresh)

    def _make_room(self) -> None:
        if has_many_rows(self._entries):
            self._entries = with_half_the_rows(self._entries)
            self._sorted_bytes = sum(map(nbytes_of, self._entries))
        while self.nbytes > self._most_bytes:
            place = least_missed(self._entries, self._first)
            if place is None:
                return
            self._sorted_bytes -= nbytes_of(self._entries.pop(place))
            self.left_out += 1
