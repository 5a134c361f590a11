"""Has what a long log holds told by a process aside, so that one long run keeps nobody waiting."""

import asyncio
from collections.abc import AsyncGenerator

from ..store import StoreError
from .aside import AsideClosed, AsideFailed
from .numeric import replay
from .services import Services

LONG_EVENTS = 1_000  # worth asking for
_LEFT_EVENTS = 64  # told as usual, so that the end of a run is noticed as usual


class LongReplay:
    """Tells few steps in place of many; the same to all who come while it is kept."""

    def __init__(self, services: Services, run_id: str) -> None:
        self._services = services
        self._run_id = run_id
        self._has_failed = False  # then it would do so again, as slowly

    async def after(self, seq: int) -> AsyncGenerator[tuple[bytes, int], None]:
        """Yields server-sent events and the seq of the last of them, while there are many more.

        Where that can't be had, what is left is told as of any run.
        """
        if self._has_failed:
            return
        run = await asyncio.to_thread(self._services.store.run, self._run_id)
        until = 0 if run is None else run.last_seq - _LEFT_EVENTS
        while until - seq > LONG_EVENTS:
            try:
                told = await self._told(seq, until)
            except (AsideFailed, AsideClosed, StoreError, OSError):
                self._has_failed = True
                return
            line, _, content = told.partition(b"\n")
            seq = int(line)
            yield content, seq

    async def _told(self, seq: int, until: int) -> bytes:
        services, key = self._services, ("replay", self._run_id, seq, until)
        where = (services.settings.database_path, services.settings.cache_folder, self._run_id)

        async def asked() -> bytes:
            patience = replay.patience_seconds
            async with services.hub.replays:  # so that other questions wait behind one at most
                told: bytes = await services.aside.run(
                    replay, *where, seq, until, patience_seconds=patience
                )
            return told

        return await services.shared.get(key, asked)
