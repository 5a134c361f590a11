"""What has become of each filter of a layer since frame 0, as a snapshot tells it."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis import (
    Columns,
    FilterJudgement,
    Origin,
    columns_of,
    judge,
    near_duplicates,
    orientation_rose,
    oriented_share,
    plane_test,
    plane_verdict,
)

Kernels = NDArray[np.float32]
_PLACES = 6  # of a score or an angle: more than anyone can see, less than half the bytes
_PLANE_SHAPE = (3, 3, 1)  # too small for the template bank to tell a kernel from noise


class Story:
    """One layer's filters, from frame 0 on: what they are, and since when.

    It remembers the labels of the snapshot before, so each snapshot is told once, in order.

    Args:
        first: the kernels of frame 0, HWIO float32.
        cache_folder: where the null tables of the edge metric are kept.
    """

    def __init__(self, first: Kernels, cache_folder: Path) -> None:
        self._origin = Origin(columns_of(first))
        self._cache_folder = cache_folder
        self._label: list[str] = [""] * first.shape[3]
        self._since = [0] * first.shape[3]

    def verdicts(self, step: int, kernels: Kernels) -> dict[str, Any]:
        """The fields of `app.events.FilterVerdicts`, in order, for the snapshot at `step`."""
        columns = columns_of(kernels)
        judgement = judge(columns, cache_folder=self._cache_folder)
        self._keep_time(step, judgement.label.tolist())
        measured = _rounded(
            np.array(
                [
                    judgement.score,
                    judgement.orientation_degrees,
                    judgement.coherence,
                    judgement.cycles_per_pixel,
                    judgement.norm,
                    *self._origin.change(columns),
                ]
            )
        )
        score, orientation, coherence, cycles, norm, change, correlation = measured
        return {
            "score": score,
            "label": self._label,
            "since": list(self._since),
            "orientation_degrees": orientation,
            "coherence": coherence,
            "cycles_per_pixel": cycles,
            "template_r2": _rounded(judgement.template_r2),
            "colour": judgement.colour.tolist(),
            "norm": norm,
            "change": change,
            "correlation": correlation,
            **_of_the_layer(judgement, columns, kernels),
        }

    def state(self) -> dict[str, Any]:
        """What the next snapshot depends on besides frame 0, as JSON has it."""
        return {"label": list(self._label), "since": list(self._since)}

    def load_state(self, state: dict[str, Any]) -> None:
        """Go on from a `state()`."""
        self._label, self._since = list(state["label"]), list(state["since"])

    def _keep_time(self, step: int, label: list[str]) -> None:
        if label == self._label:
            return
        for index, (before, now) in enumerate(zip(self._label, label, strict=True)):
            if before != now:
                self._since[index] = step
        self._label = label


def _of_the_layer(judgement: FilterJudgement, columns: Columns, kernels: Kernels) -> dict[str, Any]:
    pairs = near_duplicates(columns)
    pairs.sort(key=lambda pair: -abs(pair[2]))
    counts = judgement.counts
    told: dict[str, Any] = {
        "layer_score": round(judgement.layer_score, _PLACES),
        "oriented": round(oriented_share(counts), _PLACES),
        "counts": counts,
        "rose": orientation_rose(judgement).tolist(),
        "near_duplicates": [
            (first, second, round(cosine, _PLACES))
            for first, second, cosine in pairs[: kernels.shape[3]]
        ],
        "duplicate_pairs": len(pairs),
    }
    if kernels.shape[:3] == _PLANE_SHAPE:
        p_values = plane_test(kernels)
        told |= {"plane_p": _rounded(p_values), "plane_verdict": plane_verdict(p_values)}
    return told


def _rounded(values: NDArray[np.float64]) -> list[Any]:
    rounded: list[Any] = values.round(_PLACES).tolist()
    return rounded
