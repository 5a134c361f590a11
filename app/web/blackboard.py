"""What is seen where the teacher looks, read once for all the light pages that follow."""

import asyncio
import contextlib
import math
from collections.abc import Callable, Iterator

from ..store import RunRow, Store, StoreError
from .answers.teaching import Place
from .channel import Viewer
from .classroom import Classroom
from .hub import Hub
from .shown_filters import encode_shown_frame, encode_shown_run

PAUSE_SECONDS = 0.2


class Blackboard:
    """The run at which the teacher looks, and its filters there. Belongs to the event loop.

    While somebody reads it, it is written anew at most five times a second, whatever number of
    readers there is. Its own place in the class is that of one who follows.

    Args:
        hub: tells when something happened in the run.
        store: what is on record.
        classroom: where the teacher looks.
        find_run: finds the run of a name.
    """

    def __init__(
        self,
        hub: Hub,
        store: Store,
        classroom: Classroom,
        find_run: Callable[[str], RunRow | None],
    ) -> None:
        self._hub = hub
        self._store = store
        self._classroom = classroom
        self._find_run = find_run
        self._readers: set[Viewer] = set()
        self._writing: asyncio.Task[None] | None = None
        self._watcher = _Watcher()
        self._run_id: str | None = None  # of the run that is watched
        self.told = {"run": "null", "snapshot": "null"}

    async def read(self) -> dict[str, str]:
        """Returns what stands there now, as JSON by name."""
        if self._writing is None:
            await self._write(self._classroom.place)
        return self.told

    @contextlib.contextmanager
    def read_by(self, viewer: Viewer) -> Iterator[None]:
        """Wakes `viewer` whenever something else stands there."""
        self._readers.add(viewer)
        if self._writing is None:
            self._writing = asyncio.create_task(self._keep_up())
        try:
            yield
        finally:
            self._readers.discard(viewer)
            if not self._readers and self._writing is not None:
                self._writing.cancel()
                self._writing = None

    async def _keep_up(self) -> None:
        """Writes anew as long as somebody reads; no news is lost, for it is noted meanwhile."""
        with self._classroom.notices.read_by(self._watcher, follows=False):
            while True:
                self._watcher.happened.clear()
                watched = self._run_id
                with contextlib.ExitStack() as stack:
                    if watched is not None:
                        stack.enter_context(self._hub.watching(watched, self._watcher))
                    await self._write(self._classroom.place)
                    if watched == self._run_id:
                        await asyncio.sleep(PAUSE_SECONDS)
                        await self._watcher.happened.wait()

    async def _write(self, place: Place | None) -> None:
        """Writes what is seen there; what stood there before stays while nobody leads."""
        if place is None:
            return
        try:
            async with self._hub.log_readers:
                run_id, told = await asyncio.to_thread(self._seen_at, place)
        except StoreError:
            return  # the page's own questions say why
        self._run_id = run_id
        if told != self.told:
            self.told = told
            for reader in self._readers:
                reader.wake()

    def _seen_at(self, place: Place) -> tuple[str | None, dict[str, str]]:
        run = None if place.run is None else self._find_run(place.run)
        told = {"run": encode_shown_run(run), "snapshot": "null"}
        if run is not None and run.layers:
            layer = place.layer if place.layer in run.layers else run.layers[0]
            kind = next((one.kind for one in run.described.layers if one.name == layer), None)
            frame = self._store.frame_until(run.id, layer, place.step)
            told["snapshot"] = encode_shown_frame(frame, layer, kind)
        return run and run.id, told


class _Watcher(Viewer):
    """Notes that something happened for who looks only now and then; it needs no heartbeat."""

    def __init__(self) -> None:
        super().__init__(0, lambda: None)
        self.last_sent = math.inf
        self.happened = asyncio.Event()

    def wake(self) -> None:
        """Notes that something happened."""
        self.happened.set()
