"""How the filters of one layer relate: which are near-duplicates, which ways they run."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .columns import Columns, Floats
from .judgement import FilterJudgement, tally

ROSE_BINS = 12
NEARLY = 0.95  # |cosine| beyond which two filters count as one
MOST_COMPARED = 4096  # filters of a layer: half a second
_AT_ONCE = 1024  # filters compared with all others, which bounds memory

Pair = tuple[int, int, float]


class Kin(NamedTuple):
    """The near-duplicates of one layer.

    Attributes:
        closest: the pairs (first, second, cosine) with first < second, the closest first, up to as
            many as there are filters.
        pairs: how many there are in all.
        filters: how many filters are one of a pair.
    """

    closest: list[Pair]
    pairs: int
    filters: int


def near_duplicates(columns: Columns) -> list[Kin]:
    """Finds, in each layer, the filters that are nearly the same but for scale and sign.

    Filters of zeros have no kin. Memory is bounded whatever there are; time grows with the square
    of how many filters there are, so that more than `MOST_COMPARED` shouldn't be asked about.
    """
    return [_kin(unit) for unit in columns.unit.reshape(-1, *columns.unit.shape[-2:])]


def _kin(unit: Floats) -> Kin:
    filters = unit.shape[1]
    closest: list[Pair] = []
    pairs, has_kin = 0, np.zeros(filters, bool)
    for start in range(0, filters, _AT_ONCE):
        cosine = unit[:, start : start + _AT_ONCE].T @ unit[:, start:]
        cosine.reshape(-1)[:: cosine.shape[1] + 1] = 0  # each filter with itself
        close = np.abs(cosine) > NEARLY
        if not close.any():
            continue
        first, second = np.nonzero(np.triu(close))
        values = cosine[first, second]
        pairs += len(first)
        has_kin[first + start] = has_kin[second + start] = True
        best = np.argsort(-np.abs(values), kind="stable")[:filters]
        columns = (first[best] + start, second[best] + start, values[best])
        closest += zip(*(column.tolist() for column in columns), strict=True)
    closest.sort(key=lambda pair: -abs(pair[2]))
    return Kin(closest[:filters], pairs, int(has_kin.sum()))


def orientation_rose(judgement: FilterJudgement) -> NDArray[np.intp]:
    """Counts how many of a layer's oriented filters run each way: counts (12,), one bin for each
    15°.

    The first bin is centred on 0° (horizontal), the next on 15°, counter-clockwise; the last
    meets the first again, since 180° is 0°.
    """
    bins = (judgement.orientation_degrees * (ROSE_BINS / 180) + 0.5).astype(np.intp) % ROSE_BINS
    return tally(np.where(judgement.is_oriented, bins, ROSE_BINS), ROSE_BINS + 1)[..., :-1]
