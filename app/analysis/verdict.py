"""From measures to words: score, label, direction and colour of each filter, against chance."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..vocabulary.labels import FAMILIES, LABELS, ORIENTED
from .columns import Floats
from .null import Null

COLOURS: Final = ("", "achromatic", "opponent", "mixed")

_WEAK = 0.1
_VANISHED = 0.02  # of frame 0's median norm; what learns may shrink, but not to a fiftieth
_ACHROMATIC, _OPPONENT = 0.7, 0.3
_STRUCTURED, _NOISE, _DEAD = (LABELS.index(word) for word in ("structured", "noise", "dead"))
_NEEDS_NO_DIRECTION = np.array([[family not in ORIENTED] for family in FAMILIES])

Codes = NDArray[np.intp]


def score_of(r2: Floats, coherence: Floats, null: Null) -> Floats:
    """Gives edge scores (filters,): both measures, each from its median by chance (0) to perfect
    (1).
    """
    fit = _beyond(np.maximum(r2[0], r2[1]), null.median_oriented_r2)
    score: Floats = fit * _beyond(coherence, null.median_coherence)
    return score


def label_of(
    r2: Floats, coherence: Floats, dead: NDArray[np.bool_], null: Null
) -> tuple[Codes, Codes]:
    """Returns the family that names each filter (or fits best where none does), and the label.

    Both are places, in `FAMILIES` and `LABELS`, whose first four are the families. `r2` has shape
    (4, filters).
    """
    passed = r2 > np.array(null.thresholds)[:, None]
    qualified = passed & (_NEEDS_NO_DIRECTION | (coherence > null.coherence_gate))
    family: Codes = (r2 + 2 * qualified).argmax(axis=0)  # shares are at most 1
    unnamed = np.where(np.logical_or.reduce(passed), _STRUCTURED, _NOISE)
    label: Codes = np.where(np.logical_or.reduce(qualified), family, unnamed)
    label[dead] = _DEAD
    return family, label


def least_norm_of(first: Floats) -> float:
    """Returns the norm up to which a filter is dead whatever the others are, from those at frame 0.

    Beside others that died with it no filter looks weak.
    """
    return _VANISHED * float(np.median(first))


def weak_ones(norm: Floats, least_norm: float = 0.0) -> NDArray[np.bool_]:
    """Says which filters are dead: a norm of `least_norm` at most, or below a tenth of the median.

    `norm` has shape (..., filters), and so has the answer.
    """
    ordered, middle = norm.copy(), norm.shape[-1] // 2
    ordered.sort()
    median = (ordered[..., middle] + ordered[..., ~middle]) / 2  # a third of np.median's time
    weak: NDArray[np.bool_] = (norm < _WEAK * median[..., None]) | (norm <= least_norm)
    return weak


def runs_at(gradient_angle: Floats, coherence: Floats) -> Floats:
    """Degrees in [0, 180) along which an edge runs, across its gradient's angle in radians.

    Rows grow downwards, so an angle towards them is clockwise to the eye.
    """
    degrees = (90 - np.degrees(gradient_angle)) % 180
    degrees[(coherence == 0) | (degrees == 180)] = 0
    return degrees


def colour_of(amplitude: NDArray[np.float32], label: Codes) -> Codes:
    """Does the winning template's colour lie on the gray axis? (Σa)² / (3‖a‖²) says how far.

    `amplitude` has shape (3, filters). Places in `COLOURS`, the first of them, no colour, for
    filters that no family names.
    """
    power = 3 * np.square(amplitude).sum(axis=0)
    power[power == 0] = 1
    gray = np.square(amplitude.sum(axis=0)) / power
    colour: Codes = np.where(gray > _ACHROMATIC, 1, np.where(gray < _OPPONENT, 2, 3))
    colour[label >= len(FAMILIES)] = 0
    return colour


def _beyond(values: Floats, chance: float) -> Floats:
    """Scales from chance, 0, to perfect, 1."""
    scaled: Floats = (values - chance) / (1 - chance)
    return np.minimum(np.maximum(scaled, 0, out=scaled), 1, out=scaled)
