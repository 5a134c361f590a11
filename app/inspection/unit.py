"""All there is to say of one filter of a snapshot."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis import (
    FilterJudgement,
    change_from,
    expanded_weights,
    judge_filters,
    path_to,
    receptive_field,
)
from ..analysis.fields import Spatial
from ..analysis.labels import FAMILIES
from ..analysis.null import null_of
from ..analysis.templates import bank_of
from ..events import StoredArray
from .arrays import packed, unpacked
from .patches import patches_of
from .snapshot import KeptSnapshot

CAPTION = "linear approximation, ignores ReLU and pooling"
# Measured by the study, docs/science.md, on the second layers of four presets.
MEASURED = "; in trained presets it correlates with the true pre-activation at .50 to .95"
_LARGEST_NULL = 1_000  # weights of a filter up to which what chance does is found out in time
_LARGEST_EXPANSION = 2**25


class Verdicts(NamedTuple):
    """The filters of a layer, each compared with templates, with chance and with frame 0."""

    judgement: FilterJudgement | None
    change: NDArray[np.float64]
    correlation: NDArray[np.float64]


def unit(kept: KeptSnapshot, layer: str, index: int, first: StoredArray) -> dict[str, Any]:
    """FilterHistory, expanded weights and top patches of filter `index`, as the answer tells them.

    Args:
        kept: the snapshot.
        layer: a conv layer of its recipe.
        index: of one of its filters, from 0.
        first: the layer's kernel at frame 0.
    """
    weights = unpacked(kept.arrays)
    kernel = weights[f"{layer}/kernel"]
    path = path_to(kept.layers, layer)
    field = receptive_field(path, kept.recipe.dataset_info.shape)
    return {
        "layer": layer,
        "index": index,
        "filters": kernel.shape[3],
        "story": _story(kept, layer, index, first, kernel),
        "kernel": packed(kernel[..., index]),
        "receptive_field": {
            name: getattr(field, name) for name in ("size", "stride", "top", "left")
        },
        "expanded": _expanded(path, weights, layer, index, field.size),
        "caption": CAPTION + (MEASURED if _is_later(path) else ""),
        "patches": patches_of(kept, layer, index),
    }


def _is_later(path: Sequence[tuple[str, Spatial]]) -> bool:
    return sum(bool(name) for name, _ in path) > 1


@lru_cache(maxsize=16)
def _verdicts(kept: KeptSnapshot, layer: str, first: StoredArray) -> Verdicts:
    kernel = unpacked(kept.arrays)[f"{layer}/kernel"]
    beginning = np.frombuffer(first.data, "<f4").reshape(first.shape)
    is_small = np.prod(kernel.shape[:3]) <= _LARGEST_NULL
    judgement = judge_filters(kernel, cache_folder=kept.cache_folder) if is_small else None
    return Verdicts(judgement, *change_from(beginning, kernel))


def _story(
    kept: KeptSnapshot, layer: str, index: int, first: StoredArray, kernel: NDArray[np.float32]
) -> dict[str, Any]:
    judgement, change, correlation = _verdicts(kept, layer, first)
    told: dict[str, Any] = {
        "change": float(change[index]),
        "correlation": float(correlation[index]),
        "norm": float(np.linalg.norm(kernel[..., index].astype(np.float64))),
    }
    if judgement is None or not judgement.judgeable:
        return told
    shares = judgement.template_r2[index].tolist()
    return told | {
        "score": float(judgement.score[index]),
        "label": str(judgement.label[index]),
        "orientation_degrees": float(judgement.orientation_degrees[index]),
        "coherence": float(judgement.coherence[index]),
        "template_r2": dict(zip(FAMILIES, shares, strict=True)),
        "colour": str(judgement.colour[index]),
        "cycles_per_pixel": float(judgement.cycles_per_pixel[index]),
        "template": _template(int(judgement.template[index]), kernel[..., index]),
        "chance": _chance(kernel, kept.cache_folder),
    }


def _chance(kernel: NDArray[np.float32], cache_folder: Path) -> dict[str, Any]:
    """What random filters of this size reach: the marks that a label has to pass."""
    null = null_of(kernel.shape[0], kernel.shape[2], cache_folder)
    return {
        "template_r2": dict(zip(FAMILIES, null.thresholds, strict=True)),
        "coherence": null.coherence_gate,
    }


def _template(number: int, kernel: NDArray[np.float32]) -> dict[str, Any]:
    """The best template, of norm 1, and how much of it is in each of the filter's channels."""
    size = kernel.shape[0]
    bank = bank_of(size)
    template = bank.matrix[:, number].reshape(size, size)
    family = next(i for i in range(len(FAMILIES)) if number < bank.bounds[i + 1])
    return {
        "family": FAMILIES[family],
        "pixels": packed(template),
        "amplitude": np.einsum("ij,ijc->c", template, kernel, dtype=np.float64).tolist(),
    }


def _expanded(
    path: Any, weights: dict[str, NDArray[np.float32]], layer: str, index: int, size: int
) -> dict[str, str] | None:
    """The filter in pixels; None where a deep stack's picture would be too large to send."""
    widest = max(weights[f"{name}/kernel"].shape[3] for name, _ in path if name)
    if size**2 * widest > _LARGEST_EXPANSION:
        return None
    name = f"{layer}/kernel"
    alone = {**weights, name: weights[name][..., index : index + 1]}
    with np.errstate(over="ignore", invalid="ignore"):
        return packed(expanded_weights(path, alone)[..., 0])
