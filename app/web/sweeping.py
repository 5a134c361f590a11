"""Sweeps while the server runs: begun, held, stopped and deleted as one, and gone on with."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Final, TypeVar

from ..events import LIVE
from ..recipe import Recipe, described
from ..recipe.sweeping import PlannedSweep
from ..store import KeptSweep, ListedRun, NewRun, Store
from ..workers.assignment import NotPossible
from ..workers.backlog import Backlog
from ..workers.supervisors import AnySupervisor

_PIECE: Final = 100  # runs that are ended in one transaction
_MOST_BYTES: Final = 64 * 2**20
_Told = TypeVar("_Told")
_LOG = logging.getLogger("filterscope.sweeps")


class Sweeping:
    """What happens to sweeps. What is wanted of one is on disk first, then done: a server that
    ends in between does the rest when it begins again.

    Args:
        store: keeps sweeps and runs.
        supervisor: trains runs.
        backlog: from which it takes those of sweeps.
    """

    def __init__(self, store: Store, supervisor: AnySupervisor, backlog: Backlog) -> None:
        self._store = store
        self._supervisor = supervisor
        self._backlog = backlog

    def open(self, *, waits: bool) -> None:
        """Goes on with the sweeps that the last server left; where it `waits`, when somebody lets
        them.
        """
        waiting: dict[str, list[str]] = {}
        for sweep_id, run_id in self._store.waiting_at_open:
            waiting.setdefault(sweep_id, []).append(run_id)
        for sweep_id, run_ids in waiting.items():
            wanted = self._wanted(sweep_id)
            if wanted == "stopped":
                self._stop_all(run_ids)
                continue
            if waits and wanted == "running":
                self._store.change_sweep(sweep_id, status="paused").result()
            if waits or wanted == "paused":
                self._backlog.hold(sweep_id)
            self._backlog.add(sweep_id, run_ids)
        left = [run for run in self._store.interrupted() if run.sweep is not None]
        self._stop_all([run.id for run in left if self._wanted(run.sweep or "") == "stopped"])

    def _wanted(self, sweep_id: str) -> str:
        sweep = self._store.sweep(sweep_id)
        return "stopped" if sweep is None else sweep.status

    async def begin(self, planned: PlannedSweep) -> str:
        """Makes a sweep of it, wholly or not at all, and lines its runs up; returns its id."""
        sweep_id = secrets.token_hex(6)
        members = await asyncio.to_thread(_members, sweep_id, planned)
        run_ids = [run.id for run in members]
        made = self._store.create_sweep(
            sweep_id, planned.name, planned.plan.model_dump_json(), members
        )
        # Whoever asked may have left by then.
        made.add_done_callback(
            lambda done: None if done.exception() else self._backlog.add(sweep_id, run_ids)
        )
        await asyncio.wrap_future(made)
        return sweep_id

    async def extend(
        self, sweep: KeptSweep, planned: PlannedSweep, first: int, *, waits: bool
    ) -> None:
        """Adds the runs of more seeds to a sweep, wholly or not at all, and lines them up.

        Args:
            planned: the sweep with them.
            first: the place among its seeds of the first that is new.
            waits: whether it is to stay paused.

        Raises:
            SweepChanged: somebody extended or stopped it meanwhile.
        """
        members = await asyncio.to_thread(_members, sweep.id, planned, first)
        after = sweep._replace(
            plan=planned.plan.model_dump_json(), status="paused" if waits else "running"
        )

        def line_up(done: "Future[None]") -> None:
            if done.exception() is None:
                self._backlog.add(sweep.id, [run.id for run in members])
                if not waits:
                    self._backlog.release(sweep.id)

        made = self._store.extend_sweep(sweep, after, members)
        made.add_done_callback(line_up)
        await asyncio.wrap_future(made)

    async def pause(self, sweep_id: str) -> None:
        """Lets no further run of it begin; those that train go on to their end."""
        await asyncio.wrap_future(self._store.change_sweep(sweep_id, status="paused"))
        self._backlog.hold(sweep_id)

    async def resume(self, sweep_id: str) -> None:
        """Lets its runs begin again."""
        await asyncio.wrap_future(self._store.change_sweep(sweep_id, status="running"))
        self._backlog.release(sweep_id)

    async def stop(self, sweep_id: str) -> None:
        """Ends it for good: what waits never begins, what trains is stopped."""
        await asyncio.wrap_future(self._store.change_sweep(sweep_id, status="stopped"))
        waiting = self._backlog.drop(sweep_id)
        members = await asyncio.to_thread(self._store.runs_of_sweep, sweep_id)
        left = set(waiting)
        await asyncio.gather(
            *(self._stop_one(run) for run in members if _is_live(run) and run.id not in left)
        )
        interrupted = [run.id for run in members if run.status == "interrupted"]
        await asyncio.to_thread(self._stop_all, waiting + interrupted)

    async def delete(self, sweep_id: str, seen: Sequence[str]) -> None:
        """Removes it with all of its runs, none of which may train.

        Args:
            seen: the runs of which that is known.

        Raises:
            SweepChanged: others were added meanwhile.
        """
        await self._gone(sweep_id, self._store.delete_sweep(sweep_id, seen))

    async def remove(
        self, deletion: str, sweep_id: str, seconds: float, seen: Sequence[str]
    ) -> float:
        """Removes it likewise, so that it can be taken back; returns until when, in seconds since
        1970.
        """
        removed = self._store.remove_sweep(deletion, sweep_id, seconds, seen)
        return await self._gone(sweep_id, removed)

    async def _gone(self, sweep_id: str, removed: "Future[_Told]") -> _Told:
        """Forgets a sweep once it is removed; one that stays waits as before."""
        # Whoever asked may have left by then.
        removed.add_done_callback(
            lambda done: None if done.exception() else self._backlog.drop(sweep_id)
        )
        return await asyncio.wrap_future(removed)

    async def _stop_one(self, run: ListedRun) -> None:
        with contextlib.suppress(NotPossible):  # it has ended meanwhile
            await asyncio.wrap_future(self._supervisor.command(run.id, status="stopped"))

    def _stop_all(self, run_ids: list[str]) -> None:
        for first in range(0, len(run_ids), _PIECE):
            self._store.stop_waiting(run_ids[first : first + _PIECE]).result()


def _is_live(run: ListedRun) -> bool:
    return run.status in LIVE


def _members(sweep_id: str, planned: PlannedSweep, first: int = 0) -> list[NewRun]:
    """Makes the runs of all seeds, or of those from the one in place `first` on."""
    plan = planned.plan
    keep = "ends" if plan.keep == "ends" else None
    return [
        _member(recipe.model_copy(update={"seed": seed}), plan.preset)._replace(
            sweep=sweep_id, place=plan.place_of(number, cell), keep=keep
        )
        for number, seed in list(enumerate(plan.seeds))[first:]
        for cell, recipe in enumerate(planned.recipes)
    ]


def _member(recipe: Recipe, preset: str | None) -> NewRun:
    return NewRun(
        id=secrets.token_hex(6),
        described=described(recipe),
        preset=preset,
        recipe=recipe.model_dump_json(exclude_none=True),
        total_steps=recipe.total_steps,
    )
