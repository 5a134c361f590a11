"""Files that somebody sends, kept for as long as it takes to open them."""

import asyncio
import contextlib
import secrets
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from fastapi import Request

from ..opening.files import MOST_FILES, FileToOpen
from ..private_files import make_private_folder, private_opener
from ..settings import Settings
from .problems import Problem
from .streamed import write_body

_PIECE_BYTES = 1024**2
_MOST_FILMS = 16
_KEPT_SECONDS = 600.0  # of files that nobody opens
_FILM_TIMES = 8  # as large as a single file may all files of a film be together


class _HeldFilm:
    """Files that are to be opened together, as far as they are here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, FileToOpen] = {}
        self.bytes = 0
        self.touched_at = time.monotonic()


class Uploads:
    """Keeps files, privately, until they are opened. All of it belongs to the event loop's thread.

    Args:
        folder: where they lie; what a server before this one left there is deleted.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._films: dict[str, _HeldFilm] = {}

    def open(self) -> None:
        """Deletes what was left."""
        shutil.rmtree(self._folder, ignore_errors=True)

    async def receive(self, request: Request, name: str) -> FileToOpen:
        """Receives the file that is the body of a request; `forget` it afterwards.

        Raises:
            Problem: 413 it is too large, 422 it is empty, 503 the disk is full.
        """
        return await self._received(request, name, self._folder)

    async def hold(self, request: Request, film: str, name: str) -> tuple[int, int]:
        """Receives one of the files of a film; returns how many there are, and their bytes.

        Raises:
            Problem: as `receive`; 413 the film has too many files, or they are too large together.
        """
        held = self._film(film)
        file = await self._received(request, name, held.folder)
        self.forget(held.files.get(name))
        held.files[name] = file
        held.bytes = sum(one.path.stat().st_size for one in held.files.values())
        held.touched_at = time.monotonic()
        most = _FILM_TIMES * self._settings.max_open_bytes
        if len(held.files) > MOST_FILES or held.bytes > most:
            del held.files[name]
            self.forget(file)
            message = f"A film may have {MOST_FILES:,} files, and {most:,} bytes together."
            raise Problem(413, "film_too_large", message, field="film", limit=most)
        return len(held.files), held.bytes

    def take(self, film: str) -> list[FileToOpen]:
        """Gives the files of a film away: whoever takes them deletes them.

        Raises:
            Problem: 404 there are none.
        """
        held = self._films.pop(film, None)
        if held is None or not held.files:
            message = "No file was sent for this film, or that was more than ten minutes ago."
            raise Problem(404, "film_unknown", message, field="film")
        return list(held.files.values())

    def forget(self, *files: FileToOpen | None) -> None:
        """Deletes files, and their folders where those are empty now."""
        for file in files:
            if file is not None:
                file.path.unlink(missing_ok=True)
                if file.path.parent != self._folder:
                    with contextlib.suppress(OSError):
                        file.path.parent.rmdir()

    def _film(self, film: str) -> _HeldFilm:
        for name, held in list(self._films.items()):
            if time.monotonic() - held.touched_at > _KEPT_SECONDS:
                del self._films[name]
                shutil.rmtree(held.folder, ignore_errors=True)
        if film not in self._films:
            if len(self._films) >= _MOST_FILMS:
                message = f"{_MOST_FILMS} films are being sent already; try again in some minutes."
                raise Problem(503, "busy", message, headers={"Retry-After": "60"})
            self._films[film] = _HeldFilm(self._folder / secrets.token_hex(8))
        return self._films[film]

    async def _received(self, request: Request, name: str, folder: Path) -> FileToOpen:
        if not self._settings.has_disk_room():
            message = "The disk has too little room to take a file: delete runs or make room."
            raise Problem(503, "disk_full", message, headers={"Retry-After": "30"})
        await asyncio.to_thread(make_private_folder, folder)
        file = FileToOpen(folder / secrets.token_hex(8), name)
        try:
            with open(file.path, "wb", opener=private_opener) as draft:
                size = await self._written(request, draft)
        except BaseException:
            self.forget(file)
            raise
        if not size:
            self.forget(file)
            raise Problem(422, "unreadable", "The file is empty; save it once more.", field="file")
        return file

    async def _written(self, request: Request, draft: BinaryIO) -> int:
        """Writes the body as it comes; whoever goes on sending isn't taken for silent."""
        most = self._settings.max_open_bytes
        still_comes = request.scope.get("filterscope.still_comes", lambda: None)
        return await write_body(request, draft, most, _PIECE_BYTES, still_comes)
