"""An .npz of pictures and labels, under the names that such archives usually have."""

import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .array_labels import class_words
from .array_pictures import ArrayPictures
from .decoding import Fitting, fitted
from .found import FoundPicture, GivenSplit, PictureSource, Pixels, UnreadablePicture
from .npy_entry import NpyEntry
from .request import MOST_PICTURES, SIZES, NotGathered

_SETS: tuple[tuple[str, str, GivenSplit], ...] = (
    ("x_train", "y_train", "train"),
    ("x_test", "y_test", "test"),
    ("train_images", "train_labels", "train"),
    ("test_images", "test_labels", "test"),
)
_WHOLES = (
    *(("images", "labels"), ("data", "target"), ("x", "y"), ("arr_0", "arr_1")),
    *(("data", "labels"), ("images", "targets"), ("features", "labels")),
)
_CLASS_NAMES = ("class_names", "classes", "label_names", "target_names")


class _Pair(NamedTuple):
    pictures: ArrayPictures
    labels: NDArray[np.str_]
    split: GivenSplit


def is_npz(archive: zipfile.ZipFile) -> bool:
    """Tells whether a zip holds arrays and nothing else."""
    names = [info.filename for info in archive.infolist()]
    return bool(names) and all(name.endswith(".npy") and "/" not in name for name in names)


def size_of(side: tuple[int, int]) -> int | None:
    """Returns the size that pictures of arrays have already, if it is one that there is."""
    return side[0] if side[0] == side[1] and side[0] in SIZES else None


def open_npz(
    archive: zipfile.ZipFile, size: int | None, fitting: Fitting
) -> tuple[PictureSource, Fitting]:
    """Finds pictures and labels; gives them with the fitting that they get.

    Raises:
        NotGathered: there are none under a usual name, or they aren't what they should be.
    """
    entries = {
        info.filename.removesuffix(".npy").casefold(): NpyEntry(archive, info)
        for info in archive.infolist()
    }
    pairs = _pairs(entries)
    first = pairs[0].pictures
    own = size_of(first.side)
    fitting = fitting._replace(size=size or own or 32)
    count = sum(pair.pictures.count for pair in pairs)
    if count > MOST_PICTURES:
        message = f"there are {count:,} pictures; up to {MOST_PICTURES:,} are taken"
        raise NotGathered(message, "file", MOST_PICTURES)
    understood = [first.words]
    if pairs[0].split is not None and len(pairs) > 1:
        understood.append("The archive says which pictures are for testing.")
    return PictureSource(count, _pictures(pairs, fitting), understood), fitting


def _pairs(entries: dict[str, NpyEntry]) -> list[_Pair]:
    words = next((entries[name] for name in _CLASS_NAMES if name in entries), None)
    found: list[tuple[str, str, GivenSplit]] = [
        one for one in _SETS if entries.keys() >= set(one[:2])
    ]
    if not any(split == "train" for *_, split in found):
        wholes = (pair for pair in _WHOLES if entries.keys() >= set(pair))
        found = [(first, second, None) for first, second in islice(wholes, 1)]
    if not found:
        held = ", ".join(sorted(entries)) or "nothing"
        message = (
            f"the archive holds {held[:200]}; call the arrays x and y, x_train, y_train, x_test "
            "and y_test, or images and labels"
        )
        raise NotGathered(message, "file")
    pairs = []
    for pictures, labels, split in found:
        images = ArrayPictures(entries[pictures], pictures)
        told = class_words(entries[labels], labels, words)
        if len(told) != images.count:
            message = (
                f"{pictures} holds {images.count:,} pictures and {labels} {len(told):,} labels: "
                "one for each is needed"
            )
            raise NotGathered(message, "file")
        pairs.append(_Pair(images, told, split))
    return pairs


def _pictures(pairs: list[_Pair], fitting: Fitting) -> Iterator[FoundPicture]:
    for pair in pairs:
        named = pair.pictures.name
        for index, pixels in enumerate(pair.pictures.read()):
            read = partial(_fitted, pixels, fitting)
            yield FoundPicture(f"{named}[{index}]", str(pair.labels[index]), pair.split, read)


def _fitted(pixels: Pixels | None, fitting: Fitting) -> Pixels:
    if pixels is None:
        raise UnreadablePicture("it holds numbers that aren't finite")
    return fitted(pixels, fitting)
