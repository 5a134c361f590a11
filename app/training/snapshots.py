"""Copies of a network's weights, with the verdict on the streamed layer's filters."""

from pathlib import Path

import numpy as np

from app.analysis import change_from, judge_filters
from app.engine import Network
from app.events import EncodedEvent, Snapshot, StoredArray, encode

# A network of up to so many parameters is kept whole each time, one of up to the second so many
# where training is looked at closely; of larger ones the conv layers are kept alone.
WHOLE_ALWAYS = 100_000
WHOLE_AT_TIMES = 1_000_000
_PLACES = 6  # of a score or an angle: more than anyone can see, less than half the bytes


class SnapshotTaker:
    """Takes snapshots of one network and remembers frame 0 to tell how far filters moved.

    Args:
        network: whose conv layers are copied; the first one is judged and streamed.
        cache_folder: where the null tables of the edge metric are kept.
    """

    def __init__(self, network: Network, cache_folder: Path) -> None:
        self._network = network
        self._cache_folder = cache_folder
        self._layer = next(iter(network.conv_weights())).partition("/")[0]
        self._first = network.conv_weights()[f"{self._layer}/kernel"]

    def take(self, step: int, *, closely: bool = False) -> EncodedEvent:
        """The snapshot event after `step` updates, all conv layers' arrays beside it.

        The other layers' come with them if the network is small, or `closely` and not large.
        """
        limit = WHOLE_AT_TIMES if closely else WHOLE_ALWAYS
        is_whole = self._network.parameters.values.flat.size <= limit
        weights = self._network.weights() if is_whole else self._network.conv_weights()
        verdicts = self._judge(weights[f"{self._layer}/kernel"])
        event = Snapshot.model_validate({"step": step, "layer": self._layer, **verdicts})
        return encode(event, step, tuple(map(_stored, weights, weights.values())))

    @property
    def is_finite(self) -> bool:
        """Whether every weight is a number."""
        return bool(np.isfinite(self._network.parameters.values.flat).all())

    def _judge(self, kernel: np.ndarray) -> dict[str, object]:
        judgement = judge_filters(kernel, cache_folder=self._cache_folder)
        relative_norm, correlation = change_from(self._first, kernel)
        return {
            "score": _rounded(judgement.score),
            "orientation_degrees": _rounded(judgement.orientation_degrees),
            "coherence": _rounded(judgement.coherence),
            "template_r2": _rounded(judgement.template_r2),
            "change": _rounded(relative_norm),
            "correlation": _rounded(correlation),
            "label": judgement.label.tolist(),
            "colour": judgement.colour.tolist(),
            "layer_score": round(float(judgement.layer_score), _PLACES),
            "oriented": round(float(judgement.oriented), _PLACES),
            "counts": judgement.counts,
        }


def _stored(name: str, array: np.ndarray) -> StoredArray:
    return StoredArray(name, array.shape, array.astype("<f4", copy=False).tobytes())


def _rounded(values: np.ndarray) -> list[object]:
    rounded: list[object] = np.round(values.astype(float), _PLACES).tolist()
    return rounded
