"""A run's curves for whoever may not need them: read when something of them is asked for."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from ..export.delimited import Delimited
from ..store import Reading
from .files import texts_of
from .numbers import evaluations_by_step, evaluations_told


class Later(Mapping[str, Any]):
    """A dict that is worked out by its first use."""

    def __init__(self, work_out: Callable[[], dict[str, Any]]) -> None:
        self._work_out = work_out

    @cached_property
    def _told(self) -> dict[str, Any]:
        return self._work_out()

    def __getitem__(self, name: str) -> Any:
        return self._told[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)


class LaterCurves:
    """The curves of one run, in the forms that a file may need."""

    def __init__(self, reading: Reading, cache_folder: Path, run_id: str) -> None:
        self._reading = reading
        self._cache_folder = cache_folder
        self._run_id = run_id

    @cached_property
    def all(self) -> Later:
        """All steps, as arrays: None in place of what wasn't measured, NaN in them."""
        return Later(self._all)

    @cached_property
    def few(self) -> Later:
        """Few steps in place of many, as lists, with `count`."""
        return Later(self._few)

    def write_csv(self, file: BinaryIO, style: Delimited) -> None:
        """Writes all steps as a table."""
        texts_of(self._reading, self._run_id).write_csv(file, style)

    def _all(self) -> dict[str, Any]:
        import numpy as np

        columns = self._columns.with_losses()
        rows = {name: None if np.isnan(row).all() else row for name, row in columns.rows.items()}
        return {"step": columns.steps, **rows, "evaluations": self._evaluations}

    def _few(self) -> dict[str, Any]:
        from .points import thinned

        return {**thinned(self._columns.with_losses()), "evaluations": self._evaluations}

    @cached_property
    def _columns(self) -> Any:
        from .kept import columns_of

        return columns_of(self._reading, self._cache_folder, self._run_id)

    @property
    def _evaluations(self) -> dict[str, Any]:
        return evaluations_told(
            evaluations_by_step(self._reading.bodies(self._run_id, "evaluated"))
        )
