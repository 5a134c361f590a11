"""Where the curves of long runs are kept: a file a run, which goes with its run."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

FEWEST_STEPS = 20_000  # of a run that is worth a file
UNFINISHED = ".new"
ENDING = ".columns"
_STALE_SECONDS = 3600.0  # after which nobody writes an unfinished one any more


def file_of(cache_folder: Path, run_id: str) -> Path:
    """Returns where a run's curves are kept, if they are."""
    return cache_folder / "curves" / f"{run_id}{ENDING}"


def drop(cache_folder: Path, run_ids: Iterable[str]) -> None:
    """Deletes the files of runs, where they have one.

    Raises:
        OSError: one is there and can't be deleted.
    """
    for run_id in run_ids:
        file_of(cache_folder, run_id).unlink(missing_ok=True)


def drop_left(cache_folder: Path, is_there: Callable[[str], bool]) -> None:
    """Deletes the files of runs that aren't there any more, and those that nobody finished.

    Raises:
        OSError: one is there and can't be deleted.
    """
    folder = cache_folder / "curves"
    for path in list(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == UNFINISHED:
            is_left = time.time() - path.stat().st_mtime > _STALE_SECONDS
        else:
            is_left = path.suffix == ENDING and not is_there(path.stem)
        if is_left:
            path.unlink(missing_ok=True)
