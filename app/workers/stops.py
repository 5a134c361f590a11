"""Stops that take long, because the worker is deep in an update or stands still."""

import time
from concurrent.futures import Future

from . import server_events
from .archive import Archive
from .assignment import Assignment

_TOLD_AFTER_SECONDS = 1.0
_FORCED_AFTER_SECONDS = 10.0


def ask_to_stop(run: Assignment, asked: "Future[None]") -> None:
    """Notes since when somebody waits for the run to stop, and who."""
    run.stops.append(asked)
    if run.stop_asked_at is None:
        run.stop_asked_at = time.monotonic()


def press(run: Assignment, archive: Archive) -> None:
    """Tells of a run that it is stopping where that takes long, and ends a worker that goes on."""
    if run.stop_asked_at is None:
        return
    waited_seconds = time.monotonic() - run.stop_asked_at
    if waited_seconds > _TOLD_AFTER_SECONDS and not run.stopping_told:
        run.stopping_told = True
        event = server_events.status("stopping", run.step)
        archive.record(run.run_id, [event], run.training_seconds)
    if waited_seconds > _FORCED_AFTER_SECONDS or run.is_stalled or run.is_waiting:
        run.last_word = server_events.stopped(run.step)
        run.worker.kill()
