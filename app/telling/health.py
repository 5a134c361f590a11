"""How a layer of any shape fares: its size, how far it has come, and filters that do nothing."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis import columns_of, least_norm_of, near_duplicates
from ..analysis.kinship import MOST_COMPARED
from ..analysis.verdict import weak_ones
from .alerts.sight import norm_of

Kernels = NDArray[np.float32]
_DIGITS = 6


class StartNorms(NamedTuple):
    """What a layer was at frame 0: its norm, and the norm up to which its filters are dead.

    None for both where a weight wasn't finite.
    """

    norm: float | None
    least_norm: float | None


def begun(filters: Kernels) -> StartNorms:
    """Notes what a layer is at frame 0."""
    if not np.isfinite(filters).all():
        return StartNorms(None, None)
    return StartNorms(norm_of(filters), least_norm_of(columns_of(filters).norm))


def health_of(
    layer: str, filters: Kernels, beginning: StartNorms | None, first: Kernels | None
) -> dict[str, Any]:
    """Gives the fields of `app.events.LayerHealth`, those left out that can't be said.

    Args:
        layer: its name.
        filters: HWIO, as `filters_of` gives them.
        beginning: what it was at frame 0; None if that was without it.
        first: its filters then, if they are still there.
    """
    count = filters.shape[3]
    if not np.isfinite(filters).all():
        return {"layer": layer, "filters": count, "is_finite": False}
    columns = columns_of(filters)
    told = {"layer": layer, "filters": count, "is_finite": True, "norm": _short(norm_of(filters))}
    if first is not None and beginning is not None and beginning.norm is not None:
        told["change"] = _short(_change(filters, first, beginning.norm))
    least = (beginning and beginning.least_norm) or 0.0
    told["dead"] = int(weak_ones(columns.norm, least).sum())
    if count <= MOST_COMPARED:
        [kin] = near_duplicates(columns)
        told["duplicates"] = kin.filters
    return told


def _change(filters: Kernels, first: Kernels, norm: float) -> float:
    moved = norm_of(filters.astype(np.float64) - first)
    return moved / norm if norm > 0 else float(moved > 0)


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
