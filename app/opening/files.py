"""Which files are opened together, and how the run that they make is called; needs no NumPy."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

MOST_FILES: Final = 2000
LONE_BYTES: Final = 64 * 1024**2  # of weights that the run of one file keeps
LARGEST_PACKET: Final = LONE_BYTES + 2 * 1024**2
_DEEPEST: Final = 4  # folders in a folder
# Names that say nothing of what is in the file: its folder says more.
_USUAL_NAMES: Final = {"model", "pytorch_model", "weights", "checkpoint", "variables", "state"}


class FileToOpen(NamedTuple):
    """A file on this machine, and how its owner calls it: its name, with folders as far as told."""

    path: Path
    name: str


class NothingToOpen(ValueError):
    """Says why paths lead to no file, as a sentence without its full stop."""


def files_at(paths: Sequence[Path]) -> list[FileToOpen]:
    """Lists the files that paths lead to; of a folder all in it, but for hidden ones and links.

    Raises:
        NothingToOpen: one leads nowhere, or there are none, or too many.
    """
    found: list[FileToOpen] = []
    for path in paths:
        if path.is_dir():
            found += [FileToOpen(file, _name_in(path, file)) for file in _inside(path, _DEEPEST)]
        elif path.is_file():
            name = f"{path.parent.name}/{path.name}" if _is_usual(path) else path.name
            found.append(FileToOpen(path, name))
        else:
            raise NothingToOpen(f"there is no file or folder at {path}")
        if len(found) > MOST_FILES:
            raise NothingToOpen(
                f"{path} and what comes before it hold more than {MOST_FILES:,} files"
            )
    if not found:
        raise NothingToOpen(f"there is no file in {', '.join(map(str, paths))}")
    return found


def title_of(names: Sequence[str]) -> str:
    """Calls a run after its file, or after the folder that all of its files lie in."""
    if len(names) == 1:
        return names[0]
    folder = os.path.commonpath([Path(name).parent for name in names])
    return folder or f"{len(names):,} files"


def _name_in(folder: Path, file: Path) -> str:
    return f"{folder.resolve().name}/{file.relative_to(folder).as_posix()}"


def _is_usual(path: Path) -> bool:
    return path.name.partition(".")[0] in _USUAL_NAMES and bool(path.parent.name)


def _inside(folder: Path, deepest: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as problem:
        raise NothingToOpen(f"{folder} can't be read: {problem.strerror}") from None
    for entry in entries:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _inside(Path(entry.path), deepest - 1) if deepest else ()
        elif entry.is_file():
            yield Path(entry.path)
