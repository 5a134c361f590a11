"""What a network makes of one image: feature maps and class probabilities."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis.walk import Walk, walk
from ..engine.losses import softmax
from ..vocabulary.layers import Dense
from .arrays import packed
from .brought import brought, scaled_as_said
from .picture import Picture, picture_of
from .snapshot import KeptSnapshot

FEWEST_CLASSES = 2


class Seen(NamedTuple):
    """An image and its way through the network."""

    picture: Picture
    scaled: NDArray[np.float32]
    walk: Walk


Carry = Callable[[KeptSnapshot, NDArray[np.float32]], Walk]


def as_it_is(kept: KeptSnapshot, image: NDArray[np.float32]) -> Walk:
    """Takes an image through the network as it was recorded."""
    return walk(kept.layers, image, kept.weights())


def see(kept: KeptSnapshot, question: dict[str, Any], carry: Carry = as_it_is) -> Seen:
    """Takes the image that `question` is about through the network; Refused if there is none."""
    if kept.recipe_json is None:
        picture = brought(question, kept.input_shape[2], kept.input_shape)
        scaled = scaled_as_said(picture.pixels, question)
    else:
        picture = picture_of(question, kept.dataset)
        scaled = kept.dataset.as_seen(picture.pixels[None])[0]
    with np.errstate(over="ignore", invalid="ignore"):
        return Seen(picture, scaled, carry(kept, scaled))


def activations(
    kept: KeptSnapshot,
    layers: tuple[str, ...],
    question: dict[str, Any],
    carry: Carry = as_it_is,
) -> dict[str, Any]:
    """Returns feature maps of the conv layers named, and class probabilities or why there are none.

    Args:
        kept: the snapshot that is asked.
        layers: those whose maps are told.
        question: what is asked, with the image or its number.
        carry: how the image goes through the network; a copy of it may have filters switched.

    Raises:
        Refused: the image isn't there, or isn't one for this network.
    """
    seen = see(kept, question, carry)
    probabilities, reason = probabilities_of(kept, seen.walk)
    return {
        "image": packed(np.rint(seen.picture.pixels).astype(np.uint8)),
        "input": packed(np.nan_to_num(seen.scaled)),
        "label": seen.picture.label,
        "layers": [
            {"layer": name, "maps": packed(seen.walk.outputs[name])}
            for name in layers
            if name in seen.walk.outputs
        ],
        "class_names": list(kept.class_names),
        "probabilities": probabilities,
        "reason": reason,
        "logits": logits_of(kept, seen.walk),
    }


def logits_of(kept: KeptSnapshot, way: Walk) -> list[float] | None:
    """Returns the last layer's plain answers; None where they aren't what a softmax is made for.

    That is a dense layer of several units, whose answers pass through nothing.
    """
    last = kept.layers[-1]
    if not isinstance(last, Dense) or last.activation != "linear" or last.units < FEWEST_CLASSES:
        return None
    if way.missing is not None:
        return None
    logits: NDArray[np.float32] = list(way.outputs.values())[-1]
    return logits.tolist() if np.isfinite(logits).all() else None


def probabilities_of(kept: KeptSnapshot, way: Walk) -> tuple[list[float] | None, str | None]:
    """Returns the softmax of the logits, in float64; or none, and why."""
    if way.missing is not None:
        if kept.recipe_json is None:
            return None, f"The weights of {way.missing} weren't sent at this step."
        reason = (
            f"The weights of {way.missing} weren't kept at this step: of a large network they are "
            "at steps 0, 10, 20, 30, 60, 100, 200, … and at the last only."
        )
        return None, reason
    logits = list(way.outputs.values())[-1].astype(np.float64)
    if kept.recipe_json is None and logits.shape != (len(kept.class_names),):
        return None, "Which classes its answers stand for isn't known here."
    if logits.shape != (len(kept.class_names),):
        return None, "This network names no class: it learns without labels."
    if not np.isfinite(logits).all():
        return None, "The answers of this network are too large to be numbers."
    probabilities: list[float] = softmax(logits[None])[0].tolist()
    return probabilities, None
