"""Changing a run: its training, its length, what is said of it."""

import asyncio
from concurrent.futures import Future

from fastapi import Request, Response

from ..external.described import Continues
from ..external.sentences import not_steered
from ..recipe import Recipe
from ..store import RunRow
from ..workers.assignment import NotPossible
from .answers.runs import Run
from .body import JsonObject
from .continuing import start_continuation
from .disk import check_disk
from .forwarded import address_of
from .going_on import NOT_KEPT, checked_length, continuation
from .openapi import json_body
from .problems import Problem
from .routes import Routes
from .run_changes import RunChange, checked_change
from .run_kernels import resolve_with_kernels
from .runs import run_again, told_closely
from .services import FoundRun, Services, Serving

router = Routes(prefix="/api/runs", tags=["runs"])

_ANSWER_SECONDS = 15.0
_ENDED = {
    "finished": "This run is finished; with total_steps a new one goes on from its end.",
    "stopped": "This run was stopped; with total_steps a new one goes on from where it was.",
    "failed": "This run failed; start a new one to try again.",
}
_INTERRUPTED = "This run was interrupted when the server stopped; let it go on with status running."
_NOT_NOW = "Passed on, but {}: what comes of it is recorded once there is room."


@router.patch(
    "/{run_id}",
    openapi_extra=json_body({"$ref": "#/components/schemas/RunChange"}),
    responses={
        201: {"model": Run, "description": "A new run, which goes on from the end of this one."},
        202: {"model": Run, "description": "Passed on; the run is in a long update."},
    },
)
async def change_run(
    body: JsonObject, run: FoundRun, services: Serving, request: Request, response: Response
) -> Run:
    """Pauses, resumes or stops a run, changes its learning rate, lets it advance, or go on to
    more updates; or names any run, notes something on it, or pins it.

    ```sh
    curl -X PATCH --json '{"status": "stopped"}' http://127.0.0.1:8000/api/runs/latest
    curl -X PATCH --json '{"total_steps": 200000}' http://127.0.0.1:8000/api/runs/latest
    curl -X PATCH --json '{"note": "shows it best"}' http://127.0.0.1:8000/api/runs/latest
    ```
    """
    change = checked_change(body)
    if change.annotations:
        await asyncio.wrap_future(services.store.annotate_run(run.id, change.annotations))
    elif change.total_steps is not None and run.status in ("finished", "stopped"):
        run = await _gone_on(services, run, change)
        response.status_code = 201
        response.headers["Location"] = address_of(request, f"/api/runs/{run.id}")
    else:
        response.status_code = 200 if await _steered(services, run, change) else 202
    row = await run_again(services, run.id)
    return await asyncio.to_thread(told_closely, services, row)


async def _gone_on(services: Services, run: RunRow, change: RunChange) -> RunRow:
    """Starts a run that goes on from the end of this one."""
    if not run.described.can.steer:
        raise Problem(409, "not_possible", not_steered(run.described))
    recipe = await resolve_with_kernels(continuation(run, change), services)
    check_disk(services.settings, services.store)
    continues = Continues(run=run.id, step=run.step)
    return await start_continuation(services, run, recipe, continues, NOT_KEPT)


async def _steered(services: Services, run: RunRow, change: RunChange) -> bool:
    """Passes a change on to the training; tells whether it has happened."""
    if not run.described.can.steer:
        raise Problem(409, "not_possible", not_steered(run.described))
    if run.status in _ENDED:
        raise Problem(409, "run_ended", _ENDED[run.status])
    if change.total_steps is not None:
        checked_length(run, change.total_steps)
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
    asked = {name: value for name, value in change.steering.items() if value is not None}
    if asked != {"status": "running"}:
        raise NotPossible(_INTERRUPTED)
    recipe = Recipe.model_validate_json(run.recipe or "")
    return services.supervisor.resume(
        run.id, recipe, run.step, run.training_seconds, of_sweep=run.sweep is not None
    )
