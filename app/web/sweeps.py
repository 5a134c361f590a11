"""Sweeps: runs over every combination of a few settings, begun and steered as one."""

import asyncio
from typing import Annotated, Final, Literal

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from ..recipe.model import Name
from ..recipe.sweeping import PlannedSweep
from ..store import KeptSweep, ListedRun
from .answers.exchanged import Exchanged
from .answers.sweeps import Sweep, SweepList, SweepPreview
from .body import JsonObject
from .disk import check_disk
from .downloads import unchanged
from .forwarded import address_of
from .openapi import json_body
from .planning import seen_runs
from .problems import Problem
from .routes import Routes
from .services import Services, Serving
from .sweep_costs import expected_bytes, sweep_seconds
from .sweep_request import AskedSweep, planned_sweep
from .sweep_telling import status_of

router = Routes(prefix="/api/sweeps", tags=["sweeps"])

_MOST_LISTED = 100
ENDED: Final = {
    "stopped": "This sweep was stopped: what hadn't begun never will. Make another with the same "
    "axes to go on.",
    "stopping": "This sweep is being stopped; make another with the same axes to go on.",
    "finished": "All runs of this sweep have ended; make another to train further.",
}
"""Why nothing can be done any more with a sweep of that status."""

_BODY = json_body({"$ref": "#/components/schemas/AskedSweep"})


