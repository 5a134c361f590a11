"""The one time axis, x = log(1 + step/5): half of what happens to filters happens in sixty steps.

`static/js/charts/axis.js` has the same rules for the page; a test holds the two together.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

AXIS_STEPS = 5  # up to about here the axis is even; beyond, it counts in powers
BINS_PER_UNIT = 24
ROUND_STEPS = (
    *(0, 3, 10, 30, 60, 100, 200, 300, 400, 600, 1000, 2000, 3000, 5000, 10_000, 20_000),
    *(50_000, 100_000, 200_000, 500_000, 1_000_000),
)
_MOST_KEPT = 4  # of a bin: its lowest and its highest loss, its newest step, and all others as one

Columns = Mapping[str, list[Any] | None]


def along(step: float) -> float:
    """Computes where a step lies on the axis, from 0 on."""
    return math.log1p(step / AXIS_STEPS)


def share_along(step: float, total: int) -> float:
    """Computes where a step lies on an axis of `total` steps, 0 to 1."""
    return min(1.0, along(step) / along(total)) if total > 0 else 0.0


def round_steps(total: int, room: float) -> list[int]:
    """Picks round steps with at least `room` of the axis between them; 0 and the end always."""
    ticks = [0]
    for step in ROUND_STEPS[1:]:
        place = share_along(step, total)
        if step < total and min(place - share_along(ticks[-1], total), 1 - place) >= room:
            ticks.append(step)
    return [*ticks, total] if total > 0 else ticks


def bin_of(step: float) -> int:
    """Gives the number of the bin that a step is drawn in: what the eye can tell apart and no more.

    Bins are equally wide on the axis: up to step 24 each holds one step, a million steps fill 274.
    """
    return math.floor(BINS_PER_UNIT * along(step))


def members_of_bins(steps: Sequence[int]) -> Iterator[range]:
    """Yields the indices of the ascending `steps` that share a bin, bin by bin."""
    begin = 0
    while begin < len(steps):
        beyond = AXIS_STEPS * math.expm1((bin_of(steps[begin]) + 1) / BINS_PER_UNIT)
        end = max(begin + 1, bisect_left(steps, beyond, begin))
        yield range(begin, end)
        begin = end


def thinned(columns: Columns) -> dict[str, list[Any] | None]:
    """Makes few rows of many, so that a bin's mean stays as it is and so do its outliers.

    Of each bin the lowest and the highest loss and the newest step are kept, and the first step of
    all; the others become one row, their mean, at the newest step among them.

    Args:
        columns: lists of equal length, `step` in ascending order, `loss`, and others; None stays,
            in place of a list and in one.

    Returns:
        The same lists, shorter, and `count`: how many steps a row stands for.
    """
    steps = columns["step"] or []
    losses = columns["loss"] or [0.0] * len(steps)
    rows = [row for members in members_of_bins(steps) for row in _kept(members, losses)]
    told = {
        name: None if column is None else [_mean(column, row) for row in rows]
        for name, column in columns.items()
    }
    return {**told, "step": [steps[row[-1]] for row in rows], "count": [len(row) for row in rows]}


def _kept(members: range, losses: list[float]) -> list[list[int]]:
    """Returns the indices of a bin, each alone or with those that it becomes one row with."""
    if len(members) <= _MOST_KEPT:
        return [[index] for index in members]
    alone = {
        min(members, key=losses.__getitem__),
        max(members, key=losses.__getitem__),
        members[-1],
        *members[: members[0] == 0],
    }
    others = [index for index in members if index not in alone]
    return sorted([others, *([index] for index in alone)], key=lambda row: row[-1])


def _mean(column: list[Any], row: list[int]) -> Any:
    if len(row) == 1:
        return column[row[0]]
    there = [column[i] for i in row if column[i] is not None]
    return round(sum(there) / len(there), 6) if there else None
