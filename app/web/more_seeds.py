"""More seeds for a sweep that is there: each of its cells is trained with them too."""

import asyncio
from typing import Annotated

from pydantic import ConfigDict, Field, StrictInt

from ..recipe import Recipe
from ..recipe.sweeping import MOST_RUNS, PlannedSweep, SweepPlan, cells_of
from ..store import KeptSweep
from .answers.exchanged import Exchanged
from .answers.sweeps import Sweep
from .body import JsonObject
from .disk import check_disk
from .openapi import json_body
from .problems import Problem
from .routes import Routes
from .services import Services, Serving
from .sweep_telling import plan_of, status_of
from .sweeps import ENDED, FoundSweep, told_sweep

router = Routes(prefix="/api/sweeps/{sweep_id}", tags=["sweeps"])


class MoreSeeds(Exchanged):
    """Seeds that a sweep hasn't had yet."""

    model_config = ConfigDict(extra="forbid")

    seeds: list[Annotated[StrictInt, Field(ge=0, lt=2**32)]] = Field(
        min_length=1, max_length=MOST_RUNS
    )


@router.post("/seeds", openapi_extra=json_body({"$ref": "#/components/schemas/MoreSeeds"}))
async def add_seeds(body: JsonObject, sweep: FoundSweep, services: Serving) -> Sweep:
    """Trains each cell of a sweep with more seeds, beside those that it has.

    ```sh
    curl --json '{"seeds": [10, 11, 12]}' http://127.0.0.1:8000/api/sweeps/latest/seeds
    ```
    """
    more = MoreSeeds.model_validate(body)
    plan = plan_of(sweep)
    _check(more.seeds, plan)
    check_disk(services.settings, services.store)
    waits = await asyncio.to_thread(_is_paused, sweep, services)
    planned = await asyncio.to_thread(_with_seeds, sweep, plan, more.seeds)
    await services.sweeping.extend(sweep, planned, len(plan.seeds), waits=waits)
    return await asyncio.to_thread(told_sweep, services, sweep.id)


def _check(seeds: list[int], plan: SweepPlan) -> None:
    for index, seed in enumerate(seeds):
        if seed in plan.seeds or seed in seeds[:index]:
            where = "twice" if seed in seeds[:index] else "already"
            message = f"The seed {seed} is there {where}; equal seeds train equal runs."
            raise Problem(422, "invalid", message, field=f"seeds.{index}")
    runs = len(plan.steps) * (len(plan.seeds) + len(seeds))
    if runs > MOST_RUNS:
        message = f"These would be {runs:,} runs; at most {MOST_RUNS:,} can be one sweep."
        raise Problem(422, "sweep_too_large", message, field="seeds", limit=MOST_RUNS)


def _is_paused(sweep: KeptSweep, services: Services) -> bool:
    """Tells whether what is added waits too; one that was stopped can't be added to."""
    status = status_of(sweep, services.store.runs_of_sweep(sweep.id))
    if status in ("stopped", "stopping"):
        raise Problem(409, "sweep_ended", ENDED[status])
    return status == "paused"


def _with_seeds(sweep: KeptSweep, plan: SweepPlan, seeds: list[int]) -> PlannedSweep:
    base = Recipe.model_validate(plan.base)
    recipes = [found for _, _, found in cells_of(base, plan.axes) if isinstance(found, Recipe)]
    if [recipe.total_steps for recipe in recipes] != plan.steps:
        message = (
            "This version can't train all of its cells; make another sweep with the same axes."
        )
        raise Problem(409, "sweep_ended", message)
    more = plan.model_copy(update={"seeds": [*plan.seeds, *seeds]})
    return PlannedSweep(sweep.name, more, recipes)
