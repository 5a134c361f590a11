"""What is on record of runs that are to go on, or to be trained again."""

import apsw

from ..events import LIVE, Status
from ..past import Past, RecordedEvent, is_from_training, status_after
from . import checkpoints, kept_numerics, rows, runs
from .recorded_run import recorded_run


def past_of(connection: apsw.Connection, run_id: str) -> Past | None:
    """Returns an unfinished run's past; None if the run is over, or gone."""
    run = runs.find(connection, run_id)
    if run is None or run.status not in LIVE | {"interrupted"}:
        return None
    told = kept(connection, run_id)
    changed = [event.seq for event in told if event.kind == "numerics_changed"]
    past = Past(
        step=run.step,
        training_seconds=run.training_seconds,
        kept=[event for event in told if is_from_training(event)],
        numerics=kept_numerics.of_run(connection, run.number),
        numerics_seq=max(changed, default=0),
    )
    checkpoint = checkpoints.newest(connection, run.number)
    if checkpoint is None:
        return past
    return past._replace(checkpoint=checkpoint.data, checkpoint_seq=checkpoint.seq)


def kept(connection: apsw.Connection, run_id: str) -> list[RecordedEvent]:
    """Returns all events of a run, in order, with the hashes of arrays that were thinned too.

    Raises:
        DataDamaged: one of them isn't what was recorded, or is missing.
    """
    run = recorded_run(connection, run_id)
    if run is None:
        return []
    arrays: dict[int, list[tuple[str, tuple[int, ...], bytes]]] = {}
    for row in (*rows.arrays_of(connection, run), *rows.thinned_of(connection, run)):
        arrays.setdefault(row.seq, []).append((row.name, row.shape, row.sha256))
    told = []
    for event in rows.events_after(connection, run, 0):
        beside = tuple(arrays.get(event.seq, ()))
        if event.arrays not in (None, len(beside)):
            raise run.damaged(f"the list of arrays of event {event.seq}")
        told.append(RecordedEvent(event.seq, event.kind, event.step, event.body, beside))
    return told


def training_status(connection: apsw.Connection, run_id: str) -> Status:
    """Returns what a run's training last was, whatever became of the server since."""
    run = recorded_run(connection, run_id)
    told = (
        []
        if run is None
        else [
            row
            for kind in ("run_started", "status_changed")
            for row in rows.events_of_kind(connection, run, kind)
        ]
    )
    return status_after(RecordedEvent(*row[:4]) for row in sorted(told))
