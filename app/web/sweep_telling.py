"""What a sweep is by now, and what of it changed since somebody last asked."""

import secrets
import threading
from collections import Counter
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from ..events import LIVE
from ..recipe.sweeping import SweepPlan
from ..store import KeptSweep, ListedRun, Store
from .answers.sweeps import CellOfSweep, SeedOfCell, Sweep, SweepHead, SweepStatus

_MOST_FOLLOWED: Final = 16
_GONE: Final = "deleted"


class _Standing(NamedTuple):
    """A sweep's runs by their places, as they were last told; `changed` says in which version each
    became what it is.
    """

    version: int
    head: tuple[str, str]
    runs: dict[int, ListedRun]
    changed: dict[int, int]


class SweepTelling:
    """Tells sweeps from what the store lists; what changed is known for those asked for lately.

    Any thread may ask.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._nonce = secrets.token_hex(3)
        self._followed: dict[str, _Standing] = {}

    def head(self, sweep: KeptSweep) -> SweepHead:
        """Tells it in short."""
        return SweepHead.model_validate(_head(sweep, self._store.runs_of_sweep(sweep.id)))

    def whole(self, sweep: KeptSweep, since: str | None = None) -> Sweep:
        """Tells it with all cells; with those alone that changed after the revision `since`, where
        that is known.
        """
        runs = self._store.runs_of_sweep(sweep.id)
        standing = self._stand(sweep, runs)
        after = self._version(since)
        plan = plan_of(sweep)
        cells = [
            _cell(plan, index, standing.runs)
            for index in range(len(plan.steps))
            if after is None or _changed_after(plan, index, standing, after)
        ]
        return Sweep.model_validate(
            _head(sweep, runs)
            | {
                "base": plan.base,
                "total_steps": max(plan.steps),
                "impossible": plan.impossible,
                "revision": f"{self._nonce}-{standing.version}",
                "whole": after is None,
                "cells": cells,
            }
        )

    def revision(self, sweep: KeptSweep) -> str:
        """Returns what changes whenever anything about the sweep does."""
        standing = self._stand(sweep, self._store.runs_of_sweep(sweep.id))
        return f"{self._nonce}-{standing.version}"

    def _version(self, revision: str | None) -> int | None:
        nonce, _, version = (revision or "").partition("-")
        return int(version) if nonce == self._nonce and version.isdecimal() else None

    def _stand(self, sweep: KeptSweep, listed: list[ListedRun]) -> _Standing:
        """Compares a sweep with what it was when it was last told."""
        runs = {run.swept.place: run for run in listed if run.swept is not None}
        head = (sweep.name, sweep.status)
        with self._lock:
            before = self._followed.pop(sweep.id, None) or _Standing(0, head, {}, {})
            places = before.runs.keys() | runs.keys()
            news = [place for place in places if before.runs.get(place) != runs.get(place)]
            version = before.version + bool(news or head != before.head)
            changed = before.changed | dict.fromkeys(news, version)
            self._followed[sweep.id] = standing = _Standing(version, head, runs, changed)
            if len(self._followed) > _MOST_FOLLOWED:
                del self._followed[next(iter(self._followed))]
        return standing


def plan_of(sweep: KeptSweep) -> SweepPlan:
    """Returns what a sweep's runs differ in."""
    return _read(sweep.plan)


def status_of(sweep: KeptSweep, runs: list[ListedRun]) -> SweepStatus:
    """Says how a sweep stands, from what is wanted of it and what its runs do."""
    is_live = any(run.status in LIVE for run in runs)
    if sweep.status == "stopped":
        return "stopping" if is_live else "stopped"
    if not is_live and not any(run.status == "interrupted" for run in runs):
        return "finished"
    return "paused" if sweep.status == "paused" else "running"


@lru_cache(maxsize=_MOST_FOLLOWED)
def _read(plan: str) -> SweepPlan:
    return SweepPlan.model_validate_json(plan)


def _head(sweep: KeptSweep, runs: list[ListedRun]) -> dict[str, Any]:
    plan = plan_of(sweep)
    counts = Counter[str](run.status for run in runs)
    if gone := plan.runs - len(runs):
        counts[_GONE] = gone
    return {
        "id": sweep.id,
        "name": sweep.name,
        "preset": plan.preset,
        "status": status_of(sweep, runs),
        "created_at": datetime.fromtimestamp(sweep.created_at, UTC),
        "axes": plan.axes,
        "seeds": plan.seeds,
        "keep": plan.keep,
        "cell_count": len(plan.steps),
        "runs": plan.runs,
        "counts": dict(sorted(counts.items())),
    }


def _changed_after(plan: SweepPlan, cell: int, standing: _Standing, version: int) -> bool:
    places = (plan.place_of(seed, cell) for seed in range(len(plan.seeds)))
    return any(standing.changed.get(place, 0) > version for place in places)


def _cell(plan: SweepPlan, index: int, runs: dict[int, ListedRun]) -> CellOfSweep:
    at = plan.cells[index]
    seeds = [
        _seed(seed, plan.steps[index], runs.get(plan.place_of(number, index)))
        for number, seed in enumerate(plan.seeds)
    ]
    return CellOfSweep(at=list(at), values=plan.values_at(at), seeds=seeds)


def _seed(seed: int, steps: int, run: ListedRun | None) -> SeedOfCell:
    known = None if run is None else run.swept
    if run is None or known is None:
        return SeedOfCell(
            seed=seed,
            run=None,
            status=_GONE,
            step=0,
            total_steps=steps,
            **dict.fromkeys(("edges", "score", "accuracy", "error")),
        )
    return SeedOfCell(
        seed=seed,
        run=run.id,
        status=run.status,
        step=known.step,
        total_steps=known.total_steps or steps,
        edges=run.edges,
        score=known.score,
        accuracy=run.accuracy,
        error=known.error,
    )
