"""How a watched run begins: its layers, as far as they are known."""

import math

from ..events import LayerSummary, RunStarted
from ..external.described import Described, DescribedLayer

_Shape = tuple[int, ...]


def run_started(described: Described, total_steps: int | None) -> RunStarted:
    """Returns the first event of a run that a script trains."""
    shapes = _output_shapes(described)
    layers = [
        LayerSummary(
            name=layer.name,
            type=layer.kind,
            output_shape=shape,
            parameters=_parameters(layer),
        )
        for layer, shape in zip(described.layers, shapes, strict=True)
    ]
    return RunStarted(
        described=described,
        total_steps=total_steps,
        parameters=sum(layer.parameters for layer in layers),
        layers=layers,
        class_names=list(described.class_names),
    )


def _parameters(layer: DescribedLayer) -> int:
    """Counts the weights of the kernel and the bias, as far as they are known."""
    if layer.shape is None:
        return 0
    count = math.prod(layer.shape)
    if not layer.bias:
        return count
    return count + math.prod(layer.shape[-2:] if layer.is_depthwise else layer.shape[-1:])


def _output_shapes(described: Described) -> list[_Shape]:
    """Returns each layer's output shape, empty where it isn't known."""
    known = described.network
    if known is None or len(known.layers) != len(described.layers):
        return [()] * len(described.layers)
    shape: _Shape = known.input_shape
    shapes = []
    for layer in known.layers:
        shape = layer.output_shape(shape)
        shapes.append(shape)
    return shapes
