"""The test pictures that a network takes for something else, the surest of them first."""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arrays import packed
from .looking import kept_at
from .refused import Refused
from .subject import Subject
from .taken_since import taken_since
from .tried import Tried, check_names, tried

Numbers = NDArray[np.int64]


def mistakes_of(
    subject: Subject, count: int, label: int | None, taken_for: int | None, since: bool
) -> dict[str, Any]:
    """Returns up to `count` mistakes with their pictures, and how often each class was taken for
    which.

    Args:
        label: only pictures of this class are shown, counted from 0.
        taken_for: only pictures that are taken for this class.
        since: also tell from which step on each is taken for what it is taken for now.

    Raises:
        Missing: there is no such snapshot any more.
        Refused: the network names nothing, there is no such class, or not all its weights were
            kept at this step.
    """
    kept = kept_at(subject)
    names = check_names(kept)
    for field, number in (("label", label), ("taken_for", taken_for)):
        if number is not None and number >= len(names):
            message = f"{field} counts {len(names)} classes from 0"
            raise Refused(message, field, len(names) - 1)
    all_tried = tried(kept)
    labels, taken, sure = all_tried.labels, all_tried.said, all_tried.chances.max(axis=1)
    is_wrong = taken != labels
    asked = is_wrong & _is(labels, label) & _is(taken, taken_for)
    worst = np.flatnonzero(asked)
    worst = worst[np.argsort(-sure[worst], kind="stable")][:count]
    pictures = [kept.dataset.sample("test", int(index), 1)[0] for index in worst]
    shape = kept.recipe.dataset_info.shape
    stacked = np.concatenate(pictures) if pictures else np.zeros((0, *shape), np.uint8)
    return {
        "tried": len(labels),
        "wrong": int(is_wrong.sum()),
        "class_names": list(names),
        "confusion": confusion(all_tried).tolist(),
        "index": worst.tolist(),
        "label": labels[worst].tolist(),
        "taken_for": taken[worst].tolist(),
        "probability": np.round(sure[worst].astype(float), 4).tolist(),
        "since": taken_since(subject, worst, taken[worst]) if since else None,
        "images": packed(stacked),
    }


def confusion_of(subject: Subject) -> bytes:
    """Counts what the test pictures of each class were named, as JSON; raises as `mistakes_of`."""
    kept = kept_at(subject)
    names, all_tried = check_names(kept), tried(kept)
    told = {
        "step": subject.step,
        "images": len(all_tried.labels),
        "class_names": names,
        "matrix": confusion(all_tried).tolist(),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def confusion(all_tried: Tried) -> Numbers:
    """Counts pictures, int64 (classes, classes): a row for each true class, a column for each that
    was said.
    """
    classes = all_tried.chances.shape[1]
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (all_tried.labels, all_tried.said), 1)
    return counts


def _is(classes: Numbers, asked: int | None) -> NDArray[np.bool_]:
    return np.ones(len(classes), np.bool_) if asked is None else classes == asked
