"""How the filters of one layer relate: which are near-duplicates, which ways they run."""

import numpy as np
from numpy.typing import NDArray

from app.analysis.judgement import FilterJudgement
from app.analysis.labels import ORIENTED

ROSE_BINS = 12


def near_duplicates(
    kernels: NDArray[np.float32], threshold: float = 0.95
) -> list[tuple[int, int, float]]:
    """Pairs of filters that are nearly the same but for scale and sign.

    Args:
        kernels: HWIO float32.
        threshold: |cosine| from which on two filters count as one.

    Returns:
        (first, second, cosine) with first < second, in that order; filters of zeros have no kin.
    """
    columns = kernels.reshape(-1, kernels.shape[-1]).astype(np.float64)
    norm = np.sqrt((columns * columns).sum(axis=0))
    norm[norm == 0] = 1
    unit = columns / norm
    cosine = unit.T @ unit
    close = np.abs(cosine) > threshold
    np.fill_diagonal(close, val=False)
    if not close.any():
        return []
    pairs = np.argwhere(np.triu(close))
    return [(int(a), int(b), float(cosine[a, b])) for a, b in pairs]


def orientation_rose(judgement: FilterJudgement) -> NDArray[np.intp]:
    """How many of the oriented filters run each way: counts (12,), one bin for each 15°.

    The first bin is centred on 0° (horizontal), the next on 15°, counter-clockwise; the last
    meets the first again, since 180° is 0°.
    """
    oriented = np.array([label in ORIENTED for label in judgement.label.tolist()])
    bins = judgement.orientation_degrees[oriented] * (ROSE_BINS / 180) + 0.5
    return np.bincount(bins.astype(np.intp) % ROSE_BINS, minlength=ROSE_BINS)
