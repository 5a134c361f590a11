"""What the supervisor needs of whoever keeps runs."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from ..events import EncodedEvent, Status
from ..numerics import Numerics
from ..past import Handover, Past
from ..recipe import Recipe


class Archive(Protocol):
    """Keeps what runs tell, and gives it back to those that go on."""

    def record(
        self,
        run_id: str,
        events: Sequence[EncodedEvent],
        training_seconds: float,
        checkpoint: bytes | None = None,
        numerics: Numerics | None = None,
    ) -> Future[None]:
        """Appends to a run's log; the future resolves when it is on disk."""
        ...

    def beginning(self, run_id: str) -> Handover | None:
        """Returns what a run begins with that goes on from another one's end; else None."""
        ...

    def past(self, run_id: str) -> Past | None:
        """Returns what an unfinished run goes on from; None if it is over, or gone."""
        ...

    def recipe_of(self, run_id: str) -> Recipe | None:
        """Returns what a run that waits is to train; None if it waits no more."""
        ...

    def training_status(self, run_id: str) -> Status:
        """Gives what a run's training last was: `running`, `paused`, or `queued` if it never
        began.
        """
        ...

    def keep_crash_report(self, run_id: str, report: str) -> Future[None]:
        """Keeps why a run's training broke."""
        ...
