"""The runs that the supervisor was given and whose end isn't on record."""

from .run_queue import QueuedRun


class Roll:
    """Knows every run until its end is on record, so that none is lost whatever goes wrong."""

    def __init__(self) -> None:
        self._runs: dict[str, QueuedRun] = {}

    def __contains__(self, run_id: str) -> bool:
        return run_id in self._runs

    def enter(self, queued: QueuedRun) -> None:
        """Notes a run that is to train."""
        self._runs[queued.run_id] = queued

    def leave(self, run_id: str) -> None:
        """Forgets a run whose end is on record."""
        self._runs.pop(run_id, None)

    def given(self, run_id: str) -> QueuedRun | None:
        """Returns a run as it was given, if its end isn't on record."""
        return self._runs.get(run_id)

    def runs(self) -> list[QueuedRun]:
        """Returns all of them, as they were given."""
        return list(self._runs.values())
