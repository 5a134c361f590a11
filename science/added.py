"""What training added to filters: its course over a run, and what chance makes of the same sum."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.analysis import FilterJudgement, judge_filters
from app.analysis.added import added_since
from app.analysis.blur import draw_blurred
from app.engine.initializers import SCALED
from science.chance import SMOOTH_BLUR

ADDED_SIZES: Final = (3, 5, 7, 9, 11)
STARTS: Final = ("glorot_uniform", "he_normal")
# How much of the start is kept, and how long what came is beside it.
MIXTURES: Final = ((1.0, 1.0), (1.0, 0.3), (1.0, 3.0), (0.2, 1.0), (0.0, 1.0), (1.3, 1.0))
ADDED_KERNELS: Final = 2_000
_SEED: Final = 4_006
_PLACES: Final = 4

Kernels = NDArray[np.float32]


class AddedCourse(NamedTuple):
    """What was added to a layer's filters, judged as filters are; lists have one entry a snapshot.

    `left` is the mean share of their start that is left in the filters at the end; `nearness` the
    median cosine of a filter with its start there, and `growth` the median change.
    """

    score: list[float]
    oriented: list[float]
    left: float
    nearness: float
    growth: float


def added_course(frames: list[Kernels]) -> AddedCourse:
    """Judges what each snapshot, HWIO, adds to the first of them."""
    first, last = frames[0], frames[-1].astype(np.float64)
    judged = [_judged(first, frame) for frame in frames[1:]]
    ends = added_since(first, frames[-1])
    lengths = np.linalg.norm(first.reshape(-1, first.shape[3]), axis=0)
    now = np.linalg.norm(last.reshape(-1, first.shape[3]), axis=0)
    moved = np.linalg.norm((last - first).reshape(-1, first.shape[3]), axis=0)
    return AddedCourse(
        score=[0.0, *(layer.layer_score for layer in judged)],  # nothing yet at frame 0
        oriented=[0.0, *(layer.oriented for layer in judged)],
        left=float(np.mean(ends.left)),
        nearness=float(np.median(ends.left * lengths / now)),
        growth=float(np.median(moved / lengths)),
    )


def gathered(courses: list[AddedCourse]) -> dict[str, list[float]]:
    """Gathers what several runs had added at their ends, as it is written down: an entry a run."""
    ends = [
        course._replace(score=course.score[-1:], oriented=course.oriented[-1:])
        for course in courses
    ]
    return {
        name: [_rounded(np.squeeze(getattr(end, name))) for end in ends]
        for name in AddedCourse._fields
    }


def added_noise(size: int, channels: int, kernels: int = ADDED_KERNELS) -> dict[str, Any]:
    """Measures what is called oriented where noise was added, over starts, mixtures and smoothness.

    The start keeps a share and gets noise of so many times its length on top, white (another draw
    of its initialiser) or smooth (blurred by the null's own blur). Of each kind the worst mixture
    counts.
    """
    generator = np.random.default_rng((_SEED, size, channels))
    found: dict[str, list[FilterJudgement]] = {"white": [], "smooth": []}
    for start in STARTS:
        for kept, more in MIXTURES:
            for kind, layers in found.items():
                first = SCALED[start].draw((size, size, channels, kernels), generator)
                noise = _noise(kind, start, first, generator)
                layers.append(_judged(first, (kept * first + more * noise).astype(np.float32)))
    return {
        "size": size,
        "channels": channels,
        "kernels": kernels,
        **{kind: _rounded(max(each.oriented for each in found[kind])) for kind in found},
        "mean": _rounded(np.mean([each.oriented for each in found["white"]])),
        "score": _rounded(np.mean([each.layer_score for each in found["white"]])),
    }


def _noise(kind: str, start: str, first: Kernels, generator: np.random.Generator) -> Kernels:
    if kind == "white":
        return SCALED[start].draw(first.shape, generator)
    smooth = draw_blurred(first.shape, SMOOTH_BLUR * first.shape[0], generator)
    scaled: Kernels = smooth * (np.linalg.norm(first) / np.linalg.norm(smooth))
    return scaled


def _judged(first: Kernels, now: Kernels) -> FilterJudgement:
    return judge_filters(added_since(first, now).kernels.astype(np.float32))


def _rounded(value: Any) -> float:
    return round(float(value), _PLACES)
