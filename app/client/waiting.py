"""What waits to be sent, and what gives way when it gets too much."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from .logged import Number
from .rows import MOST_ROWS, Rows
from .watched_network import Taken

MOST_BYTES = 32 * 2**20
_MOST_BYTES_OF_ROWS = 8 * 2**20
_AXIS_START = 5  # of the page's time axis, log(1 + step / 5)


class Snapshot:
    """Weights that wait."""

    def __init__(self, step: int, arrays: Sequence[Taken]) -> None:
        self.step, self.arrays = step, tuple(arrays)
        self.nbytes = 4 * sum(math.prod(taken.shape) for taken in arrays)


Entry = Rows | Snapshot | dict[str, Any]


class Waiting:
    """A line with a lock, which the training's thread and the sender's hold for microseconds.

    Attributes:
        left_out: how many snapshots gave way so far.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._on_the_way = 0
        self._has_first = False
        self._first: Snapshot | None = None
        self._newest_step = 0
        self.left_out = 0

    def __bool__(self) -> bool:
        return bool(self._entries)

    @property
    def nbytes(self) -> int:
        """What waits, with what is on its way."""
        return self._on_the_way + sum(map(_nbytes, self._entries))

    def add_row(self, step: int, values: Mapping[str, Number]) -> None:
        """Puts values in line; a step before the newest counts as the newest."""
        with self._lock:
            step = self._newest_step = max(step, self._newest_step)
            last = self._entries[-1] if self._entries else None
            if not isinstance(last, Rows) or last.is_full_for(step):
                self._make_room()
                last = Rows()
                self._entries.append(last)
            last.add(step, values)

    def add_snapshot(self, step: int, arrays: Sequence[Taken]) -> None:
        """Puts weights in line; those in the middle give way if there is no room."""
        with self._lock:
            step = self._newest_step = max(step, self._newest_step)
            snapshot = Snapshot(step, arrays)
            if not self._has_first:
                self._has_first, self._first = True, snapshot
            self._entries.append(snapshot)
            self._make_room()

    def add(self, item: dict[str, Any]) -> None:
        """Puts an item in line that is nothing but its header."""
        with self._lock:
            item["step"] = self._newest_step = max(item["step"], self._newest_step)
            self._entries.append(item)

    def take(self, most_bytes: int, most_entries: int) -> list[Entry]:
        """Takes the next to be sent: of snapshots at least one, then as many as fit.

        They count as waiting until the next call.
        """
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
            return entries

    def settle(self) -> None:
        """Waits for values that are known later, so that nothing large is held for them."""
        with self._lock:
            rows = [entry for entry in self._entries[:-1] if isinstance(entry, Rows)]
        for entry in rows:
            entry.settle()

    def clear(self) -> None:
        """Forgets all that waits."""
        with self._lock:
            self._entries, self._first, self._on_the_way = [], None, 0

    def _make_room(self) -> None:
        while self.nbytes > self._most_bytes and (place := self._least_missed()) is not None:
            del self._entries[place]
            self.left_out += 1
        rows = [entry for entry in self._entries if isinstance(entry, Rows)]
        if sum(entry.nbytes for entry in rows) > _MOST_BYTES_OF_ROWS:
            self._thin_rows()

    def _thin_rows(self) -> None:
        thinned: list[Entry] = []
        for entry in self._entries:
            if isinstance(entry, Rows):
                entry.halve()
                before = thinned[-1] if thinned else None
                if isinstance(before, Rows) and len(before) + len(entry) <= MOST_ROWS:
                    before.take_over(entry)
                    continue
            thinned.append(entry)
        self._entries = thinned

    def _least_missed(self) -> int | None:
        """Finds the middle snapshot whose neighbours lie nearest to each other on the time axis."""
        places = [i for i, entry in enumerate(self._entries) if isinstance(entry, Snapshot)]
        steps = [_on_axis(self._entries[place]) for place in places]
        gaps = [
            (steps[i + 1] - (steps[i - 1] if i else -1.0), places[i])
            for i in range(len(places) - 1)
            if self._entries[places[i]] is not self._first
        ]
        return min(gaps)[1] if gaps else None


def _on_axis(entry: Entry) -> float:
    assert isinstance(entry, Snapshot)
    return math.log1p(entry.step / _AXIS_START)


def _nbytes(entry: Entry) -> int:
    return 500 if isinstance(entry, dict) else entry.nbytes
