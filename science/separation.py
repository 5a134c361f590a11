"""Trained filters beside white and smooth noise: why the score asks two questions, not one."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.analysis import judge_filters, null_of
from science.chance import SMOOTH_BLUR, noise
from science.courses import Course

CASES: Final = {"mnist-strokes": (7, 1), "dead-leaves": (9, 3)}  # size and channels of conv1
_KERNELS: Final = 2_000
_SHOWN: Final = 150
_SEED: Final = 4_005


def separation(preset: str, courses: list[Course]) -> dict[str, Any]:
    """Returns explained share and coherence of noise and of the filters that `courses` ended with.

    `auc` is the chance that a trained filter's coherence exceeds that of smooth noise; `points`
    are pairs (share, coherence) to draw, the first few of each kind.
    """
    size, channels = CASES[preset]
    limits = null_of(size, channels)
    generator = np.random.default_rng((_SEED, size, channels))
    shape = (size, size, channels, _KERNELS)
    pairs = {
        kind: _pairs(noise(shape, blur, generator))
        for kind, blur in (("white", 0.0), ("smooth", SMOOTH_BLUR))
    }
    trained = [
        pair
        for course in courses
        for pair in zip(course.template_r2, course.coherence, strict=True)
    ]
    pairs["trained"] = np.array(trained)
    return {
        "size": size,
        "channels": channels,
        "threshold": round(max(limits.thresholds[:2]), 4),
        "gate": round(limits.coherence_gate, 4),
        "auc": round(area_under_curve(pairs["trained"][:, 1], pairs["smooth"][:, 1]), 4),
        "points": {kind: np.round(found[:_SHOWN], 3).tolist() for kind, found in pairs.items()},
    }


def area_under_curve(higher: NDArray[np.float64], lower: NDArray[np.float64]) -> float:
    """Returns the chance that a value of `higher` exceeds one of `lower`, ties counting half.

    >>> area_under_curve(np.array([2.0, 3.0]), np.array([1.0, 2.0]))
    0.875
    """
    difference = higher[:, None] - lower[None, :]
    return float(np.mean((difference > 0) + 0.5 * (difference == 0)))


def _pairs(kernels: NDArray[np.float32]) -> NDArray[np.float64]:
    judged = judge_filters(kernels)
    return np.stack([judged.template_r2[:, :2].max(axis=1), judged.coherence], axis=1)
