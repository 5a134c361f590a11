"""All cells of a sweep at one moment: the first few filters of each, and what its runs were."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..events import StoredArray, typed_array
from ..store import DataDamaged, Reading, reading_beside
from ..store.moments import Moment
from .cache import CACHE
from .sweep_moment import CellRuns, SeedRun

_MOST_BYTES = 64 * 1024  # of a cell's filters


class _Filters(NamedTuple):
    """The first filters of a run at a snapshot; `kernels` is None where they are too large."""

    seed: int
    run: str
    step: int
    kernels: dict[str, str] | None


def strips_of(
    database: Path,
    layer: str,
    cells: Sequence[CellRuns],
    few: int,
    seed: int | None,
) -> dict[str, Any]:
    """Returns each cell's filters and what its runs were, each at its own step.

    Args:
        layer: the first conv layer.
        cells: the runs of each cell, with the step at which each is looked at.
        few: how many filters are shown of a cell.
        seed: whose; None for the first that has any.
    """
    reading = reading_beside(database)
    asked = [(run.run, run.step) for cell in cells for run in cell.runs if run.run is not None]
    known = dict(zip((run for run, _ in asked), reading.moments(asked), strict=True))
    return {"cells": [_cell(reading, layer, cell, known, (few, seed)) for cell in cells]}


def _cell(
    reading: Reading,
    layer: str,
    cell: CellRuns,
    known: Mapping[str, Moment],
    wanted: tuple[int, int | None],
) -> dict[str, Any]:
    few, seed = wanted
    moments = [(run, known.get(run.run or "", Moment())) for run in cell.runs]
    seen = [run for run, moment in moments if moment.step is not None and seed in (None, run.seed)]
    shown = next(filter(None, (_filters(reading, layer, run, few) for run in seen)), None)
    filters = dict.fromkeys(_Filters._fields) if shown is None else shown._asdict()
    told = [{"seed": run.seed, **moment._asdict()} for run, moment in moments]
    return {"at": list(cell.at), **filters, "seeds": told}


def _filters(reading: Reading, layer: str, run: SeedRun, few: int) -> _Filters | None:
    try:
        frame = None if run.run is None else reading.frame_until(run.run, layer, run.step)
    except DataDamaged:
        return None
    if run.run is None or frame is None:
        return None
    key = ("strip", run.run, layer, frame.step, few)
    kernels = CACHE.get(key, lambda: _first(frame.kernel, few))
    return _Filters(run.seed, run.run, frame.step, kernels)


def _first(kernel: StoredArray, few: int) -> dict[str, str] | None:
    array = np.frombuffer(kernel.data, "<f4").reshape(kernel.shape)[..., :few]
    if array.nbytes > _MOST_BYTES:
        return None
    return typed_array(StoredArray(kernel.name, array.shape, array.tobytes()))
