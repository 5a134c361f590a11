"""Folders and files that are for their owner alone, whatever the umask says."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_STALE_SECONDS = 24 * 3600


def make_private_folder(folder: Path) -> None:
    """Makes `folder`, and those above it that are missing; one that is there stays as it is.

    Raises:
        OSError: it can't be made, or a file is in its place.
    """
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(_FOLDER_MODE, exist_ok=True)
        folder.chmod(_FOLDER_MODE)


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """Makes a folder within `folder` to work in, gone with what is left in it at the end.

    What a process that was killed has left is removed a day later.
    """
    make_private_folder(folder)
    for old in (*folder.glob(".adding-*"), *folder.glob(".gone-*"), *folder.glob(".uploaded-*")):
        with suppress(FileNotFoundError):  # another process was faster
            if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                old.unlink() if old.is_file() else shutil.rmtree(old, ignore_errors=True)
    place = folder / f".adding-{secrets.token_hex(6)}"
    make_private_folder(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def make_private_file(path: Path) -> None:
    """Makes an empty file; one that is there stays as it is and isn't opened.

    Closing a file drops the locks that this process holds on it, so an opened database must not
    be touched.

    Raises:
        OSError: it can't be made.
    """
    try:
        handle = private_opener(str(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        return
    os.close(handle)


def private_opener(path: str, flags: int) -> int:
    """Opens for `open(…, opener=private_opener)`: what is written belongs to its owner alone."""
    handle = os.open(path, flags, _FILE_MODE)
    Path(path).chmod(_FILE_MODE)  # a umask can take away the owner's own rights
    return handle
