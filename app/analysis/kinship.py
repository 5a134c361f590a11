"""How the filters of one layer relate: which are near-duplicates, which ways they run."""

import numpy as np
from numpy.typing import NDArray

from app.analysis.columns import Columns
from app.analysis.judgement import FilterJudgement
from app.analysis.labels import LABELS, ORIENTED

ROSE_BINS = 12
_IS_ORIENTED = np.array([label in ORIENTED for label in LABELS])


def near_duplicates(columns: Columns, threshold: float = 0.95) -> list[tuple[int, int, float]]:
    """Pairs of filters that are nearly the same but for scale and sign.

    Args:
        columns: the layer's filters.
        threshold: |cosine| beyond which two filters count as one.

    Returns:
        (first, second, cosine) with first < second, in that order; filters of zeros have no kin.
    """
    filters = columns.shape[3]
    cosine = columns.unit.T @ columns.unit
    cosine.ravel()[:: filters + 1] = 0
    close = np.abs(cosine) > threshold
    if not close.any():
        return []
    pairs = np.argwhere(np.triu(close))
    return [(int(a), int(b), float(cosine[a, b])) for a, b in pairs]


def orientation_rose(judgement: FilterJudgement) -> NDArray[np.intp]:
    """How many of the oriented filters run each way: counts (12,), one bin for each 15°.

    The first bin is centred on 0° (horizontal), the next on 15°, counter-clockwise; the last
    meets the first again, since 180° is 0°.
    """
    oriented = _IS_ORIENTED[judgement.label_code]
    bins = judgement.orientation_degrees[oriented] * (ROSE_BINS / 180) + 0.5
    return np.bincount(bins.astype(np.intp) % ROSE_BINS, minlength=ROSE_BINS)
