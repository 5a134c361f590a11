"""How the filters of one layer relate: which are near-duplicates, which ways they run."""

import numpy as np
from numpy.typing import NDArray

from .columns import Columns
from .judgement import FilterJudgement, tally

ROSE_BINS = 12

Pair = tuple[int, int, float]


def near_duplicates(columns: Columns, threshold: float = 0.95) -> list[list[Pair]]:
    """Pairs of filters that are nearly the same but for scale and sign.

    Args:
        columns: the filters of one layer or more.
        threshold: |cosine| beyond which two filters count as one.

    Returns:
        For each layer (first, second, cosine) with first < second, in that order; filters of zeros
        have no kin.
    """
    filters = columns.shape[3]
    units = columns.unit.reshape(-1, *columns.unit.shape[-2:])
    cosine = units.swapaxes(1, 2) @ units
    cosine.reshape(len(units), -1)[:, :: filters + 1] = 0
    pairs: list[list[Pair]] = [[] for _ in units]
    close = np.abs(cosine) > threshold
    if close.any():
        for layer, first, second in np.argwhere(np.triu(close)).tolist():
            pairs[layer].append((first, second, float(cosine[layer, first, second])))
    return pairs


def orientation_rose(judgement: FilterJudgement) -> NDArray[np.intp]:
    """Counts how many of a layer's oriented filters run each way: counts (12,), one bin for each
    15°.

    The first bin is centred on 0° (horizontal), the next on 15°, counter-clockwise; the last
    meets the first again, since 180° is 0°.
    """
    bins = (judgement.orientation_degrees * (ROSE_BINS / 180) + 0.5).astype(np.intp) % ROSE_BINS
    return tally(np.where(judgement.is_oriented, bins, ROSE_BINS), ROSE_BINS + 1)[..., :-1]
