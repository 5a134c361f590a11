"""Opens a data set of one's own, once it is known to be what was kept."""

from pathlib import Path

import numpy as np

from ..kept_pictures import (
    IMAGES,
    LABELS,
    PicturesGone,
    digest_of,
    kept_for,
    pictures_folder,
)
from ..vocabulary.datasets import DatasetInfo
from ..vocabulary.own_pictures import DIGEST_SHOWN, OwnReference
from .dataset import Labels, Part
from .images import Pixels, StoredImages
from .mnist import Split
from .scaling import Standard


def open_own(
    reference: OwnReference, cache_folder: Path
) -> tuple[DatasetInfo, dict[Split, Part], Standard]:
    """Opens the pictures that a recipe means; they stay on the disk, mapped.

    Raises:
        PicturesGone: they were removed, or their files are damaged.
    """
    folder = pictures_folder(cache_folder)
    kept = kept_for(folder, reference)
    if kept is None:
        message = f"the pictures {reference.name} aren't here any more: add the same ones again"
        raise PicturesGone(message)
    place = folder / kept.digest[:DIGEST_SHOWN]
    try:
        if digest_of(place, kept.class_names, kept.info.train_size) != kept.digest:
            raise ValueError("their digest is another")
        images = np.load(place / IMAGES, mmap_mode="r", allow_pickle=False)
        labels = np.load(place / LABELS, allow_pickle=False).astype(np.int64)
    except (OSError, ValueError, EOFError) as problem:
        message = f"the pictures {kept.name} are damaged: remove them and add them again"
        raise PicturesGone(message) from problem
    train = kept.info.train_size
    parts: dict[Split, Part] = {
        "train": _part(images[:train], labels[:train]),
        "test": _part(images[train:], labels[train:]),
    }
    mean = np.array(kept.mean, np.float32)
    return kept.info, parts, Standard(kept.shape, mean, kept.std)


def _part(images: Pixels, labels: Labels) -> Part:
    return Part(StoredImages(lambda: np.asarray(images)), labels, labels)
