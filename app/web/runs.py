"""Runs: start, look at, steer, delete."""

import asyncio
import secrets

from fastapi import Request, Response

from ..events import LIVE
from ..recipe import PRESETS, Recipe, described
from ..store import NewRun, RunRow
from .answers.runs import Run
from .body import JsonObject
from .disk import check_disk
from .forwarded import address_of
from .going_on import schedule_note
from .openapi import RECIPE_BODY, json_body
from .problems import Problem
from .routes import Routes
from .run_kernels import resolve_with_kernels
from .services import FoundRun, Services, Serving

router = Routes(prefix="/api/runs", tags=["runs"])


@router.post("", status_code=201, openapi_extra=json_body(RECIPE_BODY))
async def start_run(
    body: JsonObject, services: Serving, request: Request, response: Response
) -> Run:
    """Starts a run: a whole recipe, or a preset with what differs.

    ```sh
    curl --json '{"preset": "dead-leaves", "seed": 1}' http://127.0.0.1:8000/api/runs
    ```
    """
    recipe = await resolve_with_kernels(body, services)
    check_disk(services.settings, services.store)
    preset = body.get("preset")
    new = new_run(preset if preset in PRESETS else None, recipe)
    await asyncio.wrap_future(services.store.create_run(new))
    services.supervisor.start(new.id, recipe)
    response.headers["Location"] = address_of(request, f"/api/runs/{new.id}")
    return told_run(services, await run_again(services, new.id))


@router.get("/{run_id}")
async def get_run(run: FoundRun, services: Serving) -> Run:
    """Returns one run as it stands.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest
    ```
    """
    return await asyncio.to_thread(told_closely, services, run)


@router.delete("/{run_id}", status_code=204)
async def delete_run(run: FoundRun, services: Serving) -> None:
    """Removes a run that has ended, with all its data.

    ```sh
    curl -X DELETE http://127.0.0.1:8000/api/runs/latest
    ```
    """
    if run.status in LIVE and run.described.can.steer:
        raise Problem(409, "run_live", f"This run is {run.status}: stop it before you delete it.")
    await asyncio.wrap_future(services.store.delete_run(run.id))
    await services.forget([run.id])


def told_run(services: Services, row: RunRow) -> Run:
    """Tells a run as it stands."""
    return Run.of(row, services.ingest.leases.silence_of(row.id))


def told_closely(services: Services, row: RunRow) -> Run:
    """Tells a run with what would take too long for each of a list."""
    numerics = services.store.numerics(row.number) if row.described.source == "own" else None
    return told_run(services, row).model_copy(
        update={"numerics": numerics, "schedule": schedule_note(row)}
    )


def new_run(preset: str | None, recipe: Recipe) -> NewRun:
    """Returns a run to be, with an id that nobody has."""
    return NewRun(
        id=secrets.token_hex(6),
        described=described(recipe),
        preset=preset,
        recipe=recipe.model_dump_json(exclude_none=True),
        total_steps=recipe.total_steps,
    )


async def run_again(services: Services, run_id: str) -> RunRow:
    """Reads a run once more. Raises Problem: 404 if it was deleted meanwhile."""
    row = await asyncio.to_thread(services.store.run, run_id)
    if row is None:
        raise Problem(404, "run_unknown", "This run was deleted meanwhile.")
    return row
