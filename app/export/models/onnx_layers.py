"""Each layer as nodes of an ONNX graph, which has channels first."""

from ...inspection.whole import WholeLayer
from ...vocabulary.layers import (
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePool2D,
    Pool2D,
)
from ...vocabulary.layers.layer import Padding
from ...vocabulary.layers.windows import same_padding
from .onnx_graph import OnnxGraph
from .turned import channels_first, four_of_normalization

_ACTIVATIONS = {"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid"}
_NORMALIZATION = ("weight", "bias", "running_mean", "running_var")


def put_layer(graph: OnnxGraph, told: WholeLayer, given: str) -> str:
    """Adds a layer that is given the output of that name; returns the name of its own."""
    match told.layer:
        case Conv2D() | DepthwiseConv2D():
            return _convolution(graph, told, given)
        case Dense():
            weights = [
                graph.constant(f"{told.name}.weight", told.weights["kernel"]),
                graph.constant(f"{told.name}.bias", told.weights["bias"]),
            ]
            sums = graph.put(told.name, "Gemm", given, *weights)
            return _activated(graph, told.name, told.layer.activation, sums)
        case Pool2D():
            return _pool(graph, told, given)
        case BatchNormalization():
            return _normalization(graph, told, given)
        case GlobalAveragePool2D():
            means = graph.put(f"{told.name}_means", "GlobalAveragePool", given)
            return graph.put(told.name, "Flatten", means, axis=1)
        case Flatten():
            last = graph.put(f"{told.name}_channels_last", "Transpose", given, perm=[0, 2, 3, 1])
            return graph.put(told.name, "Flatten", last, axis=1)
        case Dropout():
            return given  # does something in training only
    raise TypeError(f"{told.layer.type} has no ONNX nodes")


def _convolution(graph: OnnxGraph, told: WholeLayer, given: str) -> str:
    layer = told.layer
    assert isinstance(layer, Conv2D | DepthwiseConv2D)
    kernel = channels_first(layer, told.weights["kernel"])
    sums = graph.put(
        told.name,
        "Conv",
        given,
        graph.constant(f"{told.name}.weight", kernel),
        graph.constant(f"{told.name}.bias", told.weights["bias"]),
        group=told.input_shape[2] if isinstance(layer, DepthwiseConv2D) else 1,
        **_slid(told, layer.kernel_size, layer.strides, layer.padding),
    )
    return _activated(graph, told.name, layer.activation, sums)


def _pool(graph: OnnxGraph, told: WholeLayer, given: str) -> str:
    """Adds a pooling; what lies beyond the border is no maximum, and isn't counted in a mean."""
    layer = told.layer
    assert isinstance(layer, Pool2D)
    operator = "MaxPool" if layer.type == "max_pool2d" else "AveragePool"
    return graph.put(told.name, operator, given, **_slid(told, *layer.window))


def _slid(told: WholeLayer, size: int, stride: int, padding: Padding) -> dict[str, list[int]]:
    """Says how a window is slid: its size, its steps, and the rim above, left, below and right."""
    sides = [(0, 0), (0, 0)]
    if padding == "same":
        sides = [same_padding(length, size, stride) for length in told.input_shape[:2]]
    (above, below), (left, right) = sides
    rim = [above, left, below, right]
    return {"kernel_shape": [size, size], "strides": [stride, stride], "pads": rim}


def _normalization(graph: OnnxGraph, told: WholeLayer, given: str) -> str:
    assert isinstance(told.layer, BatchNormalization)
    arrays = zip(_NORMALIZATION, four_of_normalization(told), strict=True)
    names = [graph.constant(f"{told.name}.{name}", array) for name, array in arrays]
    return graph.put(
        told.name, "BatchNormalization", given, *names, epsilon=float(told.layer.epsilon)
    )


def _activated(graph: OnnxGraph, name: str, activation: str, given: str) -> str:
    if activation == "linear":
        return given
    return graph.put(f"{name}_{activation}", _ACTIVATIONS[activation], given)
