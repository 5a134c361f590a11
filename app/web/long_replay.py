"""What a long log holds, with few steps in place of many, put together in a process aside."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..store import LoggedEvent, reading_beside
from .server_sent import frame_of

_BYTES = 1024**2  # of other events, told at a time


def replay_of(database: Path, cache_folder: Path, run_id: str, seq: int, until: int) -> bytes:
    """Tells a run's events after `seq` up to `until`, or less where that is much.

    Returns:
        The seq up to which they are told, in a line, and then server-sent events.
    """
    from ..curves.kept import columns_of

    reading = reading_beside(database)
    others, until = reading.seldom_after(run_id, seq, until, _BYTES)
    columns = columns_of(reading, cache_folder, run_id)
    gaps = pairwise([seq, *(event.seq for event in others), until])
    told: list[LoggedEvent] = []
    for (begin, end), event in zip(gaps, [*others, None], strict=True):
        told += _steps_between(columns, begin, end)
        told += [event] if event else []
    content = [b"%d\n" % until, *(frame_of(event).data for event in told)]
    return b"".join(content)


def _steps_between(columns: Any, begin: int, end: int) -> Iterator[LoggedEvent]:
    """Yields one event for those after seq `begin` up to `end` that told the same quantities."""
    from ..curves.points import thinned

    seqs, ends = columns.events[:, 0], columns.events[:, 1]
    first, last = (int(place) for place in seqs.searchsorted([begin, end], "right"))
    place = int(ends[first - 1]) if first else 0
    for number in _changes(columns, first, last):
        part = columns.between(place, int(ends[number]))
        place = int(ends[number])
        if not len(part.steps):
            continue
        body = {name: value for name, value in thinned(part).items() if value is not None}
        text = json.dumps({"kind": "steps", **body}, separators=(",", ":"))
        yield LoggedEvent(int(seqs[number]), "steps", int(part.steps[-1]), text, None)


def _changes(columns: Any, first: int, last: int) -> list[int]:
    """Returns the events, from one to before another, after which other quantities are told."""
    if first == last:
        return []
    ends = columns.events[first:last, 1] - 1
    missing = [row[ends] != row[ends] for row in columns.rows.values()]
    changed = sum(part[1:] != part[:-1] for part in missing) > 0
    return [*(first + changed.nonzero()[0]).tolist(), last - 1]
