"""The event log: append-only, numbered from 1 without gaps in each run."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any, NamedTuple

import apsw

from ..events import LAST_KINDS, EncodedEvent, StoredArray
from ..vocabulary.layers.naming import kernel_name
from . import checkpoints, rows, runs
from .check_values import check_value
from .checkpoints import Checkpoint
from .damage import DAMAGE
from .errors import DataDamaged, RunUnknown
from .projection import project
from .recorded_run import RecordedRun, recorded_run

CHUNK_BYTES = 2 * 1024**2


class LoggedEvent(NamedTuple):
    """An event of the log with the kernel that travels with it, if it is a snapshot."""

    seq: int
    kind: str
    step: int
    body: str
    kernel: StoredArray | None


def append(
    connection: apsw.Connection,
    run_id: str,
    events: Sequence[EncodedEvent],
    training_seconds: float,
    recorded_at: float,
    checkpoint: bytes | None = None,
) -> list[tuple[int, EncodedEvent]]:
    """Adds events to a run's log and brings its row up to date; gives each its seq.

    `checkpoint` is the state of training right after these events; at the end of a run it stays.

    Raises:
        RunUnknown: there is none of that id.
    """
    run = recorded_run(connection, run_id)
    if run is None:
        raise RunUnknown(run_id)
    numbered = list(enumerate(events, start=run.last_seq + 1))
    _insert(connection, run.number, numbered, recorded_at)
    last_seq = run.last_seq + len(events)
    columns = project(events, recorded_at)
    columns |= {"last_seq": last_seq, "training_seconds": training_seconds}
    if run.told is not None:
        told = Counter(run.told) + Counter(event.kind for event in events)
        columns["told"] = json.dumps(told)
    runs.update(connection, run.number, columns)
    if events and events[-1].kind in LAST_KINDS:
        _keep_end(connection, run.number, events[-1], last_seq, checkpoint)
    elif checkpoint is not None:
        checkpoints.keep(connection, run.number, Checkpoint(last_seq, checkpoint))
    return numbered


def _keep_end(
    connection: apsw.Connection,
    number: int,
    last: EncodedEvent,
    seq: int,
    checkpoint: bytes | None,
) -> None:
    if checkpoint is None or last.kind == "run_failed":
        checkpoints.drop(connection, number)
    else:
        checkpoints.keep_end(connection, number, Checkpoint(seq, checkpoint))


def after(
    connection: apsw.Connection,
    run_id: str,
    seq: int,
    limit: int,
    limit_bytes: int = CHUNK_BYTES,
    *,
    newest_until: int | None = None,
) -> list[LoggedEvent]:
    """Returns at most `limit` events after `seq`, in order, with what viewers get of their arrays.

    Snapshots whose weights were thinned are left out; where `newest_until` is said, so are all that
    aren't the run's newest, and whatever comes after that seq.

    Fewer come back once they take `limit_bytes`; none only if there is none.

    Raises:
        DataDamaged: the first of them isn't what was recorded, or is missing.
    """
    run = recorded_run(connection, run_id)
    if run is None:
        return []
    newest = None if newest_until is None else _newest_snapshot(connection, run)
    events: list[LoggedEvent] = []
    size = 0
    try:
        for row in rows.events_after(connection, run, seq):
            if newest_until is not None and row.seq > newest_until:
                break
            if row.kind == "snapshot" and newest is not None and row.seq != newest:
                continue
            event = logged(connection, run, row)
            if event is None:
                continue
            events.append(event)
            size += len(event.body) + len(event.kernel.data if event.kernel else b"")
            if size > limit_bytes or len(events) == limit:
                break
    except (*DAMAGE, DataDamaged):
        if not events:  # else whoever asks for more is told
            raise
    return events


def bodies(
    connection: apsw.Connection, run_id: str, kind: str, after_step: int = -1
) -> list[dict[str, Any]]:
    """Gives what the events of one kind say, in order, of those recorded after step
    `after_step`.

    Raises:
        DataDamaged: one of them isn't what was recorded, or is missing.
    """
    run = recorded_run(connection, run_id)
    found = [] if run is None else rows.events_of_kind(connection, run, kind, after_step)
    return [json.loads(row.body) for row in found]


def next_texts(
    connection: apsw.Connection,
    run_id: str,
    kinds: Collection[str],
    after_step: int,
    seq: int,
    limit: int,
) -> list[tuple[int, str, str]]:
    """Gives at most `limit` of the same, of some kinds, that come after `seq`: each with its own,
    its kind, and as it is on record; raises likewise.
    """
    run = recorded_run(connection, run_id)
    told = () if run is None else rows.events_after(connection, run, seq)
    wanted = (row for row in told if row.kind in kinds and row.step > after_step)
    return [(row.seq, row.kind, row.body) for row in islice(wanted, limit)]


def _insert(
    connection: apsw.Connection,
    number: int,
    numbered: Sequence[tuple[int, EncodedEvent]],
    recorded_at: float,
) -> None:
    connection.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [_event_columns(number, seq, event, recorded_at) for seq, event in numbered],
    )
    stored = [
        (number, seq, array.name, event.step, json.dumps(array.shape), array.data)
        for seq, event in numbered
        for array in event.arrays
    ]
    digests = [hashlib.sha256(data).digest() for *_, data in stored]
    connection.executemany(
        "INSERT INTO arrays VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*columns, digest) for columns, digest in zip(stored, digests, strict=True)],
    )
    connection.executemany(
        "INSERT INTO array_checks VALUES (?, ?, ?, ?)",
        [
            (number, seq, name, check_value(number, seq, name, shape, digest))
            for (_, seq, name, _, shape, _), digest in zip(stored, digests, strict=True)
        ],
    )


def _event_columns(
    number: int, seq: int, event: EncodedEvent, recorded_at: float
) -> tuple[int | str | float, ...]:
    covered = (number, seq, event.kind, event.step, event.body)
    count = len(event.arrays)
    return (*covered, recorded_at, count, check_value(*covered, count))


def _newest_snapshot(connection: apsw.Connection, run: RecordedRun) -> int:
    """Returns the seq of the newest one that has its weights, 0 if there is none."""
    newest = connection.execute("SELECT max(seq) FROM arrays WHERE run = ?", (run.number,)).get
    return int(newest or 0)


def logged(connection: apsw.Connection, run: RecordedRun, row: rows.EventRow) -> LoggedEvent | None:
    """Returns an event with the kernel that goes with it; None if it was thinned."""
    if row.kind != "snapshot":
        return LoggedEvent(row.seq, row.kind, row.step, row.body, None)
    name = kernel_name(json.loads(row.body)["layer"])
    kernels = rows.stored_arrays(connection, run, row.seq, name)
    if not kernels and rows.is_thinned(connection, run, row):
        return None
    return LoggedEvent(row.seq, row.kind, row.step, row.body, kernels[0] if kernels else None)
