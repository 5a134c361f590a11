"""The folder that holds everything that is kept, closed to all but its owner."""

import contextlib
import logging
import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import apsw

from ..private_files import make_private_folder
from .errors import FolderUnusable
from .unusable import closed_among, why_unusable

_LOG = logging.getLogger("filterscope")
_OURS = ("filterscope.*", "filterscope-*.*", "server.*", "cache", "pictures", "lost+found")
_UNWRITABLE = (apsw.CantOpenError, apsw.ReadOnlyError, apsw.FullError, apsw.PermissionsError)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def open_data_folder(folder: Path) -> None:
    """Makes the folder if it is missing, and takes from others what they may do in it.

    What Filterscope wrote becomes its owner's alone, files of older versions too. The folder itself
    does so as well, unless it holds something of another kind: then it is shared for a reason that
    we don't know, and the log says that others can enter.

    Raises:
        FolderUnusable: it can't be made, looked at, or written to.
    """
    with told_if_unusable(folder):
        make_private_folder(folder)
        entries = list(folder.iterdir())
        ours = [entry for entry in entries if _is_ours(entry)]
        if closed_among((folder, *ours)):
            raise _unusable(folder, None)
        for path in (*ours, *_inside(folder / "cache")):
            _close_to_others(path)
        if len(ours) == len(entries):
            _close_to_others(folder)
        _warn_if_open(folder)


@contextlib.contextmanager
def told_if_unusable(folder: Path) -> Iterator[None]:
    """Turns what the system says of a folder that can't be written to into one sentence.

    Raises:
        FolderUnusable: it is read-only, full, somebody else's, or can't be made.
    """
    try:
        yield
    except (OSError, *_UNWRITABLE) as problem:
        raise _unusable(folder, problem) from None


def _unusable(folder: Path, problem: Exception | None) -> FolderUnusable:
    inside: list[Path] = []
    with contextlib.suppress(OSError):
        inside = [entry for entry in folder.iterdir() if _is_ours(entry)]
    return FolderUnusable(
        f"the data folder {folder} can't be written to: {why_unusable(folder, inside, problem)}, "
        "or point FILTERSCOPE_DATA at another folder"
    )


def refuse_a_strangers(path: Path) -> None:
    """Refuses a file that another user laid into the folder: whoever owns it can hold its lock.

    Raises:
        FolderUnusable: it belongs neither to us nor to the folder's owner.
    """
    owner, us = path.lstat().st_uid, os.geteuid()
    if us not in (0, owner) and owner not in (0, path.parent.stat().st_uid):
        raise FolderUnusable(
            f"{path} belongs to another user (number {owner}): remove it, or point "
            "FILTERSCOPE_DATA at a folder that only you can write to"
        )


def _is_ours(entry: Path) -> bool:
    return any(fnmatch(entry.name, name) for name in _OURS)


def _inside(path: Path) -> Iterator[Path]:
    """Yields everything in a folder, without following links out of it."""
    for parent, folders, files in () if path.is_symlink() else os.walk(path):
        yield from (Path(parent, name) for name in (*folders, *files))


def _close_to_others(path: Path) -> None:
    """Leaves the owner's own rights; what belongs to somebody else is theirs to close."""
    try:
        found = path.lstat()
        is_closed = not found.st_mode & _OTHERS or stat.S_ISLNK(found.st_mode)
        if not is_closed and found.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
    except OSError:
        return  # a cache file that is gone already, or a disk that knows no modes


def _warn_if_open(folder: Path) -> None:
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & _OTHERS:
        _LOG.warning(
            "Others on this machine can enter the data folder %s (mode %o), which holds other "
            "things too or belongs to somebody else. Its runs are closed to them; chmod 700 closes "
            "the folder.",
            folder,
            mode,
        )
