"""Pictures of one's own on a machine of the cluster: asked of the server once, then kept there."""

import contextlib
import os
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
        folder = pictures_folder(cache_folder)
        if reference is not None and kept_for(folder, reference) is None:
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
        with contextlib.suppress(OSError):  # another process of this machine was faster
            place.rename(folder / kept.digest[:DIGEST_SHOWN])
