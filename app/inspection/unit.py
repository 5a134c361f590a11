"""All there is to say of one filter of a snapshot."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis import (
    FilterJudgement,
    change_from,
    columns_of,
    filters_of,
    judge_filters,
    least_norm_of,
    may_judge,
    path_to,
    receptive_field,
    unjudged,
)
from ..analysis.null import null_of
from ..analysis.templates import bank_of
from ..events import StoredArray
from ..verdicts import OF_ANY_KERNEL, OF_ONE_SNAPSHOT
from ..vocabulary.labels import FAMILIES
from ..vocabulary.layers import Conv2D
from ..vocabulary.layers.naming import kernel_name
from .arrays import packed, unpacked
from .cache import CACHE
from .expansion import CAPTION, caption_of, expanded_filter, missing_on
from .patches import patches_of
from .refused import Refused
from .snapshot import KeptSnapshot

LARGEST_NULL = 1_000  # weights of a filter up to which what chance does is found out in time


class Verdicts(NamedTuple):
    """The filters of a layer, each compared with templates, with chance and with frame 0.

    `by_filter` holds, by the name of the verdict, one entry a filter.
    """

    judgement: FilterJudgement
    by_filter: dict[str, NDArray[Any]]


def unit(kept: KeptSnapshot, layer: str, index: int, first: StoredArray) -> dict[str, Any]:
    """Gives verdicts, expanded weights and top patches of filter `index`, as the answer tells them.

    Args:
        kept: the snapshot.
        layer: a conv layer of its recipe.
        index: of one of its filters, from 0.
        first: the layer's kernel at frame 0.
    """
    weights = kept.weights()
    kernel = _filters(kept, layer, weights[kernel_name(layer)])
    if not np.isfinite(kernel).all():
        raise Refused(f"{layer} holds NaN or infinity at this step: nothing can be said", "step")
    in_network = _in_network(kept, weights, layer, index) if kept.is_known else _ALONE
    return {
        "layer": layer,
        "index": index,
        "filters": kernel.shape[3],
        "story": _story(kept, layer, index, first, kernel),
        "kernel": packed(_as_told(kept, layer, weights[kernel_name(layer)])[..., index]),
        **in_network,
    }


def _filters(kept: KeptSnapshot, layer: str, kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Returns a kernel of any layer as a list of filters, HWIO."""
    kind = Conv2D.type if kept.described is None else kept.described.layer(layer).kind
    return filters_of(kind, kernel)


def _as_told(kept: KeptSnapshot, layer: str, kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Returns a kernel in its own order, each filter of a depthwise layer by itself."""
    is_depthwise = kept.described is not None and kept.described.layer(layer).is_depthwise
    return _filters(kept, layer, kernel) if is_depthwise else kernel


# Where nobody knows the layers before a filter, nor what it was shown.
_ALONE = {"receptive_field": None, "expanded": None, "caption": CAPTION, "patches": None}


def _in_network(
    kept: KeptSnapshot, weights: dict[str, NDArray[np.float32]], layer: str, index: int
) -> dict[str, Any]:
    try:
        path = path_to(kept.layers, layer)
    except ValueError:  # a depthwise layer, or one after the places are gone
        return _ALONE
    field = receptive_field(path, kept.input_shape)
    is_there = missing_on(path, weights) is None
    return {
        "receptive_field": {
            name: getattr(field, name) for name in ("size", "stride", "top", "left")
        },
        "expanded": expanded_filter(path, weights, layer, index, field.size) if is_there else None,
        "caption": caption_of(path),
        "patches": None if kept.recipe_json is None else patches_of(kept, layer, index),
    }


def _verdicts(kept: KeptSnapshot, layer: str, first: StoredArray) -> Verdicts:
    key = ("verdicts", hash(kept), layer, hash(first))
    return CACHE.get(key, lambda: _judge(kept, layer, first))


def _judge(kept: KeptSnapshot, layer: str, first: StoredArray) -> Verdicts:
    kernel = _filters(kept, layer, unpacked(kept.arrays)[kernel_name(layer)])
    stored = np.frombuffer(first.data, "<f4").reshape(first.shape)
    beginning = np.nan_to_num(_filters(kept, layer, stored))
    judgement = (
        judge_filters(
            kernel,
            cache_folder=kept.cache_folder,
            least_norm=least_norm_of(columns_of(beginning).norm),
        )
        if _is_judged(kept, layer, kernel)
        else unjudged(kernel)
    )
    compared = change_from(beginning, kernel)._asdict()
    return Verdicts(judgement, judgement.by_filter() | compared)


def _is_judged(kept: KeptSnapshot, layer: str, kernel: NDArray[np.float32]) -> bool:
    if kept.described is None:
        return bool(np.prod(kernel.shape[:3]) <= LARGEST_NULL)
    known = kept.described.layer(layer)
    return may_judge(known.kind, kernel.shape, known.groups)


def _story(
    kept: KeptSnapshot, layer: str, index: int, first: StoredArray, kernel: NDArray[np.float32]
) -> dict[str, Any]:
    judgement, by_filter = _verdicts(kept, layer, first)
    names = OF_ONE_SNAPSHOT if judgement.judgeable else OF_ANY_KERNEL
    told = {name: by_filter[name][index].tolist() for name in names}
    if not judgement.judgeable:
        return told
    return told | {
        "template_r2": dict(zip(FAMILIES, told["template_r2"], strict=True)),
        "template": _template(int(judgement.template[index]), kernel[..., index]),
        "chance": _chance(kernel, kept.cache_folder),
    }


def _chance(kernel: NDArray[np.float32], cache_folder: Path) -> dict[str, Any]:
    """Returns what random filters of this size reach: the marks that a label has to pass."""
    null = null_of(kernel.shape[0], kernel.shape[2], cache_folder)
    return {
        "template_r2": dict(zip(FAMILIES, null.thresholds, strict=True)),
        "coherence": null.coherence_gate,
    }


def _template(number: int, kernel: NDArray[np.float32]) -> dict[str, Any]:
    """Gives the best template, of norm 1, and how much of it is in each of the filter's
    channels.
    """
    size = kernel.shape[0]
    bank = bank_of(size)
    template = bank.matrix[:, number].reshape(size, size)
    family = next(i for i in range(len(FAMILIES)) if number < bank.bounds[i + 1])
    return {
        "family": FAMILIES[family],
        "pixels": packed(template),
        "amplitude": np.einsum("ij,ijc->c", template, kernel, dtype=np.float64).tolist(),
    }
