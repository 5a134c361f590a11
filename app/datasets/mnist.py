"""MNIST from the file shipped beside this module, checked before it is believed."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ..vocabulary.datasets import DATASETS
from .cache import cached_bytes

FILE: Final = Path(__file__).with_name("mnist.npz")
SHA256: Final = "06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64"

# Of the training pixels divided by 255; the checksum above pins them.
MEAN: Final = 0.1306604762738429
STD: Final = 0.30810780385646264

Split = Literal["train", "test"]
Archive = Mapping[str, NDArray[np.uint8]]


class DatasetFileError(Exception):
    """A file that ships with the program isn't what it should be."""


def open_archive(file: Path = FILE) -> Archive:
    """Opens the archive of x_train, y_train, x_test and y_test, each unpacked when asked for.

    Raises:
        DatasetFileError: `file` is missing or its checksum is wrong.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DatasetFileError(
            f"{file} can't be read ({error.strerror}). It is part of the program: restore it "
            "with `git checkout -- app/datasets/mnist.npz` or install again."
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise DatasetFileError(
            f"{file} is damaged: its sha256 is {found}, it should be {SHA256}. Restore it with "
            "`git checkout -- app/datasets/mnist.npz` or install again."
        )
    archive: Archive = np.load(io.BytesIO(content), allow_pickle=False)
    return archive


def read_images(archive: Archive, split: Split, cache_folder: Path) -> NDArray[np.uint8]:
    """Reads the images of one split of an open archive, as uint8 (images, 28, 28, 1), read-only.

    Unpacking the training images takes 0.3 s, mapping an unpacked copy a tenth of that, so a copy
    is kept in `cache_folder` under the checksum's name.
    """
    info = DATASETS["mnist"]
    count = info.train_size if split == "train" else info.test_size
    name = f"mnist-{split}-{SHA256[:16]}"
    return cached_bytes(cache_folder, name, (count, *info.shape), lambda: archive[f"x_{split}"])
