"""What the server reads ahead once it is open, a little at a time, so that nobody waits for it."""

import asyncio
import contextlib
from typing import Final

from ..store import DataDamaged, Store, StoreError

_REST_SECONDS: Final = 0.01  # in which whoever asks something has the store to himself


class Preparing:
    """Reads what the first search of runs would have to read of all of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._is_over = False
        self._task = asyncio.create_task(self._work())

    async def aclose(self) -> None:
        """Reads no more, and waits until it has let go of the store."""
        self._is_over = True
        await self._task

    async def _work(self) -> None:
        # Whoever searches is told what can't be read; here nobody asked.
        with contextlib.suppress(DataDamaged, StoreError):
            while not self._is_over and await asyncio.to_thread(self._store.prepare_search):
                await asyncio.sleep(_REST_SECONDS)
