"""Which class and which set a file belongs to: by the folders that it lies in."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from .found import GivenSplit, Passed

Path = tuple[str, ...]

_TRAIN = frozenset({"train", "training"})
_TEST = frozenset({"test", "testing"})
_VALIDATION = frozenset({"val", "valid", "validation"})
_SYSTEMS_OWN = frozenset({"__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db"})
_LONGEST_CLASS = 100


class Placed(NamedTuple):
    """A file's place in the list of all, its class, and its set where the folders say it."""

    place: int
    class_name: str
    split: GivenSplit


def placed(paths: Sequence[Path], passed: Passed, understood: list[str]) -> list[Placed]:
    """Tells each file's class; what is hidden or lies in no class is passed over.

    A single folder around all others is looked through. `train` and `test` (or `val`) at the top
    are the two sets.
    """
    visible = [index for index, path in enumerate(paths) if not _is_hidden(path)]
    passed.hidden += len(paths) - len(visible)
    rest = {index: paths[index] for index in visible}
    while _has_one_folder_around(list(rest.values())):
        rest = {index: path[1:] if len(path) > 1 else path for index, path in rest.items()}
    splits = _splits({path[0].casefold() for path in rest.values() if len(path) > 1}, understood)
    found = []
    for index, path in rest.items():
        split: GivenSplit = None
        if splits and len(path) > 1:
            split, path = splits[path[0].casefold()], path[1:]
        why = _why_not(path)
        if why:
            passed.leave_out("/".join(paths[index]), why)
        else:
            found.append(Placed(index, class_of(path[0]), split))
    return found


def class_of(name: str) -> str:
    """Returns a class's name in the one spelling of its accents."""
    return unicodedata.normalize("NFC", name).strip()


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part.casefold() in _SYSTEMS_OWN for part in path)


def _has_one_folder_around(paths: Sequence[Path]) -> bool:
    folders = {path[0] for path in paths if len(path) > 1}
    return len(folders) == 1 and any(len(path) > 2 for path in paths)


def _splits(folders: set[str], understood: list[str]) -> dict[str, GivenSplit]:
    """Returns the set that each folder at the top stands for; nothing if they are classes."""
    if not (folders <= _TRAIN | _TEST | _VALIDATION and folders & _TRAIN and len(folders) > 1):
        return {}
    has_test = bool(folders & _TEST)
    splits: dict[str, GivenSplit] = {
        folder: "test" if folder in (_TEST if has_test else _VALIDATION) else "train"
        for folder in folders
    }
    tests = ", ".join(sorted(folder for folder in splits if splits[folder] == "test"))
    trains = ", ".join(sorted(folder for folder in splits if splits[folder] == "train"))
    understood.append(f"The folders say the sets: {trains} for training, {tests} for testing.")
    return splits


def _why_not(path: Path) -> str | None:
    if len(path) < 2:
        return "it lies in no class's folder"
    name = class_of(path[0])
    if not name or not name.isprintable():
        return "its class's name holds characters that can't be shown"
    if len(name) > _LONGEST_CLASS:
        return f"its class's name has more than {_LONGEST_CLASS} characters"
    return None
