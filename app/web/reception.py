"""Large bodies on their way here: on a slow line they lie in files until all of them has come."""

import asyncio
import contextlib
import errno
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO

from fastapi import Request

from ..private_files import make_private_folder
from .body import most_bytes, read_bytes
from .problems import Problem
from .room import Room
from .streamed import write_body

HELD_BYTES = 256 * 1024  # bodies up to this size are read at once
_WRITTEN_BYTES = 128 * 1024  # at a time
_MOST_BYTES = 256 * 1024**2  # of bodies that are coming
_MOST_WAITING = 256
_PATIENCE_SECONDS = 5.0
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class Reception:
    """Takes in bodies that may take a minute to come, while others are worked on.

    All of it belongs to the event loop's thread.

    Args:
        folder: where the files lie, without names.
        working: room in memory, for those that have come.
    """

    def __init__(self, folder: Path, working: Room) -> None:
        self._folder, self._working = folder, working
        self._coming = Room(_MOST_BYTES, _MOST_WAITING, _PATIENCE_SECONDS)

    @contextlib.asynccontextmanager
    async def body(self, request: Request, size_bytes: int) -> AsyncIterator[bytes]:
        """Gives a request's whole body, as long as the block lasts.

        Args:
            size_bytes: that it says it has, or may have at most.

        Raises:
            Problem: 413 it is too large, 503 there is no room for it now.
        """
        if size_bytes <= HELD_BYTES:
            async with self._working.taken(size_bytes):
                yield await read_bytes(request)
            return
        async with self._coming.taken(size_bytes):
            with await self._received(request) as file:
                async with self._working.taken(size_bytes):
                    yield await asyncio.to_thread(file.read)

    async def _received(self, request: Request) -> IO[bytes]:
        with full_disk_told():
            file = await asyncio.to_thread(file_without_name, self._folder)
            try:
                await _write(request, file)
            except BaseException:
                file.close()
                raise
        return file


@contextlib.contextmanager
def full_disk_told() -> Iterator[None]:
    """Raises Problem, 503, where a file can't be written because the disk is full."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in _NO_ROOM:
            raise
        message = "The disk has no room for what is sent: delete runs or make room."
        headers = {"Retry-After": "30"}
        raise Problem(503, "disk_full", message, headers=headers) from None


def file_without_name(folder: Path) -> IO[bytes]:
    """Opens a file in `folder`, of which nothing is left when it is closed."""
    make_private_folder(folder)
    return tempfile.TemporaryFile(dir=folder)


async def _write(request: Request, file: IO[bytes]) -> None:
    """Writes a body into a file, as it comes, and goes back to the file's beginning."""
    limit = most_bytes(request.app.state.settings, request.method, request.scope["path"])
    await write_body(request, file, limit, _WRITTEN_BYTES)
    await asyncio.to_thread(file.seek, 0)
