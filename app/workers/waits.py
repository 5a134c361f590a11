"""Runs of a cluster that have a place in line there, but no machine: they wait, as others do."""

from ..events import Status
from . import server_events
from .archive import Archive
from .assignment import Assignment


def judge(run: Assignment, archive: Archive) -> None:
    """Says of a run that it waits for a machine, or that it has one now.

    What says of itself that it begins isn't said to go on.
    """
    is_waiting = not run.worker.mail.has_place
    if is_waiting == run.is_waiting or run.stop_asked_at is not None:
        return
    run.is_waiting = is_waiting
    if is_waiting and run.has_begun:
        run.is_stalled, run.waits_by = False, "worker_died"
        _tell(run, "queued", archive)
    elif not is_waiting and run.waits_by is not None:
        _tell(run, "paused" if run.is_paused or run.is_held else "running", archive)
        run.waits_by = None


def _tell(run: Assignment, status: Status, archive: Archive) -> None:
    event = server_events.status(status, run.step, run.waits_by)
    archive.record(run.run_id, [event], run.training_seconds)
