"""What waits to be sent, and what gives way when it gets too much."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from .logged import Number
from .rows import MOST_ROWS, LoggedRows
from .watched_network import Taken

MOST_BYTES = 32 * 2**20
_MOST_BYTES_OF_ROWS = 8 * 2**20
_BYTES_OF_AN_ITEM = 500
_MOST_FRESH = 5000  # rows; the thread that sends sorts them in several times a second
_AXIS_START = 5  # of the page's time axis, log(1 + step / 5)


class WaitingSnapshot:
    """Weights that wait."""

    def __init__(self, step: int, arrays: Sequence[Taken]) -> None:
        self.step, self.arrays = step, tuple(arrays)
        self.nbytes = 4 * sum(math.prod(taken.shape) for taken in arrays)


Fresh = tuple[int, Mapping[str, Number]] | WaitingSnapshot | dict[str, Any]
Entry = LoggedRows | WaitingSnapshot | dict[str, Any]


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
        self._fresh_bytes += _BYTES_OF_AN_ITEM

    def take(self, most_bytes: int, most_entries: int) -> list[Entry]:
        """Takes the next to be sent: of snapshots at least one, then as many as fit.

        They count as waiting until the next call.
        """
        self.sort()
        with self._lock:
            taken, size = 0, 0
            for entry in self._entries[:most_entries]:
                size += _nbytes(entry)
                if taken and size > most_bytes:
                    break
                taken += 1
            entries = self._entries[:taken]
            del self._entries[:taken]
            self._on_the_way = sum(map(_nbytes, entries))
            self._sorted_bytes = sum(map(_nbytes, self._entries))
            return entries

    def sort(self) -> None:
        """Sorts in what is fresh, and makes room."""
        with self._lock:
            self._fresh_bytes = 0
            while self._fresh:
                self._put(self._fresh.popleft())
            self._sorted_bytes = sum(map(_nbytes, self._entries))
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
        rows = [entry for entry in self._entries if isinstance(entry, LoggedRows)]
        if sum(entry.nbytes for entry in rows) > _MOST_BYTES_OF_ROWS:
            self._thin_rows()
        while self.nbytes > self._most_bytes and (place := self._least_missed()) is not None:
            self._sorted_bytes -= _nbytes(self._entries.pop(place))
            self.left_out += 1

    def _thin_rows(self) -> None:
        thinned: list[Entry] = []
        for entry in self._entries:
            if isinstance(entry, LoggedRows):
                entry.halve()
                before = thinned[-1] if thinned else None
                if isinstance(before, LoggedRows) and len(before) + len(entry) <= MOST_ROWS:
                    before.take_over(entry)
                    continue
            thinned.append(entry)
        self._entries = thinned
        self._sorted_bytes = sum(map(_nbytes, self._entries))

    def _least_missed(self) -> int | None:
        """Finds the middle snapshot whose neighbours lie nearest to each other on the time axis."""
        places = [i for i, entry in enumerate(self._entries) if isinstance(entry, WaitingSnapshot)]
        steps = [_on_axis(self._entries[place]) for place in places]
        gaps = [
            (steps[i + 1] - (steps[i - 1] if i else -1.0), places[i])
            for i in range(len(places) - 1)
            if self._entries[places[i]] is not self._first
        ]
        return min(gaps)[1] if gaps else None


def _on_axis(entry: Entry) -> float:
    assert isinstance(entry, WaitingSnapshot)
    return math.log1p(entry.step / _AXIS_START)


def _nbytes(entry: Entry) -> int:
    return _BYTES_OF_AN_ITEM if isinstance(entry, dict) else entry.nbytes
