"""An array of labels as the names of classes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .classes import class_of
from .found import shown
from .npy_entry import NpyEntry
from .request import MOST_CLASSES, NotGathered


def class_words(entry: NpyEntry, name: str, names: NpyEntry | None) -> NDArray[np.str_]:
    """Gives the name of each picture's class: text as it is, numbers by `names` or as digits.

    One row of ones and zeros a picture (one-hot) is understood as well.

    Raises:
        NotGathered: they are no labels.
    """
    labels = entry.whole()
    if labels.dtype.kind == "S":
        labels = np.char.decode(labels, "utf-8", "replace")
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.dtype.kind == "U" and labels.ndim == 1:
        return np.array([class_of(shown(str(label))) or "?" for label in labels])
    numbers = _whole_numbers(labels, name)
    if numbers.size and (numbers.min() < 0 or len(np.unique(numbers)) > MOST_CLASSES):
        message = f"{name} must hold up to {MOST_CLASSES} whole numbers from 0 on"
        raise NotGathered(message, "file", MOST_CLASSES)
    known = _known_names(names)
    is_named = int(numbers.max(initial=0)) < len(known)
    return np.array([known[n] if is_named else str(n) for n in numbers.tolist()])


def _whole_numbers(labels: NDArray[Any], name: str) -> NDArray[np.int64]:
    if labels.ndim == 2 and labels.dtype.kind in "buif":
        is_one_hot = bool(((labels == 0) | (labels == 1)).all() and (labels.sum(axis=1) == 1).all())
        if is_one_hot:
            return np.asarray(labels.argmax(axis=1), np.int64)
    if labels.ndim == 1 and labels.dtype.kind in "buif":
        with np.errstate(invalid="ignore"):
            whole: NDArray[np.int64] = labels.astype(np.int64)
        if bool((whole == labels).all()):
            return whole
    message = f"{name} has the shape {labels.shape} of {labels.dtype.name}; labels are one whole "
    raise NotGathered(f"{message}number or word a picture, or one row of 0 and 1", "file")


def _known_names(entry: NpyEntry | None) -> list[str]:
    if entry is None or entry.dtype.kind != "U" or len(entry.shape) != 1:
        return []
    return [class_of(shown(str(name))) or "?" for name in entry.whole()]
