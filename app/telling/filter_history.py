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
from ..analysis.kinship import MOST_COMPARED, Pair
from ..analysis.verdict import weak_ones
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
        is_judged: whether the edge metric may speak of them; else all that needs templates and
            chance is left unsaid.
    """

    def __init__(self, first: Kernels, cache_folder: Path, *, is_judged: bool = True) -> None:
        columns = columns_of(first)
        self._is_judged = is_judged
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
        told = _listed(self._origin.change(columns)._asdict())
        if self._is_judged:
            told |= self._judged(steps, columns) | _plane(frames)
        else:
            told |= _listed({"norm": columns.norm})
        told |= _kin(columns)
        by_field = {name: told[name] for name in VERDICTS if name in told}
        return [
            dict(zip(by_field, told, strict=True)) for told in zip(*by_field.values(), strict=True)
        ]

    def dead(self, kernels: Kernels) -> list[int]:
        """Returns the filters whose weights have all but vanished, whatever their shape."""
        weak = weak_ones(columns_of(kernels).norm, self._least_norm)
        return np.flatnonzero(weak).tolist()

    def state(self) -> dict[str, Any]:
        """Returns what the next snapshot depends on besides frame 0, as JSON has it."""
        return {"label": list(self._label), "since": list(self._since)}

    def load_state(self, state: dict[str, Any]) -> None:
        """Goes on from a `state()`."""
        self._label, self._since = list(state["label"]), list(state["since"])

    def _judged(self, steps: Sequence[int], columns: Columns) -> dict[str, list[Any]]:
        judgement = judge(columns, cache_folder=self._cache_folder, least_norm=self._least_norm)
        told = _listed(judgement.by_filter())
        since = [
            self._since_when(step, now) for step, now in zip(steps, told["label"], strict=True)
        ]
        return told | {"since": since, **_of_the_layer(judgement)}

    def _since_when(self, step: int, label: list[str]) -> list[int]:
        """Says since which step each filter has borne its `label`, the one of `step`."""
        if label != self._label:
            was = zip(self._label, label, self._since, strict=True)
            self._since = [since if before == now else step for before, now, since in was]
            self._label = label
        return self._since


def _of_the_layer(judgement: FilterJudgement) -> dict[str, list[Any]]:
    filters = judgement.score.shape[-1]
    totals = [judgement.score.sum(axis=-1), judgement.is_oriented.sum(axis=-1)]
    layer_score, oriented = _rounded(np.array(totals) / filters)
    return {
        "layer_score": layer_score,
        "oriented": oriented,
        "counts": [
            dict(zip(LABELS, counts, strict=True)) for counts in judgement.label_counts.tolist()
        ],
        "rose": orientation_rose(judgement).tolist(),
    }


def _kin(columns: Columns) -> dict[str, list[Any]]:
    if columns.shape[3] > MOST_COMPARED:
        return {"near_duplicates": [[] for _ in columns.norm]}
    kin = near_duplicates(columns)
    return {
        "near_duplicates": [[_told(pair) for pair in one.closest] for one in kin],
        "duplicate_pairs": [one.pairs for one in kin],
    }


def _told(pair: Pair) -> Pair:
    first, second, cosine = pair
    return first, second, round(cosine, _PLACES)


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
