"""Opens a data set by name, with its scaling and its controls."""

from pathlib import Path
from typing import Literal

import numpy as np

from app.datasets import dead_leaves, mnist
from app.datasets.catalogue import DATASETS, DatasetInfo
from app.datasets.controls import pixel_permutation, random_labels
from app.datasets.dataset import Dataset, Part, Scaling
from app.datasets.images import CroppedImages, StoredImages
from app.datasets.mnist import Split

_SPLITS: tuple[Split, Split] = ("train", "test")


def load(
    name: str,
    *,
    scaling: Literal["standard", "unit"] = "standard",
    pixels: Literal["natural", "shuffled"] = "natural",
    labels: Literal["true", "random"] = "true",
    seed: int = 0,
    data_seed: int = 0,
    cache_folder: Path,
) -> Dataset:
    """Opens the data set `name`.

    Args:
        scaling: "standard" takes the training set's mean away (of each channel) and divides by
            its one standard deviation; "unit" divides by 255.
        pixels: "shuffled" puts one fixed permutation on the pixels of every image of both sets.
        labels: "random" replaces the training labels by uniform random ones, fixed by `seed`.
            The test labels stay true, so that accuracy still means what it says.
        seed: of the two controls, not negative.
        data_seed: of drawn data (dead leaves), not negative.
        cache_folder: where unpacked or drawn images are kept; made when missing.

    Raises:
        ValueError: there is no such data set, or a seed is negative.
        DatasetFileError: the file shipped with the program is missing or damaged.
    """
    info = _find(name)
    if name == "mnist":
        parts, standard = _open_mnist(cache_folder)
    else:
        parts, standard = _open_dead_leaves(data_seed, cache_folder)
    if labels == "random":
        train = parts["train"]
        spoiled = random_labels(info.train_size, len(info.class_names), seed)
        parts["train"] = Part(train.images, train.true_labels, spoiled)
    return Dataset(
        info,
        parts,
        standard if scaling == "standard" else Scaling.from_figures(info.shape, mean=0, std=1),
        pixel_permutation(*info.shape[:2], seed) if pixels == "shuffled" else None,
    )


def _find(name: str) -> DatasetInfo:
    if name not in DATASETS:
        raise ValueError(f"there is no data set {name!r}: choose {' or '.join(DATASETS)}")
    return DATASETS[name]


def _open_mnist(cache_folder: Path) -> tuple[dict[Split, Part], Scaling]:
    archive = mnist.open_archive()

    def part(split: Split) -> Part:
        images = StoredImages(lambda: mnist.read_images(archive, split, cache_folder))
        labels = archive[f"y_{split}"].astype(np.int64)
        return Part(images, labels, labels)

    scaling = Scaling.from_figures(DATASETS["mnist"].shape, mnist.MEAN, mnist.STD)
    return {split: part(split) for split in _SPLITS}, scaling


def _open_dead_leaves(data_seed: int, cache_folder: Path) -> tuple[dict[Split, Part], Scaling]:
    canvases = dead_leaves.read_canvases(data_seed, cache_folder)
    parts = {
        split: Part(CroppedImages(canvases, crops), crops.label, crops.label)
        for split, crops in zip(_SPLITS, dead_leaves.draw_crops(data_seed), strict=True)
    }
    shape = DATASETS["dead-leaves"].shape
    return parts, Scaling.from_figures(shape, *dead_leaves.training_figures(canvases))
