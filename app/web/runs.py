"""Runs: start, look at, steer, delete."""

import asyncio
import secrets
from concurrent.futures import Future

from fastapi import APIRouter, Request, Response

from ..events import LIVE
from ..external.sentences import not_steered
from ..recipe import PRESETS, Recipe, described
from ..store import NewRun, RunRow
from ..workers.assignment import NotPossible
from .answers.runs import Run
from .body import JsonObject
from .disk import check_disk
from .forwarded import address_of
from .openapi import RECIPE_BODY, json_body
from .problems import Problem
from .run_changes import RunChange, checked_change
from .run_kernels import resolve_with_kernels
from .services import FoundRun, Services, Serving

router = APIRouter(prefix="/api/runs", tags=["runs"])

_ANSWER_SECONDS = 15.0
_ENDED = {
    "finished": "This run is finished; start a new one to train further.",
    "stopped": "This run was stopped; start a new one to train further.",
    "failed": "This run failed; start a new one to try again.",
}
_INTERRUPTED = "This run was interrupted when the server stopped; let it go on with status running."
_NOT_NOW = "Passed on, but {}: what comes of it is recorded once there is room."


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
    run_id = secrets.token_hex(6)
    store = services.store
    preset = body.get("preset")
    new = _new_run(run_id, preset if preset in PRESETS else None, recipe)
    await asyncio.wrap_future(store.create_run(new))
    services.supervisor.start(run_id, recipe)
    response.headers["Location"] = address_of(request, f"/api/runs/{run_id}")
    return told_run(services, await _again(services, run_id))


@router.get("/{run_id}")
async def get_run(run: FoundRun, services: Serving) -> Run:
    """Returns one run as it stands.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest
    ```
    """
    return told_run(services, run)


@router.patch(
    "/{run_id}",
    openapi_extra=json_body({"$ref": "#/components/schemas/RunChange"}),
    responses={202: {"model": Run, "description": "Passed on; the run is in a long update."}},
)
async def change_run(body: JsonObject, run: FoundRun, services: Serving, response: Response) -> Run:
    """Pauses, resumes or stops a run, changes its learning rate, or lets it advance; or names any
    run, notes something on it, or pins it.

    ```sh
    curl -X PATCH --json '{"status": "stopped"}' http://127.0.0.1:8000/api/runs/latest
    curl -X PATCH --json '{"note": "shows it best"}' http://127.0.0.1:8000/api/runs/latest
    ```
    """
    change = checked_change(body)
    if change.annotations:
        await asyncio.wrap_future(services.store.annotate_run(run.id, change.annotations))
    else:
        response.status_code = 200 if await _steered(services, run, change) else 202
    return told_run(services, await _again(services, run.id))


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
    services.hub.forget(run.id)


def told_run(services: Services, row: RunRow) -> Run:
    """Tells a run as it stands."""
    return Run.of(row, services.ingest.leases.silence_of(row.id))


async def _steered(services: Services, run: RunRow, change: RunChange) -> bool:
    """Passes a change on to the training; tells whether it has happened."""
    if not run.described.can.steer:
        raise Problem(409, "not_possible", not_steered(run.described))
    if run.status in _ENDED:
        raise Problem(409, "run_ended", _ENDED[run.status])
    try:
        asked = _asked(services, run, change)
        done, _ = await asyncio.wait({asyncio.wrap_future(asked)}, timeout=_ANSWER_SECONDS)
        for answered in done:
            answered.result()
    except NotPossible as reason:
        raise Problem(409, "not_possible", str(reason)) from None
    if not done and services.store.trouble:
        raise Problem(503, "disk_full", _NOT_NOW.format(services.store.trouble))
    return bool(done)


def _asked(services: Services, run: RunRow, change: RunChange) -> "Future[None]":
    if run.status != "interrupted":
        return services.supervisor.command(run.id, **change.steering)
    if (change.status, change.learning_rate, change.advance) != ("running", None, None):
        raise NotPossible(_INTERRUPTED)
    recipe = Recipe.model_validate_json(run.recipe or "")
    return services.supervisor.resume(
        run.id, recipe, run.step, run.training_seconds, run.sweep is not None
    )


def _new_run(run_id: str, preset: str | None, recipe: Recipe) -> NewRun:
    return NewRun(
        id=run_id,
        described=described(recipe),
        preset=preset,
        recipe=recipe.model_dump_json(exclude_none=True),
        total_steps=recipe.total_steps,
    )


async def _again(services: Services, run_id: str) -> RunRow:
    row = await asyncio.to_thread(services.store.run, run_id)
    if row is None:
        raise Problem(404, "run_unknown", "This run was deleted meanwhile.")
    return row
