"""What a picture says of a frame, in the page's own words."""

import math
from typing import Any

import numpy as np

from ..external.described import Control
from ..vocabulary import sentences
from ..vocabulary.labels import ORIENTED
from .material import Film, FilmFrame, Material

_LONGEST_NAME = 28
_SPOILT: dict[Control, str] = {
    "shuffled pixels": "pixels shuffled",
    "random labels": "random labels",
}


def claim(frame: FilmFrame, film: Film) -> str:
    """Writes the headline of a frame."""
    kernel = frame.kernel
    count, name = kernel.shape[3], _shortened(film.title or film.layer)
    if not np.isfinite(np.frombuffer(kernel.data, "<f4")).all():
        return f"{name} is broken: NaN or infinity among its weights."
    if frame.verdicts is None:
        return f"{name}: {count} filters, {film.how or 'as raw numbers'}."
    counts = frame.verdicts["counts"]
    oriented = sum(counts.get(label, 0) for label in ORIENTED)
    if frame.step == 0 and not oriented and film.from_start:
        return f"{count} {sentences.STILL_NOISE}"
    sees = "sees" if oriented == 1 else "see"
    return f"{oriented} of {count} filters {sees} {sentences.ORIENTED}."


def _shortened(name: str) -> str:
    """Leaves out the middle of a name that would fill a line."""
    if len(name) <= _LONGEST_NAME:
        return name
    half = _LONGEST_NAME // 2
    return f"{name[:half]}…{name[-half:]}"


def origin(material: Material) -> str:
    """Says where a picture comes from: `Dead leaves, seed 0`; and from which run that goes on."""
    run = material.described
    spoilt = [_SPOILT[control] for control in run.controls]
    seed = [] if run.seed is None else [f"seed {run.seed}"]
    earlier = run.continues
    goes_on = [] if earlier is None else [f"from step {earlier.step:,} of run {earlier.run} on"]
    return ", ".join([run.name, *spoilt, *seed, *goes_on])


def percent(share: float) -> str:
    """Writes `94 %`, as the page does."""
    return f"{math.floor(100 * share + 0.5)} %"


def limit_text(limit: float) -> str:
    """Writes a weight at the end of the scale: two places, more where two would say nothing."""
    places = 2 if limit >= 0.05 or limit == 0 else min(6, 1 + math.ceil(-math.log10(limit)))
    return f"{limit:.{places}f}"


def is_oriented(label: str) -> bool:
    """Tells whether a label has a direction."""
    return label in ORIENTED


def degrees_of(verdicts: dict[str, Any], number: int) -> int:
    """Says how the glyph of a filter is turned, whole degrees; 0 for those without direction."""
    if not is_oriented(verdicts["label"][number]):
        return 0
    degrees: float = verdicts["orientation_degrees"][number]
    return round(degrees)


def meaning(*, colour: bool) -> str:
    """Returns what the colours of a weight stand for."""
    return sentences.COLOUR_MEANINGS["light" if colour else "weights"]
