"""Training on from any snapshot, with its weights: a new run, perhaps without some filters."""

import asyncio
import json
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ..external.described import Continues
from ..external.sentences import not_steered
from ..recipe.fields import MAX_STEPS
from ..recipe.without import Without
from .answers.exchanged import Exchanged
from .answers.runs import Run
from .body import JsonObject
from .chosen import Chosen, FoundSnapshot
from .continuing import start_continuation
from .disk import check_disk
from .forwarded import address_of
from .openapi import json_body
from .problems import Problem
from .routes import Routes
from .run_kernels import resolve_with_kernels
from .runs import told_closely
from .services import Serving

router = Routes(prefix="/api/runs/{run_id}/snapshots/{step}", tags=["runs"])

_NOT_KEPT = (
    "Not all weights were kept at this step, so nobody can train on from it: of a large network "
    "they are at steps 0, 10, 20, 30, 60, 100, 200, … and at the last only."
)
_ASKED = {
    "$ref": "#/components/schemas/TrainingOn",
    "example": {"without": {"conv1": [3]}, "total_steps": 800},
}


class TrainingOn(Exchanged):
    """How a new run goes on with the weights of a snapshot."""

    model_config = ConfigDict(extra="forbid")

    without: Without | None = Field(
        None,
        description="filters that are held at 0 from there on, besides those that were before; "
        "counted from 0, by their layer's name",
    )
    total_steps: int | None = Field(
        None,
        ge=1,
        le=MAX_STEPS,
        strict=True,
        description="to how many updates in all; unsaid as many as the run has, or twice as far "
        "where that isn't more than the snapshot's step",
    )


QUESTIONS: list[type[BaseModel]] = [TrainingOn]


@router.post("/runs", status_code=201, response_model=Run, openapi_extra=json_body(_ASKED))
async def train_on(
    body: JsonObject,
    chosen: FoundSnapshot,
    services: Serving,
    request: Request,
    response: Response,
) -> Run:
    """Starts a run with a snapshot's weights, perhaps with filters held at 0: do others take over?

    ```sh
    curl --json '{"without": {"conv1": [3]}}' \\
      http://127.0.0.1:8000/api/runs/latest/snapshots/latest/runs
    ```
    """
    asked = TrainingOn.model_validate(body)
    if not chosen.run.described.can.steer:
        raise Problem(409, "not_possible", not_steered(chosen.run.described))
    recipe = await resolve_with_kernels(_recipe(chosen, asked), services)
    if recipe.objective.type != "classify":
        message = "A sparse code goes on from its end alone: change total_steps of the run."
        raise Problem(409, "not_possible", message)
    check_disk(services.settings, services.store)
    continues = Continues(run=chosen.run.id, step=chosen.step, weights_only=True)
    row = await start_continuation(services, chosen.run, recipe, continues, _NOT_KEPT)
    response.headers["Location"] = address_of(request, f"/api/runs/{row.id}")
    return await asyncio.to_thread(told_closely, services, row)


def _recipe(chosen: Chosen, asked: TrainingOn) -> dict[str, Any]:
    """Returns the new run's recipe, as JSON has it; Problem 422 where it would be over already."""
    recipe: dict[str, Any] = json.loads(chosen.run.recipe or "{}")
    recipe.pop("epochs", None)
    held: dict[str, list[int]] = recipe.pop("without", {})
    for layer, filters in (asked.without or {}).items():
        held[layer] = sorted({*held.get(layer, []), *filters})
    length = chosen.run.total_steps or 0
    usual = length if length > chosen.step else min(MAX_STEPS, 2 * chosen.step)
    total_steps = asked.total_steps or usual
    if total_steps <= chosen.step:
        message = f"The snapshot is of step {chosen.step:,}: total_steps must be more than that."
        raise Problem(422, "invalid", message, field="total_steps")
    return {**recipe, "steps": total_steps} | ({"without": held} if held else {})
