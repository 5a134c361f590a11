"""From measures to words: score, label, direction and colour of each filter, against chance."""

import numpy as np
from numpy.typing import NDArray

from app.analysis.labels import FAMILIES
from app.analysis.measures import Floats
from app.analysis.null import Null

_WEAK = 0.1
_ACHROMATIC, _OPPONENT = 0.7, 0.3


def score_of(r2: Floats, coherence: Floats, null: Null) -> Floats:
    """Edge scores (filters,): both measures, each from its median by chance (0) to perfect (1)."""
    fit, direction = null.median_oriented_r2, null.median_coherence
    oriented = np.clip((r2[:, :2].max(axis=1) - fit) / (1 - fit), 0, 1)
    score: Floats = oriented * np.clip((coherence - direction) / (1 - direction), 0, 1)
    return score


def label_of(
    r2: Floats, coherence: Floats, dead: NDArray[np.bool_], null: Null
) -> tuple[NDArray[np.intp], NDArray[np.str_]]:
    """The family that names each filter (or fits best where none does), and the label."""
    passed = r2 > np.array(null.thresholds)
    qualified = passed.copy()
    qualified[:, :2] &= (coherence > null.coherence_gate)[:, None]
    named: NDArray[np.bool_] = np.logical_or.reduce(qualified, axis=1)
    family = np.where(named[:, None] & ~qualified, -1, r2).argmax(axis=1)
    label = np.where(named, np.array(FAMILIES)[family], "noise").astype("U10")
    label[~named & passed.any(axis=1)] = "structured"
    label[dead] = "dead"
    return family, label


def weak_ones(norm: Floats) -> NDArray[np.bool_]:
    """Which filters of a layer are dead: zero, or a norm below a tenth of the median."""
    ordered, middle = np.sort(norm), len(norm) // 2
    median = (ordered[middle] + ordered[~middle]) / 2  # np.median takes three times as long
    weak: NDArray[np.bool_] = (norm < _WEAK * median) | (norm == 0)
    return weak


def runs_at(gradient_angle: Floats, coherence: Floats) -> Floats:
    """Degrees in [0, 180) along which an edge runs, across its gradient's angle in radians.

    Rows grow downwards, so an angle towards them is clockwise to the eye.
    """
    degrees = (90 - np.degrees(gradient_angle)) % 180
    degrees[(coherence == 0) | (degrees == 180)] = 0
    return degrees


def colour_of(amplitude: NDArray[np.float32], label: NDArray[np.str_]) -> NDArray[np.str_]:
    """Does the winning template's colour lie on the gray axis? (Σa)² / (3‖a‖²) says how far."""
    filters, channels = amplitude.shape
    if channels != 3:
        return np.full(filters, "", "U10")
    power = 3 * np.square(amplitude).sum(axis=1)
    power[power == 0] = 1
    gray = amplitude.sum(axis=1) ** 2 / power
    colour = np.where(
        gray > _ACHROMATIC, "achromatic", np.where(gray < _OPPONENT, "opponent", "mixed")
    )
    colour[[name not in FAMILIES for name in label.tolist()]] = ""
    return colour
