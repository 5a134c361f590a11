"""What is on record of runs that are to go on, or to be trained again."""

import json

import apsw

from ..events import LIVE, Status
from ..past import Past, RecordedEvent, is_from_training, status_after
from . import checkpoints, runs


def past_of(connection: apsw.Connection, run_id: str) -> Past | None:
    """Returns an unfinished run's past; None if the run is over, or gone."""
    run = runs.find(connection, run_id)
    if run is None or run.status not in LIVE | {"interrupted"}:
        return None
    past = Past(
        step=run.step,
        training_seconds=run.training_seconds,
        kept=[event for event in kept(connection, run_id) if is_from_training(event)],
    )
    checkpoint = checkpoints.newest(connection, run.number)
    if checkpoint is None:
        return past
    return past._replace(checkpoint=checkpoint.data, checkpoint_seq=checkpoint.seq)


def kept(connection: apsw.Connection, run_id: str) -> list[RecordedEvent]:
    """Returns all events of a run, in order, with the hashes of arrays that were thinned too."""
    arrays: dict[int, list[tuple[str, tuple[int, ...], bytes]]] = {}
    for table in ("arrays", "thinned"):
        sql = (
            f"SELECT a.seq, a.name, a.shape, a.sha256 FROM {table} a "
            "JOIN runs r ON r.number = a.run WHERE r.id = ? ORDER BY a.rowid"
        )
        for seq, name, shape, digest in connection.execute(sql, (run_id,)):
            arrays.setdefault(seq, []).append((name, tuple(json.loads(shape)), digest))
    sql = (
        "SELECT e.seq, e.kind, e.step, e.body FROM events e JOIN runs r ON r.number = e.run "
        "WHERE r.id = ? ORDER BY e.seq"
    )
    return [
        RecordedEvent(seq, kind, step, body, tuple(arrays.get(seq, ())))
        for seq, kind, step, body in connection.execute(sql, (run_id,))
    ]


def training_status(connection: apsw.Connection, run_id: str) -> Status:
    """Returns what a run's training last was, whatever became of the server since."""
    rows = connection.execute(
        "SELECT e.seq, e.kind, e.step, e.body FROM events e JOIN runs r ON r.number = e.run "
        "WHERE r.id = ? AND e.kind IN ('run_started', 'status_changed') ORDER BY e.seq",
        (run_id,),
    )
    return status_after(RecordedEvent(*row) for row in rows)
