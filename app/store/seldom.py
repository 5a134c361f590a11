"""What a run told besides its steps: so seldom that it is few of many events."""

import apsw

from . import rows
from .log import LoggedEvent, logged
from .recorded_run import recorded_run

OFTEN = "steps"


def after(
    connection: apsw.Connection, run_id: str, seq: int, until: int, limit_bytes: int
) -> tuple[list[LoggedEvent], int]:
    """Gives the events after `seq` up to `until` that aren't `steps`, with what viewers get of
    their arrays; snapshots whose weights were thinned are left out.

    No more is read than is told, so that a long film takes no longer a megabyte than a short one.

    Raises:
        DataDamaged: one isn't what was recorded, or is missing.

    Returns:
        Events of about `limit_bytes`, and the seq up to which these are all.
    """
    run = recorded_run(connection, run_id)
    if run is None:
        return [], until
    events: list[LoggedEvent] = []
    size, until = 0, min(until, run.last_seq)
    for row in rows.events_but(connection, run, OFTEN, seq, until):
        event = logged(connection, run, row)
        if event is None:
            continue
        events.append(event)
        size += len(event.body) + len(event.kernel.data if event.kernel else b"")
        if size > limit_bytes:
            until = event.seq
            break
    rows.check_count(connection, run, seq, until)
    return events, until
