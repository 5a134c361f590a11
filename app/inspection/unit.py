"""All there is to say of one filter of a snapshot."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..analysis import (
    path_to,
    receptive_field,
)
from ..analysis.null import null_of
from ..analysis.templates import bank_of
from ..events import StoredArray
from ..verdicts import OF_ANY_KERNEL, OF_ONE_SNAPSHOT
from ..vocabulary.labels import FAMILIES
from ..vocabulary.layers.naming import kernel_name
from .arrays import packed
from .compared import filters_in, verdicts_on
from .expansion import CAPTION, caption_of, expanded_filter, missing_on
from .patches import patches_of
from .refused import Refused
from .snapshot import KeptSnapshot


def unit(kept: KeptSnapshot, layer: str, index: int, first: StoredArray) -> dict[str, Any]:
    """Gives verdicts, expanded weights and top patches of filter `index`, as the answer tells them.

    Args:
        kept: the snapshot.
        layer: a conv layer of its recipe.
        index: of one of its filters, from 0.
        first: the layer's kernel at frame 0.
    """
    weights = kept.weights()
    kernel = filters_in(kept, layer, weights[kernel_name(layer)])
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


def _as_told(kept: KeptSnapshot, layer: str, kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Returns a kernel in its own order, each filter of a depthwise layer by itself."""
    is_depthwise = kept.described is not None and kept.described.layer(layer).is_depthwise
    return filters_in(kept, layer, kernel) if is_depthwise else kernel


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


def _story(
    kept: KeptSnapshot, layer: str, index: int, first: StoredArray, kernel: NDArray[np.float32]
) -> dict[str, Any]:
    judgement, by_name = verdicts_on(kept, layer, index, first)
    names = OF_ONE_SNAPSHOT if judgement.judgeable else OF_ANY_KERNEL
    told = {name: by_name[name] for name in names}
    if not judgement.judgeable:
        return told
    return told | {
        "template_r2": dict(zip(FAMILIES, told["template_r2"], strict=True)),
        "template": _template(int(judgement.template[0]), kernel[..., index]),
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
