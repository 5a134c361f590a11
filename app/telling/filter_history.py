"""What has become of each filter of a layer since frame 0, as a snapshot tells it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..analysis import (
    Columns,
    FilterJudgement,
    Origin,
    columns_of,
    judge,
    least_norm_of,
    near_duplicates,
    orientation_rose,
    plane_test,
    plane_verdict,
)
from ..analysis.kinship import Pair
from ..verdicts import VERDICTS
from ..vocabulary.labels import LABELS

Kernels = NDArray[np.float32]
_PLACES = 6  # of a score or an angle: more than anyone can see, less than half the bytes
_PLANE_SHAPE = (3, 3, 1)  # too small for the template bank to tell a kernel from noise


class FilterHistory:
    """One layer's filters, from frame 0 on: what they are, and since when.

    It remembers the labels of the snapshot before, so each snapshot is told once, in order.

    Args:
        first: the kernels of frame 0, HWIO float32.
        cache_folder: where the null tables of the edge metric are kept.
    """

    def __init__(self, first: Kernels, cache_folder: Path) -> None:
        columns = columns_of(first)
        self._origin = Origin(columns)
        self._least_norm = least_norm_of(columns.norm)
        self._cache_folder = cache_folder
        self._label: list[str] = [""] * first.shape[3]
        self._since = [0] * first.shape[3]

    def verdicts(self, steps: Sequence[int], frames: Sequence[Kernels]) -> list[dict[str, Any]]:
        """Gives for the snapshot at each of `steps` the `app.verdicts.FilterVerdicts`, in order.

        Of several frames the same is told as of each by itself, in half the time.
        """
        columns = columns_of(frames)
        judgement = judge(columns, cache_folder=self._cache_folder, least_norm=self._least_norm)
        told = _listed(judgement.by_filter() | self._origin.change(columns)._asdict())
        since = [
            self._since_when(step, now) for step, now in zip(steps, told["label"], strict=True)
        ]
        told |= {"since": since, **_of_the_layer(judgement, columns), **_plane(frames)}
        by_field = {name: told[name] for name in VERDICTS if name in told}
        return [
            dict(zip(by_field, told, strict=True)) for told in zip(*by_field.values(), strict=True)
        ]

    def state(self) -> dict[str, Any]:
        """Returns what the next snapshot depends on besides frame 0, as JSON has it."""
        return {"label": list(self._label), "since": list(self._since)}

    def load_state(self, state: dict[str, Any]) -> None:
        """Goes on from a `state()`."""
        self._label, self._since = list(state["label"]), list(state["since"])

    def _since_when(self, step: int, label: list[str]) -> list[int]:
        """Says since which step each filter has borne its `label`, the one of `step`."""
        if label != self._label:
            was = zip(self._label, label, self._since, strict=True)
            self._since = [since if before == now else step for before, now, since in was]
            self._label = label
        return self._since


def _of_the_layer(judgement: FilterJudgement, columns: Columns) -> dict[str, list[Any]]:
    filters = columns.shape[3]
    totals = [judgement.score.sum(axis=-1), judgement.is_oriented.sum(axis=-1)]
    layer_score, oriented = _rounded(np.array(totals) / filters)
    pairs = near_duplicates(columns)
    return {
        "layer_score": layer_score,
        "oriented": oriented,
        "counts": [
            dict(zip(LABELS, counts, strict=True)) for counts in judgement.label_counts.tolist()
        ],
        "rose": orientation_rose(judgement).tolist(),
        "near_duplicates": [_closest(kin, filters) for kin in pairs],
        "duplicate_pairs": [len(kin) for kin in pairs],
    }


def _closest(pairs: list[Pair], most: int) -> list[Pair]:
    pairs = sorted(pairs, key=lambda pair: -abs(pair[2]))[:most]
    return [(first, second, round(cosine, _PLACES)) for first, second, cosine in pairs]


def _plane(frames: Sequence[Kernels]) -> dict[str, list[Any]]:
    if frames[0].shape[:3] != _PLANE_SHAPE:
        return {}
    p_values = [plane_test(kernels) for kernels in frames]
    return {"plane_p": _rounded(p_values), "plane_verdict": [plane_verdict(p) for p in p_values]}


def _listed(arrays: dict[str, NDArray[Any]]) -> dict[str, list[Any]]:
    """Makes lists of arrays (frames, filters, ...), their numbers rounded, most of them at once."""
    numbers = [name for name, values in arrays.items() if values.dtype.kind == "f"]
    alike = [name for name in numbers if arrays[name].ndim == 2]
    listed = {name: values.tolist() for name, values in arrays.items() if name not in numbers}
    listed |= zip(alike, _rounded([arrays[name] for name in alike]), strict=True)
    return listed | {name: _rounded(arrays[name]) for name in numbers if name not in alike}


def _rounded(values: ArrayLike) -> list[Any]:
    rounded: list[Any] = np.asarray(values).round(_PLACES).tolist()
    return rounded
