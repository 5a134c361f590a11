"""What each layer of a recipe puts out, found before anything runs, and what it would need."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..vocabulary.layers import Layer, Misfit, Shape
from ..vocabulary.layers.naming import named
from .model import refuse

_FLOAT_BYTES = 4
_COPIES_OF_PARAMETERS = 5  # weights, gradients, up to two optimiser moments, one checkpoint
_COPIES_OF_OUTPUTS = 3  # values, gradients, masks
_COPIES_OF_WINDOWS = 4  # pixels and what is rebuilt, answers and code, and the gradients of two


class LayerPlan(NamedTuple):
    """One layer as it will be: its name (`conv1`, …), output shape without batch, and costs.

    `trainable_parameters` of its parameters learn: all, or none.
    """

    name: str
    type: str
    output_shape: Shape
    parameters: int
    bytes_per_image: int
    trainable_parameters: int


def plan_layers(layers: Sequence[Layer], input_shape: Shape) -> list[LayerPlan]:
    """Plans all layers, their names and shapes, for images of `input_shape` (height, width,
    channels).

    Raises the recipe error that names the first layer that can't work on what it is given.
    """
    plans, misfit = _planned(layers, input_shape)
    if misfit:
        path = f"layers.{len(plans)}" + (f".{misfit.field}" if misfit.field else "")
        raise refuse(str(misfit), field=path, limit=misfit.limit)
    return plans


def plan_as_far_as_possible(layers: Sequence[Layer], input_shape: Shape) -> list[LayerPlan]:
    """Plans the layers before the first that can't work on what it is given."""
    return _planned(layers, input_shape)[0]


def plan_windows(layers: Sequence[Layer], input_shape: Shape) -> list[LayerPlan]:
    """Plans one conv layer without a bias that learns from one window an image, as `plan_layers`
    does.
    """
    (plan,) = plan_layers(layers, input_shape)
    filters = plan.output_shape[-1]
    window = plan.parameters // filters - 1
    values = math.prod(input_shape) + _COPIES_OF_WINDOWS * (window + filters)
    numbers = window * filters
    learning = plan._replace(parameters=numbers, trainable_parameters=numbers)
    return [learning._replace(bytes_per_image=values * _FLOAT_BYTES)]


def memory_bytes(plans: list[LayerPlan], batch_size: int) -> int:
    """Estimates, from above, the bytes that training needs: parameters, outputs and patches."""
    parameters = sum(plan.parameters for plan in plans)
    return (
        parameters * _COPIES_OF_PARAMETERS * _FLOAT_BYTES
        + sum(plan.bytes_per_image for plan in plans) * batch_size
    )


def _planned(layers: Sequence[Layer], input_shape: Shape) -> tuple[list[LayerPlan], Misfit | None]:
    plans: list[LayerPlan] = []
    shape = input_shape
    for name, layer in named(layers):
        try:
            plans.append(_plan(name, layer, shape))
        except Misfit as misfit:
            return plans, misfit
        shape = plans[-1].output_shape
    return plans, None


def _plan(name: str, layer: Layer, input_shape: Shape) -> LayerPlan:
    shape = layer.output_shape(input_shape)
    specs = layer.parameters(input_shape)
    parameters = sum(math.prod(spec.shape) for spec in specs)
    learning = sum(math.prod(spec.shape) for spec in specs if spec.trainable)
    numbers = math.prod(shape) * _COPIES_OF_OUTPUTS + layer.scratch(input_shape)
    return LayerPlan(name, layer.type, shape, parameters, numbers * _FLOAT_BYTES, learning)
