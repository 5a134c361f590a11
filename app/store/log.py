"""The event log: append-only, numbered from 1 without gaps in each run."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import apsw

from ..events import LAST_KINDS, EncodedEvent, StoredArray
from . import checkpoints
from .checkpoints import Checkpoint
from .errors import DatabaseUnusable, RunUnknown
from .projection import project

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

    `checkpoint` is the state of training right after these events.

    Raises:
        RunUnknown: there is none of that id.
    """
    found = connection.execute("SELECT number, last_seq FROM runs WHERE id = ?", (run_id,)).get
    if found is None:
        raise RunUnknown(run_id)
    number, last_seq = found
    numbered = list(enumerate(events, start=last_seq + 1))
    connection.executemany(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
        [(number, seq, e.kind, e.step, e.body, recorded_at) for seq, e in numbered],
    )
    connection.executemany(
        "INSERT INTO arrays VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (number, seq, array.name, event.step, *_stored(array))
            for seq, event in numbered
            for array in event.arrays
        ],
    )
    columns = project(events, recorded_at)
    columns |= {"last_seq": last_seq + len(events), "training_seconds": training_seconds}
    _update(connection, number, columns)
    if events and events[-1].kind in LAST_KINDS:
        checkpoints.drop(connection, number)
    elif checkpoint is not None:
        checkpoints.keep(connection, number, Checkpoint(last_seq + len(events), checkpoint))
    return numbered


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
    """
    rows = connection.execute(
        """
        SELECT e.seq, e.kind, e.step, e.body, a.name, a.shape, a.data, a.sha256
        FROM events e JOIN runs r ON r.number = e.run
        LEFT JOIN arrays a ON e.kind = 'snapshot' AND a.run = e.run AND a.seq = e.seq
            AND a.name = json_extract(e.body, '$.layer') || '/kernel'
        WHERE r.id = ?1 AND e.seq > ?2
            AND NOT EXISTS (SELECT 1 FROM thinned t WHERE t.run = e.run AND t.seq = e.seq)
            AND (?3 IS NULL OR e.seq <= ?3 AND (e.kind <> 'snapshot'
                OR e.seq = (SELECT max(n.seq) FROM arrays n WHERE n.run = e.run)))
        ORDER BY e.seq LIMIT ?4
        """,
        (run_id, seq, newest_until, limit),
    )
    events: list[LoggedEvent] = []
    size = 0
    for seq, kind, step, body, *kernel in rows:
        events.append(LoggedEvent(seq, kind, step, body, _kernel(kernel)))
        size += len(body) + len(kernel[2] or b"")
        if size > limit_bytes:
            break
    return events


def bodies(
    connection: apsw.Connection, run_id: str, kind: str, after_step: int = -1
) -> list[dict[str, Any]]:
    """Gives what the events of one kind say, in order, of those recorded after step
    `after_step`.
    """
    rows = connection.execute(
        "SELECT e.body FROM events e JOIN runs r ON r.number = e.run "
        "WHERE r.id = ? AND e.kind = ? AND e.step > ? ORDER BY e.seq",
        (run_id, kind, after_step),
    )
    return [json.loads(body) for (body,) in rows]


def next_bodies(
    connection: apsw.Connection, run_id: str, kind: str, after_step: int, seq: int, limit: int
) -> list[tuple[int, dict[str, Any]]]:
    """Gives at most `limit` of the same that come after `seq`, each with its own."""
    rows = connection.execute(  # the + has them found by seq, where the last ones ended
        "SELECT e.seq, e.body FROM events e JOIN runs r ON r.number = e.run "
        "WHERE r.id = ? AND e.seq > ? AND +e.kind = ? AND +e.step > ? ORDER BY e.seq LIMIT ?",
        (run_id, seq, kind, after_step, limit),
    )
    return [(seq, json.loads(body)) for seq, body in rows]


def _update(connection: apsw.Connection, number: int, columns: dict[str, Any]) -> None:
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    sql = f"UPDATE runs SET {assignments} WHERE number = :number"
    connection.execute(sql, {**columns, "number": number})


def _stored(array: StoredArray) -> tuple[str, bytes, bytes]:
    return json.dumps(array.shape), array.data, hashlib.sha256(array.data).digest()


def _kernel(columns: list[Any]) -> StoredArray | None:
    return None if columns[0] is None else checked_array(*columns)


def checked_array(name: str, shape: str, data: bytes, sha256: bytes) -> StoredArray:
    """Returns an array as it was stored.

    Raises:
        DatabaseUnusable: its bytes aren't those that were written.
    """
    if hashlib.sha256(data).digest() != sha256:
        raise DatabaseUnusable(
            f"the stored array {name} is damaged: restore a copy of the database"
        )
    return StoredArray(name, tuple(json.loads(shape)), data)
