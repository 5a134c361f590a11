"""What kernels that never learned anything are called: fresh ones, smooth ones, and the null."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.analysis import FilterJudgement, judge_filters
from app.analysis.blur import draw_blurred
from app.analysis.null import compute_null, null_of
from app.analysis.plane import plane_test
from app.engine.initializers import SCALED
from app.vocabulary.labels import LABELS

SIZES: Final = tuple(range(3, 12))
CHANNELS: Final = (1, 3)
INITIALIZERS: Final = ("glorot_uniform", "he_normal", "lecun_normal")
SMOOTH_SIZES: Final = (5, 7, 9, 11)
BLURS: Final = (0.0, 0.08, 0.12, 0.16, 0.20, 0.25, 0.32)  # standard deviations, in kernel sizes
SMOOTH_BLUR: Final = 0.16  # that of the null's own gate
FRESH_KERNELS: Final = 5_000
SMOOTH_KERNELS: Final = 2_000
PLANE_LEVEL: Final = 0.05
_SEED: Final = 4_004
_AT_ONCE: Final = 500

Kernels = NDArray[np.float32]


def null(size: int, channels: int) -> dict[str, Any]:
    """Gives the null for one kernel size and channel count, computed anew: a row of the null
    table.
    """
    found = compute_null(size, channels)
    return {
        "size": size,
        "channels": channels,
        "thresholds": [round(threshold, 4) for threshold in found.thresholds],
        "median_oriented_r2": round(found.median_oriented_r2, 4),
        "median_coherence": round(found.median_coherence, 4),
        "coherence_gate": round(found.coherence_gate, 4),
    }


def fresh(
    size: int, channels: int, initializer: str, kernels: int = FRESH_KERNELS
) -> dict[str, Any]:
    """Measures the shares of labels among kernels as `initializer` draws them, and their mean
    score.
    """
    generator = np.random.default_rng((_SEED, size, channels, INITIALIZERS.index(initializer)))
    shape = (size, size, channels, _AT_ONCE)
    judged = [
        judge_filters(SCALED[initializer].draw(shape, generator))
        for _ in range(kernels // _AT_ONCE)
    ]
    return {
        "size": size,
        "channels": channels,
        "initializer": initializer,
        "kernels": len(judged) * _AT_ONCE,
        "shares": label_shares(judged),
        "score": round(float(np.mean([layer.layer_score for layer in judged])), 4),
    }


def planes(size: int, kernels: int = FRESH_KERNELS) -> dict[str, Any]:
    """Measures how often the plane test finds a gradient in fresh kernels of one channel."""
    generator = np.random.default_rng((_SEED, size))
    drawn = SCALED["glorot_uniform"].draw((size, size, 1, kernels), generator)
    found = float((plane_test(drawn) < PLANE_LEVEL).mean())
    return {"size": size, "kernels": kernels, "found": round(found, 4)}


def smooth(size: int, channels: int, kernels: int = SMOOTH_KERNELS) -> dict[str, Any]:
    """Measures, for each blur, the share of noise that a template fits, and that passes both
    tests.
    """
    generator = np.random.default_rng((_SEED, size, channels))
    fitting, coherent, oriented = [], [], []
    for blur in BLURS:
        judged = judge_filters(noise((size, size, channels, kernels), blur, generator))
        limits = null_of(size, channels)
        fits = (judged.template_r2[:, :2] > limits.thresholds[:2]).any(axis=1)
        fitting.append(round(float(fits.mean()), 4))
        coherent.append(round(float((judged.coherence > limits.coherence_gate).mean()), 4))
        oriented.append(round(judged.oriented, 4))
    return {
        "size": size,
        "channels": channels,
        "kernels": kernels,
        "blur": list(BLURS),
        "fitting": fitting,
        "coherent": coherent,
        "oriented": oriented,
    }


def noise(shape: tuple[int, int, int, int], blur: float, generator: np.random.Generator) -> Kernels:
    """Draws white noise for a `blur` of 0, else noise blurred by that many kernel sizes;
    float32.
    """
    if blur == 0:
        return generator.uniform(-1, 1, shape).astype(np.float32)
    return draw_blurred(shape, blur * shape[0], generator)


def label_shares(judged: list[FilterJudgement]) -> dict[str, float]:
    """Returns the share of every label over all filters of several layers."""
    total = sum(len(layer.label) for layer in judged)
    return {
        label: round(sum(layer.counts[label] for layer in judged) / total, 4) for label in LABELS
    }
