"""Data sets that are being made of what somebody sends: received to the disk, read aside."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

from fastapi import Request

from ..gathering.aside import GatherProcess
from ..gathering.request import GatherRequest, NotGathered
from ..kept_pictures import KeptPictures, kept_as
from ..private_files import make_private_folder, private_opener
from .body import most_bytes
from .leaving import unless_left
from .problems import Problem
from .streamed import write_body

MOST_AT_ONCE = 2
_WRITTEN_BYTES = 1024**2  # at once, off the event loop


class Looked(NamedTuple):
    """How many of how many pictures were looked at; nothing is known while they are sent."""

    done: int
    total: int | None


class Gatherings:
    """The data sets that are being made just now, each in a process of its own.

    All of it belongs to the event loop's thread.
    """

    def __init__(self) -> None:
        self.looked: dict[str, Looked] = {}
        self._processes: set[GatherProcess] = set()

    @contextlib.contextmanager
    def place(self, name: str, folder: Path) -> Iterator[None]:
        """Keeps a place, and the name, for as long as the block takes.

        Raises:
            Problem: 409 there is one of that name, 503 too many are being made.
        """
        if name in self.looked or kept_as(folder, name):
            message = f"A data set is called {name} already: remove it, or take another name."
            raise Problem(409, "name_taken", message, field="name")
        if len(self.looked) >= MOST_AT_ONCE:
            message = f"{MOST_AT_ONCE} data sets are being made already; try again in some seconds."
            headers = {"Retry-After": "5"}
            raise Problem(503, "busy", message, limit=MOST_AT_ONCE, headers=headers)
        self.looked[name] = Looked(0, None)
        try:
            yield
        finally:
            del self.looked[name]

    async def gathered(self, request: Request, wanted: GatherRequest) -> KeptPictures:
        """Makes a data set, unless whoever sent the pictures leaves before.

        Raises:
            Problem: 422 none is to be made of it, 503 there is no room.
        """
        process = await asyncio.to_thread(GatherProcess, wanted)
        self._processes.add(process)
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int, _name: str) -> None:
            loop.call_soon_threadsafe(self._look, wanted.name, Looked(done, total))

        try:
            result = asyncio.to_thread(process.result, progress)
            return await unless_left(request.receive, result)
        except NotGathered as why:
            message = f"{why.message[:1].upper()}{why.message[1:]}."
            raise Problem(422, "invalid", message, field=why.field, limit=why.limit) from None
        except OSError:
            message = "The disk has no room for these pictures. Delete a run, or make room."
            raise Problem(503, "disk_full", message) from None
        finally:
            self._processes.discard(process)
            process.kill()

    def refuse(self) -> None:
        """Ends what is being made; whoever waits for it is told."""
        for process in self._processes:
            process.kill()

    def _look(self, name: str, looked: Looked) -> None:
        if name in self.looked:
            self.looked[name] = looked


@contextlib.asynccontextmanager
async def received(request: Request, folder: Path) -> AsyncIterator[Path]:
    """Writes a request's body into a file that is gone at the end of the block.

    Raises:
        Problem: 413 it is larger than is accepted.
    """
    limit = most_bytes(request.app.state.settings, request.method, request.scope["path"])
    await asyncio.to_thread(make_private_folder, folder)
    path = folder / f".uploaded-{secrets.token_hex(6)}"
    try:
        with open(path, "wb", opener=private_opener) as file:
            await write_body(request, file, limit, _WRITTEN_BYTES)
        yield path
    finally:
        path.unlink(missing_ok=True)
