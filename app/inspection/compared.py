"""One filter of a snapshot beside templates, chance, and what it was at frame 0."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis import (
    FilterJudgement,
    change_from,
    columns_of,
    filters_of,
    judge_filters,
    least_norm_of,
    may_judge,
    unjudged,
    weak_ones,
)
from ..events import StoredArray
from ..vocabulary.layers import Conv2D
from ..vocabulary.layers.naming import kernel_name
from .arrays import unpacked
from .cache import CACHE
from .snapshot import KeptSnapshot

LARGEST_NULL = 1_000  # weights of a filter up to which what chance does is found out in time
_NONE_IS_WEAK = -1.0  # as least norm


class Verdicts(NamedTuple):
    """One filter compared with templates, with chance and with frame 0.

    The judgement is of a layer that has it alone; `by_name` holds the verdicts.
    """

    judgement: FilterJudgement
    by_name: dict[str, Any]


def filters_in(kept: KeptSnapshot, layer: str, kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Returns a kernel of any layer as a list of filters, HWIO."""
    kind = Conv2D.type if kept.described is None else kept.described.layer(layer).kind
    return filters_of(kind, kernel)


def verdicts_on(kept: KeptSnapshot, layer: str, index: int, first: StoredArray) -> Verdicts:
    """Compares one filter: a whole layer of a thousand would take a tenth of a second."""
    kernel = filters_in(kept, layer, unpacked(kept.arrays)[kernel_name(layer)])
    beginning = filters_in(kept, layer, np.frombuffer(first.data, "<f4").reshape(first.shape))
    now, then = (one[..., index : index + 1] for one in (kernel, beginning))
    if _is_judged(kept, layer, kernel):
        key = ("weak", hash(kept), layer, hash(first))
        weak = CACHE.get(key, lambda: _weak(kernel, np.nan_to_num(beginning)))
        least_norm = np.inf if weak[index] else _NONE_IS_WEAK
        judgement = judge_filters(now, cache_folder=kept.cache_folder, least_norm=least_norm)
    else:
        judgement = unjudged(now)
    compared = change_from(np.nan_to_num(then), now)._asdict()
    by_filter = judgement.by_filter() | compared
    return Verdicts(judgement, {name: values[0].tolist() for name, values in by_filter.items()})


def _weak(kernel: NDArray[np.float32], beginning: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Says which filters of a layer are dead: that shows beside the others alone."""
    return weak_ones(columns_of(kernel).norm, least_norm_of(columns_of(beginning).norm))


def _is_judged(kept: KeptSnapshot, layer: str, kernel: NDArray[np.float32]) -> bool:
    if kept.described is None:
        return bool(np.prod(kernel.shape[:3]) <= LARGEST_NULL)
    known = kept.described.layer(layer)
    return may_judge(known.kind, kernel.shape, known.groups)
