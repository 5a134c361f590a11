"""The rules that a recipe's fields keep together; each raises the recipe error for a breach."""

from collections.abc import Callable
from typing import Final

from ..vocabulary.layers import Conv2D, DepthwiseConv2D
from .fields import MAX_STEPS, RecipeFields
from .model import refuse
from .shapes import memory_bytes
from .without import check_filters_without

MAX_PARAMETERS = 20_000_000
MAX_MEMORY_BYTES = 2 * 1024**3


def check_length(recipe: RecipeFields) -> None:
    """Refuses a length said twice or not at all, and epochs of too many steps."""
    if (recipe.steps is None) == (recipe.epochs is None):
        raise refuse("say either steps or epochs, not both and not neither", field="steps")
    if recipe.total_steps > MAX_STEPS:
        raise refuse(
            f"{recipe.epochs} epochs are {recipe.total_steps} steps; at most {MAX_STEPS}",
            field="epochs",
            limit=MAX_STEPS // recipe.steps_per_epoch,
        )


def check_batch(recipe: RecipeFields) -> None:
    """Refuses a batch of more pictures than there are."""
    there = recipe.dataset_info.train_size
    if recipe.batch_size > there:
        raise refuse(
            f"a batch of {recipe.batch_size} needs more than the {there:,} training pictures",
            field="batch_size",
            limit=there,
        )


def check_filters(recipe: RecipeFields) -> None:
    """Refuses layers without a filter to watch, or whose first filters don't see the pixels."""
    convolutions = [
        (index, layer)
        for index, layer in enumerate(recipe.layers)
        if isinstance(layer, Conv2D | DepthwiseConv2D)
    ]
    if not any(isinstance(layer, Conv2D) for _, layer in convolutions):
        raise refuse("without a conv2d layer there is no filter to watch", field="layers")
    index, first = convolutions[0]
    if isinstance(first, DepthwiseConv2D):
        raise refuse(
            "the first convolution must be conv2d, for its filters are the ones to watch: put "
            "depthwise_conv2d behind it",
            field=f"layers.{index}",
        )


def check_objective(recipe: RecipeFields) -> None:
    """Refuses data and layers that can't be trained for the objective."""
    recipe.objective.check(recipe.layers, recipe.dataset_info, recipe.labels)


def check_shapes(recipe: RecipeFields) -> None:
    """Refuses a layer that can't work on what the one before it puts out."""
    _ = recipe.plan


def check_without(recipe: RecipeFields) -> None:
    """Refuses to hold filters at 0 that aren't there, or that a sparse code keeps at length 1."""
    if recipe.without is None:
        return
    if recipe.objective.type != "classify":
        message = "a sparse code's filters are always of length 1, so none can be held at 0"
        raise refuse(message, field="without")
    check_filters_without(recipe.layers, recipe.without)


def check_learning(recipe: RecipeFields) -> None:
    """Refuses a network in which everything is frozen."""
    if not any(plan.trainable_parameters for plan in recipe.plan):
        raise refuse(
            "nothing would learn: leave trainable out of at least one layer", field="layers"
        )


def check_size(recipe: RecipeFields) -> None:
    """Refuses what would need too much memory."""
    if recipe.parameters > MAX_PARAMETERS:
        index, widest = max(enumerate(recipe.plan), key=lambda pair: pair[1].parameters)
        raise refuse(
            f"{recipe.parameters:,} parameters; at most {MAX_PARAMETERS:,} fit, and "
            f"{widest.name} alone has {widest.parameters:,}",
            field=f"layers.{index}",
            limit=MAX_PARAMETERS,
            code="recipe_too_large",
        )
    needed = memory_bytes(recipe.plan, recipe.batch_size)
    if needed > MAX_MEMORY_BYTES:
        fixed = memory_bytes(recipe.plan, 0)
        fitting = (MAX_MEMORY_BYTES - fixed) // (memory_bytes(recipe.plan, 1) - fixed)
        way_out = f"a batch_size of {fitting} would fit" if fitting else "use smaller layers"
        raise refuse(
            f"about {needed / 2**30:.1f} GiB would be needed, and "
            f"{MAX_MEMORY_BYTES / 2**30:.0f} GiB are allowed: {way_out}",
            field="batch_size",
            limit=fitting,
            code="recipe_too_large",
        )


RULES: Final[tuple[Callable[[RecipeFields], None], ...]] = (
    check_batch,
    check_length,
    check_filters,
    check_objective,
    check_shapes,
    check_without,
    check_learning,
    check_size,
)
"""In the order in which they are said; from `check_shapes` on they need the plan."""
