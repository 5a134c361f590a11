"""Which of what waits is missed least, where there is no more room."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .entries import Entry, WaitingSnapshot
from .rows import MOST_ROWS, LoggedRows

_MOST_BYTES_OF_ROWS = 8 * 2**20
_AXIS_START = 5  # of the page's time axis, log(1 + step / 5)


def has_many_rows(entries: Sequence[Entry]) -> bool:
    """Tells whether values of steps take more than their share."""
    rows = [entry for entry in entries if isinstance(entry, LoggedRows)]
    return sum(entry.nbytes for entry in rows) > _MOST_BYTES_OF_ROWS


def with_half_the_rows(entries: Sequence[Entry]) -> list[Entry]:
    """Keeps the values of every other step, and joins those that then follow each other."""
    thinned: list[Entry] = []
    for entry in entries:
        if isinstance(entry, LoggedRows):
            entry.halve()
            before = thinned[-1] if thinned else None
            if isinstance(before, LoggedRows) and len(before) + len(entry) <= MOST_ROWS:
                before.take_over(entry)
                continue
        thinned.append(entry)
    return thinned


def least_missed(entries: Sequence[Entry], first: WaitingSnapshot | None) -> int | None:
    """Finds the middle snapshot whose neighbours lie nearest to each other on the time axis.

    Args:
        first: the snapshot that never gives way.
    """
    waiting = [
        (place, entry) for place, entry in enumerate(entries) if isinstance(entry, WaitingSnapshot)
    ]
    steps = [math.log1p(snapshot.step / _AXIS_START) for _, snapshot in waiting]
    gaps = [
        (steps[i + 1] - (steps[i - 1] if i else -1.0), waiting[i][0])
        for i in range(len(waiting) - 1)
        if waiting[i][1] is not first
    ]
    return min(gaps)[1] if gaps else None
