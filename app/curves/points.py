"""Few points in place of many steps, so that a chart of them looks the same."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..stretched import members_of_bins
from .columns import CurveColumns, Values

_MOST_KEPT = 4
_DIGITS = 6


def extremes(values: Values, points: int) -> NDArray[np.int64]:
    """Picks at most so many places: the first, the last, and of equally long buckets between them
    where the least and the greatest value are.

    It is tsdownsample's MinMaxDownsampler (Van Der Donckt et al., 2022) on what lies between the
    first and the last, as in its MinMaxLTTB.

    Args:
        values: (steps,) NaN is neither least nor greatest.
        points: `FEWEST_POINTS` or more.

    Returns:
        Ascending places.
    """
    count = len(values)
    if count <= points:
        return np.arange(count)
    inner = np.asarray(values[1:-1])
    buckets = (points - 2) // 2
    ends = (np.arange(1, buckets + 1) * ((count - 3) / buckets)).astype(np.int64) + 1
    low, high = _without_nan(inner, np.inf), _without_nan(inner, -np.inf)
    found, begin = {0, count - 1}, 0
    for end in ends.tolist():
        found.add(1 + begin + int(low[begin:end].argmin()))
        found.add(1 + begin + int(high[begin:end].argmax()))
        begin = end
    return np.array(sorted(found))


def in_points(columns: CurveColumns, points: int) -> dict[str, list[Any] | None]:
    """Gives at most so many steps as they were told; they are chosen by the first quantity that was
    measured.
    """
    measured = [row for row in columns.rows.values() if not np.isnan(row).all()]
    leading = measured[0] if measured else np.zeros(len(columns.steps))
    places = extremes(leading, points)
    told = {name: _listed(row[places], row) for name, row in columns.rows.items()}
    return {"step": columns.steps[places].tolist(), **told}


def thinned(columns: CurveColumns) -> dict[str, list[Any] | None]:
    """Gives what `app.stretched.thinned` does, with sums of arrays."""
    steps, losses = columns.steps, columns.rows["loss"]
    losses = np.zeros(len(steps)) if np.isnan(losses).all() else losses
    rows: list[NDArray[np.int64]] = []
    for members in members_of_bins(steps):  # type: ignore[arg-type]
        rows += _kept(members, losses)
    told = {
        name: None if np.isnan(column).all() else [_mean(column[row]) for row in rows]
        for name, column in columns.rows.items()
    }
    newest = [int(steps[row[-1]]) for row in rows]
    return {"step": newest, **told, "count": [len(row) for row in rows]}


def _kept(members: range, losses: Values) -> list[NDArray[np.int64]]:
    places = np.arange(members.start, members.stop)
    if len(places) <= _MOST_KEPT:
        return [places[at : at + 1] for at in range(len(places))]
    inside = losses[members.start : members.stop]
    alone = {members[int(inside.argmin())], members[int(inside.argmax())], members[-1]}
    if members.start == 0:
        alone.add(0)
    chosen = np.array(sorted(alone))
    others = np.delete(places, chosen - members.start)
    rows = [others, *(chosen[at : at + 1] for at in range(len(chosen)))]
    return sorted(rows, key=lambda row: int(row[-1]))


def _mean(values: Values) -> float | None:
    if len(values) == 1:
        return None if np.isnan(values[0]) else float(values[0])
    there = values[~np.isnan(values)]
    return round(float(there.mean()), _DIGITS) if len(there) else None


def _listed(values: Values, of: Values) -> list[float | None] | None:
    if np.isnan(of).all():
        return None
    return [None if value != value else value for value in values.tolist()]


def _without_nan(values: Values, instead: float) -> Values:
    unknown = np.isnan(values)
    return np.where(unknown, instead, values) if unknown.any() else values
