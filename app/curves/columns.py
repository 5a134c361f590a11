"""The curves of a long run as NumPy arrays, read from its events."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from .numbers import ROW

_TOGETHER = 512  # events whose numbers are read at once
_LISTS = re.compile(rf'"(step|{"|".join(ROW)})":\[([^\]]*)\]')

Steps = NDArray[np.int64]
Values = NDArray[np.float64]


class CurveColumns(NamedTuple):
    """What was measured by step, and which event told it.

    Attributes:
        steps: (steps,), in the order in which they were told: ascending, but where a program that
            tells a run was started again from further back.
        rows: (steps,) a quantity; NaN where it wasn't measured.
        events: (events, 2): each one's seq, and how many steps it and those before it have told.
    """

    steps: Steps
    rows: dict[str, Values]
    events: Steps

    @classmethod
    def of(cls, told: Iterable[tuple[int, str]]) -> Self:
        """Reads them from `steps` events, each with its seq."""
        parts = [_part(page) for page in _pages(told)]
        if not parts:
            return cls(np.empty(0, np.int64), {name: np.empty(0) for name in ROW}, _no_events())
        steps, rows, events = zip(*parts, strict=True)
        counted = np.concatenate(events)
        counted[:, 1] = np.cumsum(counted[:, 1])
        columns = {name: np.concatenate([part[name] for part in rows]) for name in ROW}
        return cls(np.concatenate(steps), columns, counted)

    def followed_by(self, later: Self) -> Self:
        """Returns these and then those that later events told."""
        if not len(later.events):
            return self
        moved = later.events + np.array([0, len(self.steps)])
        return self._replace(
            steps=np.concatenate([self.steps, later.steps]),
            rows={name: np.concatenate([self.rows[name], later.rows[name]]) for name in ROW},
            events=np.concatenate([self.events, moved]),
        )

    def after(self, step: int) -> Self:
        """Returns those after a step, without the events."""
        return self._only(self.steps > step)

    def between(self, begin: int, end: int) -> Self:
        """Returns those from one place to before another, without the events."""
        rows = {name: column[begin:end] for name, column in self.rows.items()}
        return self._replace(steps=self.steps[begin:end], rows=rows, events=_no_events())

    def with_losses(self) -> Self:
        """Leaves out the steps without a loss, unless none has one."""
        there = ~np.isnan(self.rows["loss"])
        return self._only(there) if there.any() else self

    def _only(self, there: NDArray[np.bool_]) -> Self:
        if there.all():
            return self
        rows = {name: column[there] for name, column in self.rows.items()}
        return self._replace(steps=self.steps[there], rows=rows, events=_no_events())


def _pages(told: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    events = iter(told)
    while page := list(islice(events, _TOGETHER)):
        yield page


def _part(page: list[tuple[int, str]]) -> tuple[Steps, dict[str, Values], Steps]:
    """Reads the numbers of some events together."""
    texts = [dict(_LISTS.findall(body)) for _, body in page]
    counts = [told["step"].count(",") + 1 if told.get("step") else 0 for told in texts]
    steps = _numbers([told["step"] for told in texts if told.get("step")], np.int64)
    rows = {}
    for name in ROW:
        filled = zip(texts, counts, strict=True)
        columns = [told.get(name) or ",".join(["nan"] * count) for told, count in filled if count]
        rows[name] = _numbers(columns, np.float64)
    seqs = [seq for seq, _ in page]
    return steps, rows, np.array([seqs, counts], np.int64).T


def _numbers(texts: list[str], kind: Any) -> NDArray[Any]:
    return np.fromstring(",".join(texts), kind, sep=",") if texts else np.empty(0, kind)


def _no_events() -> Steps:
    return np.empty((0, 2), np.int64)
