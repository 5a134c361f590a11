"""The test pictures, and what a network says of them after so many updates."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis.trunk import Trunk
from ..engine import Network
from ..engine.assembly import fused
from ..vocabulary.layers.naming import named, weight_names
from .arrays import unpacked
from .cache import CACHE
from .refused import Refused
from .snapshot import KeptSnapshot

MOST_TRIED = 10_000
NOT_KEPT = "Not all weights were kept at this step; of a large network they are at the last"
NO_NUMBERS = "The answers of this network are too large to be numbers"
# A shard of a network takes as many, so that what is said is the same to the bit; and more at once
# don't fit the cache.
AT_ONCE = 64


class Tried(NamedTuple):
    """The first test pictures and what was said of them.

    Attributes:
        labels: int64 (pictures,), the true class of each.
        chances: float32 (pictures, classes), how likely the network finds each class.
    """

    labels: NDArray[np.int64]
    chances: NDArray[np.float32]

    @property
    def said(self) -> NDArray[np.int64]:
        """The likeliest class of each picture, int64 (pictures,)."""
        likeliest: NDArray[np.int64] = self.chances.argmax(axis=1)
        return likeliest


def tried(kept: KeptSnapshot) -> Tried:
    """Returns what the network says of the first 10,000 test pictures, tried once a snapshot.

    Raises:
        Refused: as `check_names`; not all weights were kept at this step, or its answers are no
            numbers.
    """
    check_names(kept)
    return CACHE.get(("answers", hash(kept)), lambda: _try_all(kept))


def check_names(kept: KeptSnapshot) -> tuple[str, ...]:
    """Returns the classes that the network tells apart; Refused if it tells none."""
    if names := kept.recipe.class_names:
        return names
    raise Refused("This network names nothing, so it mistakes nothing", "run_id")


def load_kept(network: Network, kept: KeptSnapshot) -> None:
    """Gives the network all weights of a snapshot; Refused if some weren't kept."""
    weights = unpacked(kept.arrays)
    names = (*network.parameters.specs, *network.state.views)
    if any(name not in weights for name in names):
        raise Refused(NOT_KEPT, "step")
    network.load_weights({name: weights[name] for name in names})


def check_whole(kept: KeptSnapshot) -> None:
    """Raises Refused if some weights of the network weren't kept."""
    weights = kept.weights()
    if any(name not in weights for name in weight_names(kept.layers, kept.input_shape)):
        raise Refused(NOT_KEPT, "step")


def softmax_chances(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turns logits (pictures, classes) into chances by the softmax, row by row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _try_all(kept: KeptSnapshot) -> Tried:
    check_whole(kept)
    network = Trunk(fused(named(kept.layers)), kept.input_shape, kept.weights(), AT_ONCE)
    data = kept.dataset
    count = min(data.test_size, MOST_TRIED)
    labels, chances = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, count, AT_ONCE):
            images, true = data.test(start, min(start + AT_ONCE, count))
            logits = network.answers(images)
            if not np.isfinite(logits).all():
                raise Refused(NO_NUMBERS, "step")
            labels.append(true)
            chances.append(softmax_chances(logits))
    return Tried(np.concatenate(labels), np.concatenate(chances))
