"""Filters that don't pull their weight: dead, the same as another, or never moved."""

import math
from collections.abc import Iterator

import numpy as np

from ...analysis.columns import norms, products
from ...events import Alert, AlertCode
from . import advice
from .sight import Sight

# Most of what happens to healthy filters happens before; one that is weak earlier may recover.
SETTLED_STEP = 200
# Sine of the angle between a filter and its beginning, .14 and more in presets by then. An angle,
# since weight decay alone changes a filter's length but doesn't turn it.
TURNED = 0.05
THE_SAME = 0.9999
_STILL_COSINE = math.sqrt(1 - TURNED**2)

_NAMED_AT_MOST = 8
# A script's first updates may be of size zero, so that what began at zero is still there.
_WARMED_UP_STEP = 100


def all_zero(sight: Sight) -> Iterator[Alert]:
    """Warns of a layer that is zero after an update: none will ever move it."""
    if sight.updates == 0:
        return
    for layer, norm in sight.norm.items():
        began_at_zero = sight.first_norm.get(layer) == 0
        may_wait = sight.optimizer is None and sight.updates < _WARMED_UP_STEP
        if norm == 0 and not (began_at_zero and may_wait):
            filters = sight.now[layer].shape[3]
            why = advice.against_zeros if began_at_zero else advice.against_all_dead
            words = f"Dead in {sight.title(layer)}: all {filters} filters. {why(sight)}"
            yield sight.alert("dead", words, layer, list(range(filters)))


def dead(sight: Sight) -> Iterator[Alert]:
    """Warns of filters whose weights are almost zero compared with the others'."""
    is_all = len(sight.dead) == _count(sight)
    why = advice.against_all_dead if is_all else advice.against_some_dead
    found = [index for index in sight.dead if index not in sight.held]
    yield from _of_filters(sight, "dead", "Dead", found, why(sight))


def duplicate(sight: Sight) -> Iterator[Alert]:
    """Warns of filters that do the same as another.

    Where filters outnumber the weights of one, as 32 of 3×3 do, they can't all go different ways:
    only those that are the very same are worth mending.
    """
    pairs = sight.told["near_duplicates"]
    if sight.beginning.weights.shape[-1] > len(sight.beginning.weights):
        pairs = [pair for pair in pairs if abs(pair[2]) >= THE_SAME]
    alike = sorted({index for first, second, _ in pairs for index in (first, second)})
    filters = [index for index in alike if index not in sight.dead]
    why = (
        "They differ only in size or sign, so one of each pair is redundant. Try fewer filters, or "
        "another seed."
    )
    yield from _of_filters(sight, "duplicate", "Nearly the same", filters, why)


def still(sight: Sight) -> Iterator[Alert]:
    """Warns of filters that are what they were at frame 0, or the same but shorter or longer."""
    beginning = sight.beginning
    if len(beginning.weights) == 1 or not sight.begins or sight.updates == 0:
        return  # a single weight has no pattern to keep or to lose
    now = sight.now[sight.told["layer"]].reshape(beginning.weights.shape).astype(np.float64)
    along = products(beginning.unit, now)
    is_still = (along > 0) & (along > _STILL_COSINE * norms(now))
    filters = [index for index in np.flatnonzero(is_still).tolist() if index not in sight.dead]
    why = advice.against_standing_still(sight)
    yield from _of_filters(
        sight, "still_at_initialisation", "Still at initialisation", filters, why
    )


def not_finite(sight: Sight) -> Iterator[Alert]:
    """Warns of weights that are no numbers any more."""
    for layer, filters in sight.not_finite.items():
        words = (
            f"Not finite in {sight.title(layer)}: {len(filters)} "
            f"{'filter holds' if len(filters) == 1 else 'filters hold'} NaN or infinity. "
            f"{advice.AGAINST_NAN}"
        )
        yield sight.alert("not_finite", words, layer, filters)


def loss_is_no_number(step: int) -> Alert:
    """Returns the warning of a loss that is NaN or infinite."""
    words = f"Not finite: the loss is no number at step {step}. {advice.AGAINST_NAN}"
    return Alert(step=step, code="not_finite", message=words)


def _count(sight: Sight) -> int:
    return sight.beginning.shape[3]


def _of_filters(
    sight: Sight, code: AlertCode, what: str, filters: list[int], why: str
) -> Iterator[Alert]:
    layer = sight.told["layer"]
    if filters:
        words = f"{what} in {sight.title(layer)}: {_listed(filters, _count(sight))}. {why}"
        yield sight.alert(code, words, layer, filters)


def _listed(filters: list[int], count: int) -> str:
    """Gives the filters by number, from 1 as on the page, or how many where that would be long."""
    if len(filters) == count:
        return f"all {count} filters"
    if len(filters) > _NAMED_AT_MOST:
        return f"{len(filters)} of {count} filters"
    *others, last = (str(index + 1) for index in filters)
    return f"filters {', '.join(others)} and {last}" if others else f"filter {last}"
