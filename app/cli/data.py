"""`python -m app data add|list|remove`: pictures of one's own, beside whatever server runs."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from ..command import command_name
from ..gathering.aside import GatherProcess
from ..gathering.asked import name_of, wanted_of
from ..gathering.request import GatherRequest, NotGathered
from ..kept_pictures import KeptPictures, all_kept, kept_as, pictures_folder, remove
from ..settings import Settings
from ..store import Reading, StoreError
from ..store.data_folder import open_data_folder
from ..store.needing import runs_that_need

_MOST_NAMED = 5


def run(options: argparse.Namespace) -> int:
    """Does what is asked; 0 if it could, else 1."""
    action = {"add": _add, "list": _list, "remove": _remove}[options.action]
    try:
        settings = Settings.from_environment()
        return action(options, settings, pictures_folder(settings.cache_folder))
    except (ValueError, OSError, NotGathered, StoreError) as problem:
        print(f"Filterscope can't {options.action} these pictures: {problem}", file=sys.stderr)
        return 1


def _add(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    path = Path(options.path).expanduser().resolve()
    said = {name: getattr(options, name) for name in ("size", "channels", "fit", "background")}
    wanted, name = wanted_of(said), name_of(options.name)
    if not path.exists():
        raise NotGathered(f"there is nothing at {path}")
    if kept_as(folder, name):
        raise NotGathered(f"a data set is called {name} already: remove it, or take another name")
    open_data_folder(settings.data_folder)
    process = GatherProcess(GatherRequest(path, path.name, name, wanted, folder))
    with tqdm(unit="picture", disable=None) as bar:

        def progress(done: int, total: int, _name: str) -> None:
            bar.total = total
            bar.update(done - bar.n)

        try:
            kept = process.result(progress)
        finally:
            process.end()
    _tell(kept)
    return 0


def _list(_options: argparse.Namespace, _settings: Settings, folder: Path) -> int:
    kept = all_kept(folder)
    if not kept:
        print("There are no pictures of your own; `data add NAME PATH` makes a data set of some.")
    for one in kept:
        print(f"{one.reference}  {_size(one)}")
    return 0


def _remove(options: argparse.Namespace, settings: Settings, folder: Path) -> int:
    kept = kept_as(folder, name_of(options.name))
    if kept is None:
        there = ", ".join(one.name for one in all_kept(folder)) or "none"
        raise NotGathered(f"there are no pictures called {options.name}; there are {there}")
    needing: list[str] = []
    if settings.database_path.exists():
        with Reading.beside(settings.database_path) as reading:
            needing = [run.id for run in runs_that_need(reading, kept.reference)]
    if needing and not options.even_if_needed:
        named = ", ".join(needing[:_MOST_NAMED]) + (" …" if len(needing) > _MOST_NAMED else "")
        raise NotGathered(
            f"{len(needing)} runs need them, to go on, to be repeated and to be asked about "
            f"pictures ({named}): delete those, or say --even-if-needed"
        )
    remove(folder, kept)
    print(f"{kept.name} is removed.")
    return 0


def _tell(kept: KeptPictures) -> None:
    """Says what there is now, what was understood, and what was left out."""
    print(f"{kept.reference}  {_size(kept)}")
    for sentence in kept.understood:
        print(sentence)
    if kept.hidden:
        print(f"{kept.hidden} hidden files were passed over.")
    if kept.left_out_count:
        print(f"{kept.left_out_count} files were left out:", file=sys.stderr)
    for one in kept.left_out:
        print(f"  {one.name}: {one.why}", file=sys.stderr)
    print(f"Train on them: {command_name()} train own:{kept.name}, or begin on the page.")


def _size(kept: KeptPictures) -> str:
    height, width, channels = kept.shape
    colours = "gray" if channels == 1 else "colour"
    info = kept.info
    return (
        f"{info.train_size:,} training and {info.test_size:,} test pictures, "
        f"{height}×{width} in {colours}, {len(kept.class_names)} classes"
    )
