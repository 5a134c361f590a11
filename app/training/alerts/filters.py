"""Filters that don't pull their weight: dead, the same as another, or never moved."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.events import Alert, AlertCode
from app.training.alerts.sight import Sight

# Most of what happens to healthy filters happens before; one that is weak earlier may recover.
SETTLED_STEP = 200
# Sine of the angle between a filter and its beginning, .14 and more in presets by then. An angle,
# since weight decay alone changes a filter's length but doesn't turn it.
TURNED = 0.05

_NAMED_AT_MOST = 8


def all_zero(sight: Sight) -> Iterator[Alert]:
    """A layer is still zero after an update: none will ever move it."""
    if sight.snapshot.step == 0:
        return
    for layer, kernels in sight.now.items():
        if not kernels.any():
            words = (
                f"Dead in {layer}: all {kernels.shape[3]} filters. They are zero, and no gradient "
                "comes through zeros, so they can't learn. Try kernel_initializer glorot_uniform."
            )
            yield sight.alert("dead", words, layer, list(range(kernels.shape[3])))


def dead(sight: Sight) -> Iterator[Alert]:
    """Filters whose weights have all but vanished beside the others'."""
    filters = [index for index, label in enumerate(sight.snapshot.label) if label == "dead"]
    why = (
        "Beside the others' their weights have all but vanished, and seldom come back. Try a "
        "smaller weight_decay or learning rate, or another seed."
    )
    yield from _of_filters(sight, "dead", "Dead", filters, why)


def duplicate(sight: Sight) -> Iterator[Alert]:
    """Filters that do the same as another."""
    pairs = sight.snapshot.near_duplicates
    filters = sorted({index for first, second, _ in pairs for index in (first, second)})
    why = (
        "But for scale and sign each of them does the work of another. Try fewer filters, or "
        "another seed."
    )
    yield from _of_filters(sight, "duplicate", "Nearly the same", filters, why)


def still(sight: Sight) -> Iterator[Alert]:
    """Filters that are what they were at frame 0, or the same but shorter or longer."""
    first, now = (_columns(kernels[sight.snapshot.layer]) for kernels in (sight.first, sight.now))
    if len(first) == 1:
        return  # a single weight has no pattern to keep or to lose
    along = (first * now).sum(axis=0)
    lengths = np.linalg.norm(first, axis=0) * np.linalg.norm(now, axis=0)
    is_still = (along > 0) & (along > np.sqrt(1 - TURNED**2) * lengths)
    is_dead = np.array(sight.snapshot.label) == "dead"
    filters = np.flatnonzero(is_still & ~is_dead).tolist()
    why = (
        f"{sight.snapshot.step} updates have left the random pattern of frame 0 as it was. Try a "
        "larger learning rate, or another seed."
    )
    yield from _of_filters(
        sight, "still_at_initialisation", "Still at initialisation", filters, why
    )


def _of_filters(
    sight: Sight, code: AlertCode, what: str, filters: list[int], why: str
) -> Iterator[Alert]:
    layer, count = sight.snapshot.layer, len(sight.snapshot.label)
    if filters:
        words = f"{what} in {layer}: {_listed(filters, count)}. {why}"
        yield sight.alert(code, words, layer, filters)


def _listed(filters: list[int], count: int) -> str:
    """The filters by number, from 1 as on the page, or how many where that would be long."""
    if len(filters) == count:
        return f"all {count} filters"
    if len(filters) > _NAMED_AT_MOST:
        return f"{len(filters)} of {count} filters"
    *others, last = (str(index + 1) for index in filters)
    return f"filters {', '.join(others)} and {last}" if others else f"filter {last}"


def _columns(kernels: NDArray[np.float32]) -> NDArray[np.float64]:
    return kernels.reshape(-1, kernels.shape[3]).astype(np.float64)
