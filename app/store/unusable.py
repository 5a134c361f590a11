"""Why a folder can't be written to, and the command that mends it."""

import errno
import os
import pwd
import shlex
from collections.abc import Sequence
from pathlib import Path

import apsw

_FULL = {errno.ENOSPC, errno.EDQUOT}


def closed_among(paths: Sequence[Path]) -> Path | None:
    """Returns the first of these files and folders that this process may not change.

    One that has gone meanwhile isn't one: SQLite removes its log when the last reader leaves.
    """
    for path in paths:
        needed = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
        if not os.access(path, needed) and os.path.lexists(path):
            return path
    return None


def why_unusable(folder: Path, inside: Sequence[Path], problem: Exception | None) -> str:
    """Says what keeps a folder from being used and what mends that, to follow a colon.

    Args:
        inside: what of ours lies in it.
        problem: what the system or SQLite said; None where it was only looked at.
    """
    there = _nearest(folder)
    if there.is_file():
        return f"{there} is a file; move it away"
    if _is_full(problem):
        return f"its disk is full; make room (“df -h {_quoted(there)}” shows how much there is)"
    if os.statvfs(there).f_flag & os.ST_RDONLY:
        mount = f"mount -o remount,rw {_quoted(_mount_of(there))}"
        return f"it is mounted read-only; as root, “{mount}” mends that"
    closed = closed_among((there, *inside))
    if closed is None:
        return _said(problem)
    user = _name_of(os.geteuid())
    if there != folder:
        make = f"sudo install -d -m 700 -o {user} {_quoted(folder)}"
        return f"{there} isn't yours to write to; “{make}” makes the folder and gives it to you"
    if closed.lstat().st_uid == os.geteuid():
        return f"{closed} is closed to you; “chmod -R u+rwX {_quoted(folder)}” mends that"
    owner = _name_of(closed.lstat().st_uid)
    chown = f"sudo chown -R {user} {_quoted(folder)}"
    return f"{closed} belongs to {owner}; “{chown}” makes all of it yours"


def _is_full(problem: Exception | None) -> bool:
    return isinstance(problem, apsw.FullError) or getattr(problem, "errno", None) in _FULL


def _said(problem: Exception | None) -> str:
    reason = getattr(problem, "strerror", None) or str(problem)
    return f"{reason}; see whose it is and that it isn't mounted read-only"


def _nearest(folder: Path) -> Path:
    """Returns the folder, or what there is of the way to it."""
    for path in (folder, *folder.parents):
        if os.path.lexists(path) and path.exists():
            return path
    return Path("/")


def _mount_of(path: Path) -> Path:
    path = path.resolve()
    return next((one for one in (path, *path.parents) if one.is_mount()), Path("/"))


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
