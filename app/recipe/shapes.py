"""What each layer of a recipe puts out, found before anything runs, and what it would need."""

import math
from typing import NamedTuple

from ..engine.shapes import output_length
from . import layers as spec
from .model import refuse

_FLOAT_BYTES = 4
_COPIES_OF_PARAMETERS = 5  # weights, gradients, up to two optimiser moments, one checkpoint
_COPIES_OF_OUTPUTS = 3  # values, gradients, masks
_COPIES_OF_WINDOWS = 4  # pixels and what is rebuilt, answers and code, and the gradients of two

Shape = tuple[int, ...]


class LayerPlan(NamedTuple):
    """One layer as it will be: its name (`conv1`, …), output shape without batch, and costs."""

    name: str
    type: str
    output_shape: Shape
    parameters: int
    bytes_per_image: int


def plan_layers(layers: list[spec.Layer], input_shape: Shape) -> list[LayerPlan]:
    """Names and shapes of all layers for images of `input_shape` (height, width, channels).

    Raises the recipe error that names the first layer that can't work on what it is given.
    """
    plans: list[LayerPlan] = []
    counts: dict[str, int] = {}
    shape = input_shape
    for index, layer in enumerate(layers):
        stem = _STEMS[layer.type]
        counts[stem] = counts.get(stem, 0) + 1
        plan = _plan(layer, shape, f"layers.{index}")
        plans.append(plan._replace(name=f"{stem}{counts[stem]}"))
        shape = plan.output_shape
    return plans


def plan_windows(layers: list[spec.Layer], input_shape: Shape) -> list[LayerPlan]:
    """As `plan_layers`, for one conv layer without a bias that learns from one window an image."""
    (plan,) = plan_layers(layers, input_shape)
    filters = plan.output_shape[-1]
    window = plan.parameters // filters - 1
    values = math.prod(input_shape) + _COPIES_OF_WINDOWS * (window + filters)
    return [plan._replace(parameters=window * filters, bytes_per_image=values * _FLOAT_BYTES)]


def memory_bytes(plans: list[LayerPlan], batch_size: int) -> int:
    """An upper estimate of what training needs, in bytes: parameters, outputs and patches."""
    parameters = sum(plan.parameters for plan in plans)
    return (
        parameters * _COPIES_OF_PARAMETERS * _FLOAT_BYTES
        + sum(plan.bytes_per_image for plan in plans) * batch_size
    )


_STEMS = {
    "conv2d": "conv",
    "max_pool2d": "max_pool",
    "average_pool2d": "average_pool",
    "global_average_pool2d": "global_average_pool",
    "flatten": "flatten",
    "dense": "dense",
    "dropout": "dropout",
}


def _plan(layer: spec.Layer, shape: Shape, path: str) -> LayerPlan:
    if isinstance(layer, spec.Conv2D):
        height, width, channels = _image(layer.type, shape, path)
        sizes = [
            _windowed(n, layer.kernel_size, layer.strides, layer.padding, f"{path}.kernel_size")
            for n in (height, width)
        ]
        window = layer.kernel_size**2 * channels
        return _sized(
            layer.type,
            (*sizes, layer.filters),
            parameters=(window + 1) * layer.filters,
            patches=sizes[0] * sizes[1] * window,
        )
    if isinstance(layer, spec.MaxPool2D | spec.AveragePool2D):
        height, width, channels = _image(layer.type, shape, path)
        strides = layer.strides or layer.pool_size
        sizes = [
            _windowed(n, layer.pool_size, strides, layer.padding, f"{path}.pool_size")
            for n in (height, width)
        ]
        return _sized(layer.type, (*sizes, channels))
    if isinstance(layer, spec.GlobalAveragePool2D):
        return _sized(layer.type, (_image(layer.type, shape, path)[2],))
    if isinstance(layer, spec.Flatten):
        height, width, channels = _image(layer.type, shape, path)
        return _sized(layer.type, (height * width * channels,))
    if isinstance(layer, spec.Dense):
        if len(shape) != 1:
            raise refuse(
                f"a dense layer needs a vector but is given {_text(shape)}: "
                "put flatten or global_average_pool2d before it",
                field=path,
            )
        return _sized(layer.type, (layer.units,), parameters=(shape[0] + 1) * layer.units)
    return _sized(layer.type, shape)


def _sized(kind: str, shape: Shape, *, parameters: int = 0, patches: int = 0) -> LayerPlan:
    per_image = (math.prod(shape) * _COPIES_OF_OUTPUTS + patches) * _FLOAT_BYTES
    return LayerPlan("", kind, shape, parameters, per_image)


def _image(kind: str, shape: Shape, path: str) -> Shape:
    if len(shape) != 3:
        raise refuse(
            f"{kind} needs an image (height, width, channels) but is given {_text(shape)}: "
            "move it before flatten or global_average_pool2d",
            field=path,
        )
    return shape


def _windowed(length: int, window: int, strides: int, padding: spec.Padding, field: str) -> int:
    if padding == "valid" and window > length:
        raise refuse(
            f"a window of {window} does not fit the {length} pixels that reach this layer: "
            f'at most {length} with "valid", or use padding "same"',
            field=field,
            limit=length,
        )
    return output_length(length, window, strides, padding)


def _text(shape: Shape) -> str:
    return "(" + ", ".join(map(str, shape)) + ")"
