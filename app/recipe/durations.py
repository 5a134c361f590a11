"""About how long a recipe trains, from what its layers work through and from runs seen here."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..vocabulary.layers import AnyLayer, DepthwiseConv2D
from .fields import RecipeFields
from .objectives import SparseCode
from .shapes import LayerPlan

# Fitted to the presets and a dozen other recipes on two cores; bench/durations.py prints how well.
_STEP_SECONDS: Final = 2.4e-3
_PARAMETER_SECONDS: Final = 3.1e-8
_IMAGE_SECONDS: Final = 2.3e-6
_PRODUCT_SECONDS: Final = 1.4e-10
_DEPTHWISE_PRODUCT_SECONDS: Final = 1.7e-8
_OUTPUT_SECONDS: Final = 1.4e-9
_WHOLE_BATCH_OUTPUT_SECONDS: Final = 3.9e-8


class SeenRun(NamedTuple):
    """A run that ended here: what it trained, and the seconds that took."""

    recipe: RecipeFields
    seconds: float


def expected_seconds(recipe: RecipeFields, seen: Sequence[SeenRun] = ()) -> float:
    """Says about how long `recipe` trains on a machine that took so long for the runs `seen`.

    The machine is as much slower or faster than ours as with the run most alike, step by step.
    """
    work = seconds_on_two_cores(recipe)
    if not seen:
        return work
    alike = min(seen, key=lambda run: abs(math.log(_step(run.recipe) / _step(recipe))))
    return work * alike.seconds / seconds_on_two_cores(alike.recipe)


def seconds_on_two_cores(recipe: RecipeFields) -> float:
    """Says about how long the recipe trains on the two cores that the constants are from."""
    return recipe.total_steps * _step(recipe)


def _step(recipe: RecipeFields) -> float:
    layers = zip(recipe.layers, recipe.plan, strict=True)
    a_window = isinstance(recipe.objective, SparseCode)  # one an image, and not at every place
    image = sum(_layer_seconds(layer, plan, a_window) for layer, plan in layers)
    fixed = _STEP_SECONDS + recipe.parameters * _PARAMETER_SECONDS
    return fixed + recipe.batch_size * (_IMAGE_SECONDS + image)


def _layer_seconds(layer: AnyLayer, plan: LayerPlan, a_window: bool) -> float:
    """Says how long a layer works on an image, forth and back: on each weight once a place."""
    *sides, outputs = plan.output_shape
    places = 1 if a_window else math.prod(sides)
    depthwise = isinstance(layer, DepthwiseConv2D)
    product = _DEPTHWISE_PRODUCT_SECONDS if depthwise else _PRODUCT_SECONDS
    output = _WHOLE_BATCH_OUTPUT_SECONDS if layer.needs_whole_batch else _OUTPUT_SECONDS
    return places * (plan.parameters * product + outputs * output)
