"""About how long a sweep trains here, and how much is kept of it."""

from ..recipe import Recipe
from ..recipe.durations import SeenRun, expected_seconds
from ..recipe.sweeping import SweepPlan
from ..vocabulary.snapshot_steps import next_snapshot_step

_UPDATE_BYTES = 75  # of losses, for each update
_FILTER_BYTES = 330  # of verdicts, for each filter at a snapshot
_SNAPSHOT_BYTES = 2500  # of rows, indexes and hashes
_RUN_BYTES = 12_000
_FLOAT_BYTES = 4


def expected_bytes(plan: SweepPlan, recipes: list[Recipe]) -> int:
    """Says about how much is kept of a sweep."""
    return len(plan.seeds) * sum(_bytes_of(recipe, plan.keep == "ends") for recipe in recipes)


def sweep_seconds(
    plan: SweepPlan, recipes: list[Recipe], seen: list[SeenRun], at_once: int
) -> float:
    """Says about how long a sweep trains where so many of its runs train at once."""
    each = sum(expected_seconds(recipe, seen) for recipe in recipes)
    return len(plan.seeds) * each / at_once


def _bytes_of(recipe: Recipe, ends_only: bool) -> int:
    count, step, total = 2, 0, recipe.total_steps
    while (step := next_snapshot_step(step)) < total:
        count += 1
    filters = next(
        plan.output_shape[-1] for plan in recipe.plan if plan.name == recipe.conv_layers[0]
    )
    weights = recipe.parameters * _FLOAT_BYTES * (2 if ends_only else count)
    told = count * (filters * _FILTER_BYTES + _SNAPSHOT_BYTES) + total * _UPDATE_BYTES
    return _RUN_BYTES + weights + told
