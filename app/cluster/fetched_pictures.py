"""Pictures of one's own on a machine of the cluster: asked of the server once, then kept there.

What is damaged there is asked for once more.
"""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from ..datasets import Dataset
from ..kept_pictures import (
    ABOUT,
    IMAGES,
    LABELS,
    KeptPictures,
    PicturesGone,
    digest_of,
    kept_for,
    pictures_folder,
)
from ..private_files import private_opener, unfinished
from ..recipe import Recipe
from ..training.data import load_dataset
from ..vocabulary.own_pictures import DIGEST_SHOWN, own_reference

Ask = Callable[[str], bytes]


def loading(ask: Ask) -> Callable[[Recipe, Path], Dataset]:
    """Returns what loads a recipe's data, and fetches pictures of one's own that aren't here.

    Args:
        ask: the server for a file of theirs; raises PicturesGone where it can't be had.
    """

    def load(recipe: Recipe, cache_folder: Path) -> Dataset:
        reference = own_reference(recipe.dataset)
        if reference is None:
            return load_dataset(recipe, cache_folder)
        folder = pictures_folder(cache_folder)
        if kept_for(folder, reference) is not None:
            with contextlib.suppress(PicturesGone):  # damaged here, but not there perhaps
                return load_dataset(recipe, cache_folder)
        _fetch(folder, ask)
        return load_dataset(recipe, cache_folder)

    return load


def _fetch(folder: Path, ask: Ask) -> None:
    """Puts the pictures of the run into `folder`, whole or not at all."""
    with unfinished(folder) as place:
        for name in (ABOUT, LABELS, IMAGES):
            with open(place / name, "wb", opener=private_opener) as file:
                file.write(ask(name))
                file.flush()
                os.fsync(file.fileno())
        kept = KeptPictures.read(place)
        if digest_of(place, kept.class_names, kept.info.train_size) != kept.digest:
            raise PicturesGone("the pictures that came aren't those that the server keeps")
        _put(place, folder / kept.digest[:DIGEST_SHOWN], kept)


def _put(place: Path, where: Path, kept: KeptPictures) -> None:
    """Puts a folder in its place, and what lies there, damaged, out of the way."""
    if where.exists() and not _is_whole(where, kept):
        hidden = where.with_name(f".gone-{place.name.removeprefix('.adding-')}")
        with contextlib.suppress(OSError):
            where.rename(hidden)
            shutil.rmtree(hidden, ignore_errors=True)
    with contextlib.suppress(OSError):  # another process of this machine was faster
        place.rename(where)


def _is_whole(where: Path, kept: KeptPictures) -> bool:
    try:
        there = KeptPictures.read(where)
        return digest_of(where, there.class_names, there.info.train_size) == kept.digest
    except (OSError, ValueError):
        return False
