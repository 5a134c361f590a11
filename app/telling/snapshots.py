"""Copies of a network's weights, with the verdict on the streamed layer's filters."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..events import EncodedEvent, StoredArray, encode_fields
from ..vocabulary.layers.naming import layer_of, weight_name
from .filter_history import FilterHistory
from .learner import Learner

Weights = dict[str, np.ndarray]

# A network of up to so many parameters is kept whole each time, one of up to the second so many
# where training is looked at closely; of larger ones the conv layers are kept alone.
WHOLE_ALWAYS = 100_000
WHOLE_AT_TIMES = 1_000_000


class SnapshotTaker:
    """Takes snapshots of one network and remembers frame 0 to tell how far filters moved.

    Args:
        network: whose conv layers are copied; the first one is judged and streamed.
        cache_folder: where the null tables of the edge metric are kept.
    """

    def __init__(self, network: Learner, cache_folder: Path) -> None:
        self._network = network
        weights = network.conv_weights()
        self._kernel = network.conv_kernels[0]
        self._layer = layer_of(self._kernel)
        self._bias = weight_name(self._layer, "bias")
        self._history = FilterHistory(weights[self._kernel], cache_folder)

    def take(self, step: int, *, closely: bool = False) -> EncodedEvent:
        """Takes the snapshot after `step` updates, ready for the log."""
        weights = self.weights(closely=closely)
        [told] = self.look([(step, weights)])
        return packed(told, weights)

    def weights(self, *, closely: bool = False) -> Weights:
        """Copies of all that a snapshot keeps now: all conv layers' weights.

        The other layers' come with them if the network is small, or `closely` and not large.
        """
        limit = WHOLE_AT_TIMES if closely else WHOLE_ALWAYS
        is_whole = self._network.parameters.values.flat.size <= limit
        return self._network.weights() if is_whole else self._network.conv_weights()

    def look(self, taken: Sequence[tuple[int, Weights]]) -> list[dict[str, Any]]:
        """Gives the fields of `app.events.Snapshot` for each step and what `weights` gave after it.

        Snapshots are looked at in the order in which they were taken, one by one or several at
        once; what is told of them is the same.
        """
        if not taken:
            return []
        frames = [weights[self._kernel] for _, weights in taken]
        told = self._history.verdicts([step for step, _ in taken], frames)
        for fields, (step, weights) in zip(told, taken, strict=True):
            bias = weights[self._bias].tolist()
            fields |= {"kind": "snapshot", "step": step, "layer": self._layer, "bias": bias}
        return told

    def state(self) -> dict[str, Any]:
        """Gives what the next snapshot depends on besides the weights and frame 0, as JSON has
        it.
        """
        return self._history.state()

    def load_state(self, state: dict[str, Any]) -> None:
        """Goes on from a `state()`."""
        self._history.load_state(state)

    @property
    def is_finite(self) -> bool:
        """Whether every weight is a number."""
        buffers = (self._network.parameters.values, self._network.state)
        return all(bool(np.isfinite(buffer.flat).all()) for buffer in buffers)


def packed(told: dict[str, Any], weights: Weights) -> EncodedEvent:
    """Packs the snapshot as an event with its arrays beside it."""
    return encode_fields(told, told["step"], tuple(map(_stored, weights, weights.values())))


def _stored(name: str, array: np.ndarray) -> StoredArray:
    return StoredArray(name, array.shape, array.astype("<f4", copy=False).tobytes())