class SweepChange(Exchanged):
    """What to change of a sweep."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["paused", "running", "stopped"] | None = None
    name: Name | None = None


BODIES: list[type[BaseModel]] = [AskedSweep, SweepChange]


def found_sweep(
    services: Serving,
    sweep_id: Annotated[str, Path(description="the sweep's id, or `latest` for the newest")],
) -> KeptSweep:
    """Returns the sweep that a path names.

    Raises:
        Problem: 404 if there is none.
    """
    store = services.store
    found = next(iter(store.sweeps(1)), None) if sweep_id == "latest" else store.sweep(sweep_id)
    if found is None:
        message = "There is no such sweep; perhaps it was deleted."
        raise Problem(404, "sweep_unknown", message, field="sweep_id")
    return found


FoundSweep = Annotated[KeptSweep, Depends(found_sweep)]


@router.post("/preview", openapi_extra=_BODY)
async def preview_sweep(body: JsonObject, services: Serving) -> SweepPreview:
    """Says what a sweep would be: how many runs, how long they train, what they weigh, and which
    combinations are left out.

    ```sh
    curl --json '{"base": "dead-leaves",
      "axes": [{"field": "layers.0.kernel_size", "values": [7, 9, 11]}]}' \\
      http://127.0.0.1:8000/api/sweeps/preview
    ```
    """
    planned = await planned_sweep(body, services)
    return await asyncio.to_thread(_preview, planned, services)


@router.post("", status_code=201, openapi_extra=_BODY)
async def start_sweep(
    body: JsonObject, services: Serving, request: Request, response: Response
) -> Sweep:
    """Starts a sweep: every combination of the axes' values, each with every seed.

    ```sh
    curl --json '{"base": {"preset": "mnist-strokes", "steps": 20}, "seeds": [0, 1],
      "axes": [{"field": "optimizer.learning_rate", "values": [0.01, 0.05]}]}' \\
      http://127.0.0.1:8000/api/sweeps
    ```
    """
    planned = await planned_sweep(body, services)
    check_disk(services.settings, services.store)
    sweep_id = await services.sweeping.begin(planned)
    response.headers["Location"] = address_of(request, f"/api/sweeps/{sweep_id}")
    return await asyncio.to_thread(told_sweep, services, sweep_id)


@router.get("")
def list_sweeps(services: Serving) -> SweepList:
    """Lists the newest sweeps, without their cells.

    ```sh
    curl http://127.0.0.1:8000/api/sweeps
    ```
    """
    kept = services.store.sweeps(_MOST_LISTED)
    return SweepList(sweeps=[services.sweeps.head(sweep) for sweep in kept])


@router.get("/{sweep_id}", response_model=Sweep)
def get_sweep(
    sweep: FoundSweep,
    services: Serving,
    request: Request,
    response: Response,
    since: Annotated[
        str | None, Query(max_length=40, description="a `revision`: only cells that changed after")
    ] = None,
) -> Sweep | Response:
    """Returns a sweep with its cells: all, or those that changed since a revision.

    ```sh
    curl http://127.0.0.1:8000/api/sweeps/latest
    ```
    """
    told = services.sweeps.whole(sweep, since)
    tag = f'"{told.revision}"'
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return told


@router.patch("/{sweep_id}", openapi_extra=json_body({"$ref": "#/components/schemas/SweepChange"}))
async def change_sweep(body: JsonObject, sweep: FoundSweep, services: Serving) -> Sweep:
    """Pauses a sweep, lets it go on, stops it for good, or renames it.

    Paused, no further run begins, and those that train go on to their end.

    ```sh
    curl -X PATCH --json '{"name": "rates"}' http://127.0.0.1:8000/api/sweeps/latest
    ```
    """
    change = SweepChange.model_validate(body)
    if change.status is None and change.name is None:
        raise Problem(422, "invalid", "Say what to change: status or name.")
    if change.status is not None:
        await _steer(services, sweep, change.status)
    if change.name is not None:
        await asyncio.wrap_future(services.store.change_sweep(sweep.id, name=change.name))
    return await asyncio.to_thread(told_sweep, services, sweep.id)


@router.delete("/{sweep_id}", status_code=204)
async def delete_sweep(sweep: FoundSweep, services: Serving) -> None:
    """Removes a sweep with all of its runs, none of which may wait or train, for good.

    `POST /api/deletions` does it so that it can be taken back.

    ```sh
    curl -X PATCH --json '{"status": "stopped"}' http://127.0.0.1:8000/api/sweeps/latest || true
    curl -X DELETE http://127.0.0.1:8000/api/sweeps/latest
    ```
    """
    runs = await ended_runs(services, sweep)
    ids = [run.id for run in runs]
    await services.sweeping.delete(sweep.id, ids)
    await services.forget(ids)


async def ended_runs(
    services: Services, sweep: KeptSweep, field: str | None = None
) -> list[ListedRun]:
    """Returns the runs of a sweep that may be deleted.

    Raises:
        Problem: 409 some of them wait or train.
    """
    runs = await asyncio.to_thread(services.store.runs_of_sweep, sweep.id)
    status = status_of(sweep, runs)
    if status in ("running", "paused", "stopping"):
        message = f"This sweep is {status}: stop it before you delete it."
        raise Problem(409, "sweep_live", message, field=field)
    return runs


async def _steer(
    services: Services, sweep: KeptSweep, status: Literal["paused", "running", "stopped"]
) -> None:
    runs = await asyncio.to_thread(services.store.runs_of_sweep, sweep.id)
    if ended := ENDED.get(status_of(sweep, runs)):
        raise Problem(409, "sweep_ended", ended, field="status")
    match status:
        case "paused":
            await services.sweeping.pause(sweep.id)
        case "running":
            await services.sweeping.resume(sweep.id)
        case "stopped":
            await services.sweeping.stop(sweep.id)


def told_sweep(services: Services, sweep_id: str) -> Sweep:
    """Tells a sweep after it was changed.

    Raises:
        Problem: 404 if it was deleted meanwhile.
    """
    sweep = services.store.sweep(sweep_id)
    if sweep is None:
        raise Problem(404, "sweep_unknown", "This sweep was deleted meanwhile.")
    return services.sweeps.whole(sweep)


def _preview(planned: PlannedSweep, services: Services) -> SweepPreview:
    plan, settings = planned.plan, services.settings
    size, free = expected_bytes(plan, planned.recipes), settings.free_disk_bytes()
    seen = seen_runs(services.store)
    threads = services.tasks.pool.link.state.threads if services.tasks else None
    at_once = settings.runs_at_once if threads is None else max(1, threads)
    return SweepPreview(
        name=planned.name,
        axes=plan.axes,
        seeds=plan.seeds,
        keep=plan.keep,
        cell_count=len(plan.steps),
        runs=plan.runs,
        total_steps=len(plan.seeds) * sum(plan.steps),
        seconds=sweep_seconds(plan, planned.recipes, seen, at_once),
        cluster_threads=threads,
        size_bytes=size,
        free_bytes=free,
        has_room=free - size >= settings.disk_floor_bytes,
        impossible=plan.impossible,
    )
