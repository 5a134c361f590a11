"""Has the curves of long runs kept while they are recorded, so that no question waits for that."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from ..curves.kept_files import FEWEST_STEPS, drop, drop_left
from ..events import LAST_KINDS, EncodedEvent
from ..settings import Settings
from ..store import DataDamaged, Store, StoreError
from .aside import OWN, Aside, AsideClosed, AsideFailed
from .numeric import keep_curves

_LOG = logging.getLogger("filterscope.web")
_FURTHER: Final = 1.25  # times as many steps: then they are kept anew; what came later is read

Numbered = Sequence[tuple[int, EncodedEvent]]  # events of a run, each with its seq
Publish = Callable[[str, Numbered], None]


class KeptCurves:
    """Asks a process aside for the file of each run that is long, as it grows and when it ends:
    for one at a time, so that no file to take home waits for more.

    What can't be kept is made by the first question that needs it. All but `note` belongs to the
    event loop's thread.
    """

    def __init__(self, settings: Settings) -> None:
        self._loop = asyncio.get_running_loop()
        self._where: tuple[Path, Path] = (settings.database_path, settings.cache_folder)
        self._due: dict[str, int] = {}  # a run's step; set by the recorder's thread alone
        self._wanted: dict[str, None] = {}  # whose curves are to be kept next
        self._keeping: asyncio.Task[None] | None = None
        self._aside: Aside | None = None
        self._is_closed = False

    async def open(self, store: Store, aside: Aside) -> None:
        """Lets go of what belongs to runs that are gone; from now on `aside` is asked."""
        self._aside = aside
        try:
            await asyncio.to_thread(drop_left, self._where[1], partial(_is_there, store))
        except OSError as problem:  # the next start tries again
            _LOG.warning("curves of deleted runs stay in the cache: %s", problem)

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
        if is_over or _is_interrupted(last):  # it may never go on
            self._due.pop(run_id, None)
        elif last.step >= due:
            self._due[run_id] = int(last.step * _FURTHER)
        if last.step < (FEWEST_STEPS if is_over else due):
            return
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._ask, run_id)

    async def forget(self, run_ids: Iterable[str]) -> None:
        """Deletes what was kept of runs that were deleted."""
        gone = list(run_ids)
        for run_id in gone:
            self._due.pop(run_id, None)
            self._wanted.pop(run_id, None)
        try:
            await asyncio.to_thread(drop, self._where[1], gone)
        except OSError as problem:  # the next server tries again
            _LOG.warning("curves of a deleted run stay in the cache: %s", problem)

    async def aclose(self) -> None:
        """Asks for nothing more, whatever is recorded later."""
        self._is_closed = True
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    def _ask(self, run_id: str) -> None:
        if self._is_closed:
            return
        self._wanted[run_id] = None
        if self._keeping is None or self._keeping.done():
            self._keeping = self._loop.create_task(self._keep_wanted())

    async def _keep_wanted(self) -> None:
        while self._wanted:
            run_id = next(iter(self._wanted))
            del self._wanted[run_id]
            await self._keep(run_id)

    async def _keep(self, run_id: str) -> None:
        assert self._aside is not None  # nothing is recorded before it is open
        patience = keep_curves.patience_seconds
        asked = (keep_curves, *self._where, run_id)
        try:
            await self._aside.run(*asked, client=OWN, patience_seconds=patience)
        except (AsideFailed, AsideClosed, DataDamaged, StoreError, OSError) as problem:
            _LOG.info("the curves of run %s aren't kept: %s", run_id, problem)
        except Exception:  # the next run's are kept all the same
            _LOG.exception("the curves of run %s aren't kept", run_id)


def _is_there(store: Store, run_id: str) -> bool:
    try:
        return store.run(run_id) is not None
    except (DataDamaged, StoreError) as problem:  # whatever became of it, it wasn't deleted
        _LOG.warning("whether run %s is there can't be told: %s", run_id, problem)
        return True


def _is_interrupted(event: EncodedEvent) -> bool:
    return event.kind == "status_changed" and '"status":"interrupted"' in event.body
