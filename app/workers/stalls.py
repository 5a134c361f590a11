"""Workers that stand still: stopped, or stuck in what never ends."""

import time

from ..events import Status
from . import server_events
from .archive import Archive
from .assignment import Assignment

STALLED_SECONDS = 30.0
_ASLEEP_SECONDS = 5.0  # between two looks: longer, and the server itself stood still


class StallWatch:
    """Says of runs whose workers give no sign of going on that they are stalled, and takes it back.

    Belongs to the supervisor's thread.

    Args:
        archive: keeps what is said.
        stalled_seconds: of silence, until it is said.
    """

    def __init__(self, archive: Archive, stalled_seconds: float) -> None:
        self._archive = archive
        self._stalled_seconds = stalled_seconds
        self._awake_since = self._looked_at = time.monotonic()

    def look(self) -> None:
        """Notes that this thread goes on: workers that fell silent while it didn't are excused."""
        now = time.monotonic()
        if now - self._looked_at > _ASLEEP_SECONDS:
            self._awake_since = now
        self._looked_at = now

    def judge(self, run: Assignment) -> None:
        """Says that a run is stalled, or that it goes on."""
        silent_seconds = min(run.worker.mail.silent_seconds, self._looked_at - self._awake_since)
        is_stalled = silent_seconds > self._stalled_seconds
        if is_stalled == run.is_stalled or run.stop_asked_at is not None:
            return
        run.is_stalled = is_stalled
        if is_stalled:
            event = server_events.status("stalled", run.step)
        else:
            status: Status = "paused" if run.is_paused or run.is_held else "running"
            event = server_events.status(status, run.step, "stalled")
        self._archive.record(run.run_id, [event], run.training_seconds)
