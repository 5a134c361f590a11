"""What it takes to let a run go on to more updates, and what its schedule makes of that."""

import json
from typing import Any

from ..recipe import Recipe
from ..store import RunRow
from ..vocabulary.optimizers import LINEAR_END
from .problems import Problem
from .run_changes import RunChange

NOT_KEPT = (
    "The state at the end of this run isn't kept: an older version trained it, it was stopped by "
    "force, or newer runs have taken the room. Start a new run with so many steps."
)


def continuation(run: RunRow, change: RunChange) -> dict[str, Any]:
    """Returns the recipe of a run that goes on from the end of this one, as JSON has it.

    Raises:
        Problem: 422 the length isn't more than it has, or something else is to change, too.
    """
    also = [name for name, value in change.steering.items() if value is not None]
    also.remove("total_steps")
    if also:
        message = f"This run is {run.status}, so {also[0]} can't change: send total_steps alone."
        raise Problem(422, "invalid", message, field=also[0])
    total_steps = change.total_steps or 0
    if total_steps <= run.step:
        message = f"This run is at step {run.step:,} already: total_steps must be more than that."
        raise Problem(422, "invalid", message, field="total_steps")
    recipe = json.loads(run.recipe or "{}")
    recipe.pop("epochs", None)
    return {**recipe, "steps": total_steps}


def checked_length(run: RunRow, total_steps: int) -> None:
    """Refuses to make a live run shorter. Raises Problem: 422."""
    planned = run.total_steps or 0
    if total_steps <= planned:
        message = (
            f"This run goes to step {planned:,} already: total_steps must be more than that; to "
            "end it before, stop it."
        )
        raise Problem(422, "invalid", message, field="total_steps")


def schedule_note(run: RunRow) -> str | None:
    """Says what the learning rate does over a run that was made longer; None of others."""
    if run.recipe is None or run.total_steps is None:
        return None
    is_as_begun = run.described.continues is None
    if is_as_begun and json.loads(run.recipe).get("steps") == run.total_steps:
        return None
    recipe = Recipe.model_validate_json(run.recipe)
    if is_as_begun and recipe.total_steps == run.total_steps:
        return None
    total = f"{run.total_steps:,} steps"
    if recipe.optimizer.schedule == "constant":
        return (
            f"The learning rate is constant, so it goes on as a run of {total} would have, to the "
            "byte; only how many test pictures were tried on the way may differ."
        )
    return (
        f"The learning rate falls to {LINEAR_END:.0%} over all {total} now, as if it always had: "
        "it is higher from there on than it had come down to. So this isn't to the byte what "
        f"{total} from the beginning come to."
    )
