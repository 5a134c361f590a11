"""Has the curves of long runs kept while they are recorded, so that no question waits for that."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..curves.kept_files import FEWEST_STEPS, drop, drop_left
from ..events import LAST_KINDS, EncodedEvent
from ..settings import Settings
from ..store import DataDamaged, Store, StoreError
from .aside import Aside, AsideClosed, AsideFailed
from .numeric import keep_curves

_LOG = logging.getLogger("filterscope.web")
_FURTHER: Final = 1.25  # times as many steps: then they are kept anew; what came later is read

Numbered = Sequence[tuple[int, EncodedEvent]]  # events of a run, each with its seq
Publish = Callable[[str, Numbered], None]


class KeptCurves:
    """Asks a process aside for the file of each run that is long, as it grows and when it ends.

    What can't be kept is made by the first question that needs it. All but `note` belongs to the
    event loop's thread.
    """

    def __init__(self, settings: Settings) -> None:
        self._loop = asyncio.get_running_loop()
        self._where: tuple[Path, Path] = (settings.database_path, settings.cache_folder)
        self._due: dict[str, int] = {}  # a run's step; the recorder's thread alone has it
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._aside: Aside | None = None

    async def open(self, store: Store, aside: Aside) -> None:
        """Lets go of what belongs to runs that are gone; from now on `aside` is asked."""
        self._aside = aside

        def is_there(run_id: str) -> bool:
            return store.run(run_id) is not None

        with suppress(OSError, DataDamaged, StoreError):  # then it stays until the next start
            await asyncio.to_thread(drop_left, self._where[1], is_there)

    def told_after(self, publish: Publish) -> Publish:
        """Gives a way to publish what was recorded, of which `note` hears too."""

        def published(run_id: str, numbered: Numbered) -> None:
            publish(run_id, numbered)
            self.note(run_id, numbered)

        return published

    def note(self, run_id: str, numbered: Numbered) -> None:
        """Takes what was recorded of a run; called from the recorder's thread."""
        if not numbered:
            return
        _, last = numbered[-1]
        is_over = last.kind in LAST_KINDS
        due = self._due.get(run_id, FEWEST_STEPS)
        if last.step < (FEWEST_STEPS if is_over else due):
            return
        if is_over:
            self._due.pop(run_id, None)
        else:
            self._due[run_id] = int(last.step * _FURTHER)
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._ask, run_id)

    async def forget(self, run_ids: Iterable[str]) -> None:
        """Deletes what was kept of runs that were deleted."""
        try:
            await asyncio.to_thread(drop, self._where[1], run_ids)
        except OSError as problem:  # the next server tries again
            _LOG.warning("curves of a deleted run stay in the cache: %s", problem)

    async def aclose(self) -> None:
        """Asks for nothing more."""
        tasks = list(self._waiting.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ask(self, run_id: str) -> None:
        before = self._waiting.get(run_id)
        self._waiting[run_id] = self._loop.create_task(self._kept(run_id, before))

    async def _kept(self, run_id: str, before: "asyncio.Task[None] | None") -> None:
        """Has a run's curves kept, after what was asked of it before."""
        assert self._aside is not None  # nothing is recorded before it is open
        try:
            if before is not None:
                await asyncio.wait([before])
            patience = keep_curves.patience_seconds
            await self._aside.run(keep_curves, *self._where, run_id, patience_seconds=patience)
        except (AsideFailed, AsideClosed, DataDamaged, StoreError, OSError) as problem:
            _LOG.info("the curves of run %s aren't kept: %s", run_id, problem)
        finally:
            if self._waiting.get(run_id) is asyncio.current_task():
                del self._waiting[run_id]
