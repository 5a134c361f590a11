"""The test pictures that a network takes for something else, the surest of them first."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..datasets import Dataset
from ..training.build import build_network
from .arrays import packed, unpacked
from .cache import CACHE
from .looking import kept_at
from .refused import Refused
from .snapshot import KeptSnapshot
from .subject import Subject

MOST_TRIED = 10_000
_AT_ONCE = 256


def mistakes_of(subject: Subject, count: int) -> dict[str, Any]:
    """Returns up to `count` mistakes with their pictures, and how often each class was taken for
    which.

    Raises:
        Missing: there is no such snapshot any more.
        Refused: the network names nothing, or not all its weights were kept at this step.
    """
    kept = kept_at(subject)
    names = kept.recipe.class_names
    if not names:
        raise Refused("This network names nothing, so it mistakes nothing", "run_id")
    labels, chances = CACHE.get(("answers", hash(kept)), lambda: _answers(kept))
    taken = chances.argmax(axis=1)
    sure = chances.max(axis=1)
    wrong = np.flatnonzero(taken != labels)
    worst = wrong[np.argsort(-sure[wrong], kind="stable")][:count]
    confusion = np.zeros((len(names), len(names)), np.int64)
    np.add.at(confusion, (labels, taken), 1)
    pictures = [kept.dataset.sample("test", int(index), 1)[0] for index in worst]
    shape = kept.recipe.dataset_info.shape
    stacked = np.concatenate(pictures) if pictures else np.zeros((0, *shape), np.uint8)
    return {
        "tried": len(labels),
        "wrong": len(wrong),
        "class_names": list(names),
        "confusion": confusion.tolist(),
        "index": worst.tolist(),
        "label": labels[worst].tolist(),
        "taken_for": taken[worst].tolist(),
        "probability": np.round(sure[worst].astype(float), 4).tolist(),
        "images": packed(stacked),
    }


def _answers(kept: KeptSnapshot) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Gives the true labels of the first test pictures, and a chance for each class."""
    network, weights = build_network(kept.recipe, _AT_ONCE), unpacked(kept.arrays)
    names = (*network.parameters.specs, *network.state.views)
    if any(name not in weights for name in names):
        message = "Not all weights were kept at this step; of a large network they are at the last"
        raise Refused(message, "step")
    network.parameters.load({name: weights[name] for name in network.parameters.specs})
    network.state.load({name: weights[name] for name in network.state.views})
    data: Dataset = kept.dataset
    tried = min(data.test_size, MOST_TRIED)
    labels, chances = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, tried, _AT_ONCE):
            images, true = data.test(start, min(start + _AT_ONCE, tried))
            labels.append(true)
            chances.append(_chances(network.predict(images)))
    return np.concatenate(labels), np.concatenate(chances)


def _chances(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turns logits (pictures, classes) into chances by the softmax."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return chances
