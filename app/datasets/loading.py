"""Opens a data set by name, with its scaling and its controls."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Literal

import numpy as np

from ..vocabulary.datasets import DATASETS, DatasetInfo
from ..vocabulary.own_pictures import own_reference
from . import dead_leaves, gray_leaves, mnist
from .controls import pixel_permutation, random_labels
from .dataset import Dataset, Part
from .images import CroppedImages, StoredImages
from .mnist import Split
from .own import open_own
from .scaling import LocalContrast, Scaling, Standard

ScalingName = Literal["standard", "unit", "local-contrast"]
_SPLITS: tuple[Split, Split] = ("train", "test")


def load(
    name: str,
    *,
    scaling: ScalingName = "standard",
    pixels: Literal["natural", "shuffled"] = "natural",
    labels: Literal["true", "random"] = "true",
    seed: int = 0,
    data_seed: int = 0,
    cache_folder: Path,
) -> Dataset:
    """Opens the data set `name`, one of one's own as a recipe names it (`own:NAME`).

    Args:
        scaling: "standard" takes the training set's mean away (of each channel) and divides by
            its one standard deviation; "unit" divides by 255; "local-contrast" keeps what
            stands out from its surroundings (see `LocalContrast`).
        pixels: "shuffled" puts one fixed permutation on the pixels of every image of both sets.
        labels: "random" replaces the training labels by uniform random ones, fixed by `seed`.
            The test labels stay true, so that accuracy still means what it says. Where there are
            no classes every label is −1.
        seed: of the two controls, not negative.
        data_seed: of drawn data (leaves), not negative.
        cache_folder: where unpacked or drawn images are kept; made when missing.

    Raises:
        ValueError: there is no such data set, it has no labels to replace, or a seed is negative.
        DatasetFileError: the file shipped with the program is missing or damaged.
        PicturesGone: a data set of one's own is missing or damaged.
    """
    info, parts, standard = _opened(name, data_seed, cache_folder)
    if labels == "random":
        if not info.class_names:
            raise ValueError(f"{name} has no labels that random ones could replace")
        train = parts["train"]
        spoiled = random_labels(info.train_size, len(info.class_names), seed)
        parts["train"] = Part(train.images, train.true_labels, spoiled)
    return Dataset(
        info,
        parts,
        _scaling(scaling, info.shape, standard),
        pixel_permutation(*info.shape[:2], seed) if pixels == "shuffled" else None,
    )


def _opened(
    name: str, data_seed: int, cache_folder: Path
) -> tuple[DatasetInfo, dict[Split, Part], Standard]:
    if reference := own_reference(name):
        return open_own(reference, cache_folder)
    if name not in DATASETS:
        raise ValueError(f"there is no data set {name!r}: choose one of {', '.join(DATASETS)}")
    return DATASETS[name], *_OPENERS[name](data_seed, cache_folder)


def _scaling(name: ScalingName, shape: tuple[int, int, int], standard: Standard) -> Scaling:
    if name == "local-contrast":
        return LocalContrast(shape)
    return standard if name == "standard" else Standard(shape, mean=0, std=1)


_Opened = tuple[dict[Split, Part], Standard]


def _open_mnist(_data_seed: int, cache_folder: Path) -> _Opened:
    archive = mnist.open_archive()

    def part(split: Split) -> Part:
        images = StoredImages(lambda: mnist.read_images(archive, split, cache_folder))
        labels = archive[f"y_{split}"].astype(np.int64)
        return Part(images, labels, labels)

    scaling = Standard(DATASETS["mnist"].shape, mnist.MEAN, mnist.STD)
    return {split: part(split) for split in _SPLITS}, scaling


def _open_leaves(name: str, leaves: ModuleType, data_seed: int, cache_folder: Path) -> _Opened:
    canvases = leaves.read_canvases(data_seed, cache_folder)
    parts = {
        split: Part(CroppedImages(canvases, crops), crops.label, crops.label)
        for split, crops in zip(_SPLITS, leaves.draw_crops(data_seed), strict=True)
    }
    return parts, Standard(DATASETS[name].shape, *leaves.training_figures(canvases))


_OPENERS: dict[str, Callable[[int, Path], _Opened]] = {
    "mnist": _open_mnist,
    "dead-leaves": partial(_open_leaves, "dead-leaves", dead_leaves),
    "gray-leaves": partial(_open_leaves, "gray-leaves", gray_leaves),
}
