"""One image's way through a whole network, as small as a strip of pictures needs it."""

import gzip
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis.links import links_of, strongest
from ..engine.layers.batch_normalization import folded_factor
from ..vocabulary.layers import BatchNormalization, Conv2D, Dense, DepthwiseConv2D, Dropout, Flatten
from ..vocabulary.layers.naming import kernel_name, named, weight_name
from .arrays import packed, unpacked
from .cache import CACHE
from .looking import kept_at
from .seen import probabilities_of, see
from .snapshot import KeptSnapshot
from .subject import Subject

Floats = NDArray[np.float32]
MOST_MAPS = 64
MOST_UNITS = 128
QUANTILE = 0.995
_SAME_NUMBERS = (Dropout, Flatten)  # what they put out has been shown


class Told(NamedTuple):
    """A layer's answers with one scale: uint8, of which 0 is none, or 128 where they have signs."""

    maps: NDArray[np.uint8]
    limit: float
    signed: bool


def network_of(subject: Subject, index: int, split: str) -> bytes:
    """Tells what each layer makes of an image, and how they hang together: JSON in gzip.

    Raises:
        Missing: there is no such snapshot any more.
        Refused: there is no such image.
    """
    kept = kept_at(subject)
    links = CACHE.get(("links", subject), lambda: dict(_links(kept)))
    told = {"step": subject.step, **_told(kept, links, {"index": index, "split": split})}
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 6, mtime=0)


def _told(
    kept: KeptSnapshot, links: dict[str, dict[str, Any]], question: dict[str, Any]
) -> dict[str, Any]:
    seen = see(kept, {"image": None, "png": None, **question})
    probabilities, reason = probabilities_of(kept, seen.walk)
    signs = _signs(kept)
    return {
        **question,
        "label": seen.picture.label,
        "image": packed(np.rint(seen.picture.pixels).astype(np.uint8)),
        "class_names": list(kept.recipe.class_names),
        "probabilities": probabilities,
        "reason": reason,
        "layers": [
            {
                "name": plan.name,
                "type": plan.type,
                "output_shape": plan.output_shape,
                "parameters": plan.parameters,
                "trainable_parameters": plan.trainable_parameters,
                **_answers(layer, seen.walk.outputs.get(name), signs[name]),
                "links": links.get(name),
            }
            for plan, (name, layer) in zip(kept.recipe.plan, named(kept.layers), strict=True)
        ],
    }


def _answers(layer: object, outputs: Floats | None, signed: bool) -> dict[str, Any]:
    if outputs is None or isinstance(layer, _SAME_NUMBERS):
        return {"maps": None, "limit": 0.0, "signed": signed}
    told = in_bytes(outputs[..., : MOST_MAPS if outputs.ndim == 3 else MOST_UNITS], signed)
    return {"maps": packed(told.maps), "limit": told.limit, "signed": told.signed}


def in_bytes(outputs: Floats, signed: bool) -> Told:
    """Scales answers to bytes; the scale ends at their 99.5 % quantile, so that few decide it."""
    finite = np.nan_to_num(outputs)
    sizes = np.abs(finite)
    limit = float(np.quantile(sizes, QUANTILE)) or float(sizes.max())
    shares = np.clip(finite / limit, -1 if signed else 0, 1) if limit else np.zeros_like(finite)
    levels = 128 + 127 * shares if signed else 255 * shares
    return Told(np.rint(levels).astype(np.uint8), float(f"{limit:.4g}"), signed)


def _signs(kept: KeptSnapshot) -> dict[str, bool]:
    """Tells of each layer whether its answers can be below zero, whatever they are here."""
    signs, signed = {}, True
    for name, layer in named(kept.layers):
        if isinstance(layer, Conv2D | DepthwiseConv2D | Dense):
            signed = layer.activation not in ("relu", "sigmoid")
        elif isinstance(layer, BatchNormalization):
            signed = True
        signs[name] = signed
    return signs


def _links(kept: KeptSnapshot) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields what each layer with maps feeds: the next one that weighs them, if it was kept."""
    weights = unpacked(kept.arrays)
    pairs = list(zip(kept.recipe.plan, kept.layers, strict=True))
    for at, (plan, layer) in enumerate(pairs):
        if isinstance(layer, _SAME_NUMBERS):
            continue
        maps, factor = plan.output_shape[-1], None
        for after, following in pairs[at + 1 :]:
            if isinstance(following, BatchNormalization):
                passed = _factor(after.name, following, weights)
                factor = passed if factor is None else factor * passed
                continue
            kernel = weights.get(kernel_name(after.name))
            if kernel is None:
                if after.parameters:
                    break
                continue
            if (found := links_of(following, kernel, maps, factor)) is not None:
                yield (
                    plan.name,
                    {
                        "to": after.name,
                        "outward": packed(_of_shown(found.length, found.balance)),
                        "inward": packed(_of_shown(found.length.T, found.balance.T)),
                    },
                )
            break


def _of_shown(length: Floats, balance: Floats) -> Floats:
    return np.nan_to_num(strongest(length[:MOST_UNITS], balance[:MOST_UNITS]))


def _factor(name: str, layer: BatchNormalization, weights: dict[str, Floats]) -> Floats:
    variance = weights[weight_name(name, "moving_variance")]
    return folded_factor(layer, variance, weights.get(weight_name(name, "gamma")))
