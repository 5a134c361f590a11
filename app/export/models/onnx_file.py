"""A network for ONNX Runtime and whatever else reads ONNX; written without the `onnx` package."""

from typing import BinaryIO

import numpy as np

from ...inspection.whole import Contrasted, Shifted, WholeNetwork
from .onnx_graph import OnnxGraph, Setting
from .onnx_layers import put_layer
from .origin import Origin


def write_onnx(file: BinaryIO, network: WholeNetwork, origin: Origin) -> None:
    """Writes a model that takes `pixels`, float32 (batch, height, width, channels), and gives
    `logits`, (batch, classes).

    Where nobody knows what was done to pixels before, its input is called `images`.
    """
    graph = OnnxGraph()
    given = "images" if network.preparation is None else "pixels"
    shown = _prepared(graph, network, given)
    for layer in network.layers:
        shown = put_layer(graph, layer, shown)
    logits = graph.put("logits", "Identity", shown)
    ports = (given, network.input_shape), (logits, (network.outputs,))
    file.write(graph.model(*ports, origin))


def _prepared(graph: OnnxGraph, network: WholeNetwork, given: str) -> str:
    prepared = network.preparation
    if prepared is None:
        return _channels_first(graph, given)
    if prepared.order is not None:
        height, width, channels = network.input_shape
        line = graph.constant("line_shape", np.array([-1, height * width, channels]))
        picture = graph.constant("picture_shape", np.array([-1, height, width, channels]))
        in_line = graph.put("in_line", "Reshape", given, line)
        order = graph.constant("pixel_order.order", prepared.order)
        moved = graph.put("pixel_order", "Gather", in_line, order, axis=1)
        given = graph.put("shuffled", "Reshape", moved, picture)
    if isinstance(prepared.scaling, Shifted):
        return _channels_first(graph, _shifted(graph, prepared.scaling, given))
    return _contrasted(graph, prepared.scaling, _channels_first(graph, given))


def _channels_first(graph: OnnxGraph, given: str) -> str:
    return graph.put("channels_first", "Transpose", given, perm=[0, 3, 1, 2])


def _shifted(graph: OnnxGraph, scaling: Shifted, given: str) -> str:
    mean = graph.constant("scaling.mean", scaling.mean)
    centred = graph.put("centred", "Sub", given, mean)
    factor = graph.constant("scaling.factor", np.float32(scaling.factor))
    return graph.put("scaling", "Mul", centred, factor)


def _contrasted(graph: OnnxGraph, scaling: Contrasted, given: str) -> str:
    """Adds d = x − blurred x, then d / (standard deviation of d + least)."""
    of_one = graph.constant("of_one", np.float32(1 / 255))
    x = graph.put("x", "Mul", given, of_one)
    rows = graph.constant("scaling.rows", scaling.rows)
    columns = graph.constant("scaling.columns", scaling.columns.T)
    blurred = graph.put("blurred", "MatMul", graph.put("down", "MatMul", rows, x), columns)
    standing_out = graph.put("standing_out", "Sub", x, blurred)
    whole_image: dict[str, Setting] = {"axes": [1, 2, 3], "keepdims": 1}
    mean = graph.put("mean", "ReduceMean", standing_out, **whole_image)
    offset = graph.put("offset", "Sub", standing_out, mean)
    square = graph.put("square", "Mul", offset, offset)
    variance = graph.put("variance", "ReduceMean", square, **whole_image)
    deviation = graph.put("deviation", "Sqrt", variance)
    least = graph.constant("least", np.float32(scaling.least))
    contrast = graph.put("contrast", "Add", deviation, least)
    return graph.put("scaling", "Div", standing_out, contrast)
