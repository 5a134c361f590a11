"""What is on record of runs that programs elsewhere tell, or why nothing more can be told."""

import asyncio

from ..store import ExternalRun, RunRow, Store, ToldAttempt
from .problems import Problem

_GONE = "This run was deleted here. Begin another under a key of its own."


class ToldRuns:
    """Looks in the store, off the event loop."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find(self, key: str) -> ExternalRun | None:
        """Returns how far the run is that is told under a key; None if the key is new."""
        return await asyncio.to_thread(self._store.external_run, key)

    async def known(self, key: str) -> ExternalRun:
        """Returns the same of a key that was registered.

        Raises:
            Problem: 404 it wasn't.
        """
        told = await self.find(key)
        if told is None:
            message = "Nothing is known under this key: say first what the run is of."
            raise Problem(404, "key_unknown", message, field="key")
        return told

    async def run_of(self, told: ExternalRun) -> RunRow:
        """Returns the run itself.

        Raises:
            Problem: 410 it was deleted.
        """
        run = await asyncio.to_thread(self._store.run, told.run_id)
        if run is None:
            raise Problem(410, "run_deleted", _GONE, field="key")
        return run

    async def attempts(self, key: str) -> list[ToldAttempt]:
        """Returns the starts of a program under its key, the first one first."""
        return await asyncio.to_thread(self._store.external_attempts, key)

    async def live(self) -> list[RunRow]:
        """Returns the runs of all programs that haven't ended, oldest first."""
        return await asyncio.to_thread(self._store.watched_live)
