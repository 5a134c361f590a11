"""What a run told besides its steps: so seldom that all of it is found by the index of kinds."""

import apsw

from . import rows
from .log import LoggedEvent, logged
from .recorded_run import RecordedRun, recorded_run

OFTEN = "steps"


def after(
    connection: apsw.Connection, run_id: str, seq: int, until: int, limit_bytes: int
) -> tuple[list[LoggedEvent], int]:
    """Gives the events after `seq` up to `until` that aren't `steps`, with what viewers get of
    their arrays; snapshots whose weights were thinned are left out.

    Raises:
        DataDamaged: one isn't what was recorded, or is missing.

    Returns:
        Events of about `limit_bytes`, and the seq up to which these are all.
    """
    run = recorded_run(connection, run_id)
    found = [] if run is None else _rows(connection, run, seq, until)
    events: list[LoggedEvent] = []
    size = 0
    for row in found:
        assert run is not None
        event = logged(connection, run, row)
        if event is None:
            continue
        events.append(event)
        size += len(event.body) + len(event.kernel.data if event.kernel else b"")
        if size > limit_bytes:
            return events, event.seq
    return events, until


def _rows(
    connection: apsw.Connection, run: RecordedRun, seq: int, until: int
) -> list[rows.EventRow]:
    kinds = run.told or _kinds(connection, run)
    found = [
        row
        for kind in kinds
        if kind != OFTEN
        for row in rows.events_of_kind(connection, run, kind)
        if seq < row.seq <= until
    ]
    return sorted(found)


def _kinds(connection: apsw.Connection, run: RecordedRun) -> list[str]:
    sql = "SELECT DISTINCT kind FROM events INDEXED BY events_by_kind WHERE run = ?"
    return [kind for (kind,) in connection.execute(sql, (run.number,))]
