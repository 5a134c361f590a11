"""A sweep's map as NumPy arrays: one axis for each of the sweep's, and one for the seeds."""

from collections.abc import Sequence
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from .sweep_moment import MapRow

_MEASURED = ("edges", "score", "accuracy")


def write_map(
    file: BinaryIO, axes: Sequence[tuple[str, list[Any]]], seeds: list[int], rows: list[MapRow]
) -> None:
    """Writes what each run has come to, NaN where that isn't known, under the run's place.

    Keys are `axis0/field`, `axis0/values`, …, `seeds`; and of shape (values of axis 0, …, seeds)
    `edges`, `score`, `accuracy`, `step`, `total_steps` (−1 where there is no run), `status` and
    `run`.

    Args:
        axes: each field with its values.
    """
    arrays: dict[str, NDArray[Any]] = {"seeds": np.array(seeds, np.int64)}
    for number, (field, values) in enumerate(axes):
        arrays[f"axis{number}/field"] = np.array(field)
        arrays[f"axis{number}/values"] = np.array(values)
    shape = (*(len(values) for _, values in axes), len(seeds))
    arrays |= {name: np.full(shape, np.nan) for name in _MEASURED}
    arrays |= {name: np.full(shape, -1, np.int64) for name in ("step", "total_steps")}
    arrays |= {name: np.full(shape, "", "U12") for name in ("status", "run")}
    for row in rows:
        place = (*row.at, seeds.index(row.seed))
        for name in _MEASURED:
            value = getattr(row, name)
            arrays[name][place] = np.nan if value is None else value
        arrays["step"][place], arrays["total_steps"][place] = row.step, row.total_steps
        arrays["status"][place], arrays["run"][place] = row.status, row.run or ""
    np.savez(file, **arrays)  # type: ignore[arg-type]
