"""Filters that don't pull their weight: dead, the same as another, or never moved."""

import math
from collections.abc import Iterator

import numpy as np

from ...analysis.columns import norms, products
from ...events import Alert, AlertCode
from ...vocabulary.optimizers import OPTIMIZERS
from .sight import Sight

# Most of what happens to healthy filters happens before; one that is weak earlier may recover.
SETTLED_STEP = 200
# Sine of the angle between a filter and its beginning, .14 and more in presets by then. An angle,
# since weight decay alone changes a filter's length but doesn't turn it.
TURNED = 0.05
THE_SAME = 0.9999
_STILL_COSINE = math.sqrt(1 - TURNED**2)

_NAMED_AT_MOST = 8
_BEGAN_AT_ZERO = (
    "They are zero, and no gradient comes through zeros, so they can't learn. Try "
    "kernel_initializer glorot_uniform."
)


def all_zero(sight: Sight) -> Iterator[Alert]:
    """Warns of a layer that is zero after an update: none will ever move it."""
    if sight.told["step"] == 0:
        return
    for layer, norm in sight.norm.items():
        if norm == 0:
            filters = sight.now[layer].shape[3]
            why = _BEGAN_AT_ZERO if sight.first_norm[layer] == 0 else _all_died(sight)
            words = f"Dead in {layer}: all {filters} filters. {why}"
            yield sight.alert("dead", words, layer, list(range(filters)))


def dead(sight: Sight) -> Iterator[Alert]:
    """Warns of filters whose weights are almost zero compared with the others'."""
    labels = sight.told["label"]
    filters = [index for index, label in enumerate(labels) if label == "dead"]
    if len(filters) == len(labels):
        why = _all_died(sight)
    else:
        why = (
            "Compared with the others, their weights are almost zero and seldom recover. Try a "
            "smaller weight_decay or learning rate, or another seed."
        )
    yield from _of_filters(sight, "dead", "Dead", filters, why)


def duplicate(sight: Sight) -> Iterator[Alert]:
    """Warns of filters that do the same as another.

    Where filters outnumber the weights of one, as 32 of 3×3 do, they can't all go different ways:
    only those that are the very same are worth mending.
    """
    pairs = sight.told["near_duplicates"]
    if sight.beginning.weights.shape[-1] > len(sight.beginning.weights):
        pairs = [pair for pair in pairs if abs(pair[2]) >= THE_SAME]
    alike = sorted({index for first, second, _ in pairs for index in (first, second)})
    filters = [index for index in alike if sight.told["label"][index] != "dead"]
    why = (
        "They differ only in size or sign, so one of each pair is redundant. Try fewer filters, or "
        "another seed."
    )
    yield from _of_filters(sight, "duplicate", "Nearly the same", filters, why)


def still(sight: Sight) -> Iterator[Alert]:
    """Warns of filters that are what they were at frame 0, or the same but shorter or longer."""
    beginning = sight.beginning
    if len(beginning.weights) == 1:
        return  # a single weight has no pattern to keep or to lose
    now = sight.now[sight.told["layer"]].reshape(beginning.weights.shape).astype(np.float64)
    along = products(beginning.unit, now)
    is_still = (along > 0) & (along > _STILL_COSINE * norms(now))
    label = sight.told["label"]
    filters = [index for index in np.flatnonzero(is_still).tolist() if label[index] != "dead"]
    why = (
        f"{sight.told['step']} updates have left the random pattern of frame 0 as it was. Try a "
        "larger learning rate, or another seed."
    )
    yield from _of_filters(
        sight, "still_at_initialisation", "Still at initialisation", filters, why
    )


def _all_died(sight: Sight) -> str:
    usual = OPTIMIZERS[sight.optimizer]
    if sight.learning_rate > usual.usual_rate:
        return (
            f"The learning rate of {sight.learning_rate:g} is too high for {usual.title}; try "
            f"{usual.usual_rate:g}."
        )
    return "Their weights are almost zero. Try a smaller weight_decay or learning rate."


def _of_filters(
    sight: Sight, code: AlertCode, what: str, filters: list[int], why: str
) -> Iterator[Alert]:
    layer, count = sight.told["layer"], len(sight.told["label"])
    if filters:
        words = f"{what} in {layer}: {_listed(filters, count)}. {why}"
        yield sight.alert(code, words, layer, filters)


def _listed(filters: list[int], count: int) -> str:
    """Gives the filters by number, from 1 as on the page, or how many where that would be long."""
    if len(filters) == count:
        return f"all {count} filters"
    if len(filters) > _NAMED_AT_MOST:
        return f"{len(filters)} of {count} filters"
    *others, last = (str(index + 1) for index in filters)
    return f"filters {', '.join(others)} and {last}" if others else f"filter {last}"
