"""Makes runs of files that somebody brings: read aside, told as what a program would have sent."""

import asyncio
import hashlib
import io
import logging
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from ..external.items import BatchHeader
from ..external.packets import Packet, packets_in
from ..external.registration import Registration
from ..inspection.refused import Refused
from ..opening.files import LARGEST_PACKET, FileToOpen
from .aside import Aside, AsideClosed, AsideFailed
from .attempts import Registered
from .ingest import Ingest
from .numeric import write_recording
from .problems import Problem

_LOG = logging.getLogger("filterscope.opening")
_MOST_WAITING = 8
_SECONDS_A_FILE = 2.0
_MOST_DELETED = 1000  # times that the same files were opened, and their run deleted
_MOST_TRIES = 20  # of a batch that the server has no time for
_ENDED = "The file can't be read: reading it takes too much memory or time; save it once more."


class OpenedRun(NamedTuple):
    """The run that files were opened as, and what is told of them beside it."""

    registered: Registered
    told: dict[str, Any]


class Opener:
    """Opens files one lot after the other.

    Args:
        aside: where files are read, and nothing else is done: it may be ended at any time.
    """

    def __init__(self, ingest: Ingest, aside: Aside) -> None:
        self._ingest, self._aside = ingest, aside
        self._tasks: set[asyncio.Task[None]] = set()

    def warm(self) -> None:
        """Has the process ready by the time that a file is there."""
        self._aside.warm()

    async def aclose(self) -> None:
        """Gives up what is being told."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def open(self, files: Sequence[FileToOpen], name: str, layout: str | None) -> OpenedRun:
        """Returns the run as soon as its first frame is on disk; the others follow by themselves.

        Raises:
            Problem: 422 no file can be read, 503 not now.
        """
        recording = await self._recording(files, name, layout)
        packets = packets_in(recording, LARGEST_PACKET)
        begin = (await asyncio.to_thread(next, packets)).header
        key, registered = await self._register(begin["key"], begin["registration"])
        is_told = await self._tell_next(key, packets)
        if is_told:
            task = asyncio.get_running_loop().create_task(self._tell_all(key, packets, recording))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return OpenedRun(registered, begin["opened"])

    async def _recording(
        self, files: Sequence[FileToOpen], name: str, layout: str | None
    ) -> BinaryIO:
        if self._aside.waiting >= _MOST_WAITING:
            message = f"{_MOST_WAITING} files wait to be opened already; try again in some seconds."
            headers = {"Retry-After": "5"}
            raise Problem(503, "busy", message, limit=_MOST_WAITING, headers=headers)
        patience = write_recording.patience_seconds + _SECONDS_A_FILE * len(files)
        try:
            written = await self._aside.write(
                write_recording, list(files), name, layout, patience_seconds=patience
            )
        except Refused as why:
            raise Problem(422, "unreadable", f"{why.message}.", field=why.field) from None
        except AsideClosed:
            raise Problem(503, "shutting_down", "The server is about to stop.") from None
        except (AsideFailed, MemoryError):
            raise Problem(422, "unreadable", _ENDED, field="file") from None
        if isinstance(written, bytes):
            return io.BytesIO(written)
        written.seek(0)  # it stands where the process aside has written last
        return written

    async def _register(self, key: str, said: dict[str, Any]) -> tuple[str, Registered]:
        """Registers the run, under another key if the one that was it under this was deleted."""
        registration = Registration.model_validate(said)
        for again in range(_MOST_DELETED):
            try:
                now = _key_again(key, again)
                return now, await self._ingest.register(now, registration)
            except Problem as problem:
                if problem.status != 410:
                    raise
        message = "The run of these files was deleted too often to be opened once more."
        raise Problem(410, "run_deleted", message)

    async def _tell_all(self, key: str, packets: Iterator[Packet], recording: BinaryIO) -> None:
        try:
            with recording:
                while await self._tell_next(key, packets):
                    pass
        except Problem as problem:
            _LOG.warning("files aren't opened to their end: %s", problem)

    async def _tell_next(self, key: str, packets: Iterator[Packet]) -> bool:
        """Tells the next batch, patiently; False if there is none."""
        packet = await asyncio.to_thread(next, packets, None)
        if packet is None:
            return False
        header = BatchHeader.model_validate(packet.header)
        for tries in range(_MOST_TRIES):
            try:
                await self._ingest.take_packet(key, header.first or 1, 1, header, packet)
            except Problem as problem:
                if problem.status != 503 or tries == _MOST_TRIES - 1:
                    raise
                await asyncio.sleep(1)
            else:
                return True
        return False


def _key_again(key: str, again: int) -> str:
    if not again:
        return key
    return hashlib.blake2b(f"{key} {again}".encode(), digest_size=16).hexdigest()
