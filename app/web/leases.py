"""Who tells a run from elsewhere, and when they were last heard."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable

_LOG = logging.getLogger("filterscope.watched")
SILENT_SECONDS = 60.0
_LOOK_SECONDS = 2.0


class Leases:
    """Remembers when each watched run was last heard of, and says which have fallen silent.

    A lease begins when a run is heard, and for those that were live when the server started, with
    the server.

    Args:
        silenced: called with the id of a run that has been silent for so long.
        seconds: after which a run counts as silent.
    """

    def __init__(
        self, silenced: Callable[[str], Awaitable[None]], seconds: float = SILENT_SECONDS
    ) -> None:
        self._silenced = silenced
        self._seconds = seconds
        self._heard: dict[str, float] = {}
        self._looking: asyncio.Task[None] | None = None

    def open(self, live: list[str]) -> None:
        """Gives these runs a lease each, and begins to look."""
        for run_id in live:
            self.renew(run_id)
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def aclose(self) -> None:
        """Looks no more."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking

    def renew(self, run_id: str) -> float:
        """Notes that a run was heard; returns for how long it hadn't been, at most a lease."""
        now = time.monotonic()
        before = self._heard.get(run_id, now)
        self._heard[run_id] = now
        return min(now - before, self._seconds)

    def end(self, run_id: str) -> None:
        """Expects nothing more of a run."""
        self._heard.pop(run_id, None)

    def silence_of(self, run_id: str) -> float | None:
        """Says for how many seconds a run wasn't heard; None where nobody listens to it."""
        heard = self._heard.get(run_id)
        return None if heard is None else time.monotonic() - heard

    async def _look(self) -> None:
        pause = min(_LOOK_SECONDS, self._seconds / 4)
        looked_at = time.monotonic()
        while True:
            await asyncio.sleep(pause)
            now = time.monotonic()
            self._excuse(now, now - looked_at - pause, pause)
            looked_at = now
            silent = [run for run, at in self._heard.items() if now - at >= self._seconds]
            for run_id in silent:
                self.end(run_id)
                try:
                    await self._silenced(run_id)
                except Exception:
                    _LOG.exception("run %s is silent, which can't be noted", run_id)

    def _excuse(self, now: float, late_seconds: float, pause: float) -> None:
        """Counts no silence for which this server itself stood still, and so could hear nobody."""
        if late_seconds > pause:
            self._heard = {run: min(now, at + late_seconds) for run, at in self._heard.items()}


class Wanted:
    """Remembers for a while which layers of watched runs somebody looks at."""

    SECONDS = 30.0

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], float] = {}

    def ask(self, run_id: str, layer: str) -> None:
        """Notes that somebody looks at a layer."""
        now = time.monotonic()
        self._until = {asked: until for asked, until in self._until.items() if until > now}
        self._until[run_id, layer] = now + self.SECONDS

    def of(self, run_id: str) -> set[str]:
        """Returns the layers of a run that somebody looks at."""
        now = time.monotonic()
        return {
            layer for (run, layer), until in self._until.items() if run == run_id and until > now
        }
