"""Files of ONNX, read without the `onnx` package."""

from pathlib import Path
from typing import Final

from .contents import Contents, FoundLayer, WeightsUnreadable
from .enough import as_many_as_told
from .onnx_graph import GraphReading
from .onnx_layers import GraphLayers
from .onnx_nodes import OnnxGraphRead
from .onnx_tensors import pair_of
from .pieces import OpenedFile, PlainPiece
from .protobuf import RANGE, Wire, WireField
from .unclear import Unclear

_PRODUCER, _VERSION, _GRAPH, _METADATA, _FUNCTIONS = 2, 3, 7, 14, 25
_AFTER_VERSION: Final = b"\x12\x1a\x22\x28\x32\x3a\x42\x72"  # what may follow the format's version
_NEWEST: Final = 64
_MOST_PROPERTIES: Final = 10_000
_FRAMEWORKS: Final = {"pytorch": "PyTorch", "tf2onnx": "TensorFlow (tf2onnx)"}


def is_onnx(_path: Path, head: bytes) -> bool:
    """Tells whether it begins as ONNX files do: with the version of the format."""
    return (
        len(head) > 2
        and head[:1] == b"\x08"
        and 1 <= head[1] <= _NEWEST
        and head[2:3] in _AFTER_VERSION
    )


def read_onnx(path: Path, _layout: object = None) -> Contents:
    """Reads an ONNX file.

    Raises:
        WeightsUnreadable: it is damaged, holds more than is read, or leads out of its folder.
    """
    file = OpenedFile(path)
    wire = Wire(PlainPiece(file, 0, file.size, "it"))
    graph: WireField | None = None
    words: dict[int, str] = {}
    properties: dict[str, str] = {}
    notes = Unclear()
    for part in wire.fields(0, wire.size):
        if part.number == _GRAPH and part.wire == RANGE:
            graph = part
        elif part.number in (_PRODUCER, _VERSION):
            words[part.number] = wire.text(part)
        elif part.number == _METADATA and len(properties) < _MOST_PROPERTIES:
            properties.update([pair_of(wire, part)])
        elif part.number == _FUNCTIONS:
            notes.add("functions of its own are left out; export the model with them inlined")
    if graph is None:
        raise WeightsUnreadable("there is no graph in this ONNX file; export the model once more")
    return _contents(GraphReading(wire, path.parent).graph(graph), words, properties, notes)


def _contents(
    graph: OnnxGraphRead, words: dict[int, str], properties: dict[str, str], notes: Unclear
) -> Contents:
    made = GraphLayers(notes)
    made.add(graph)
    layers = as_many_as_told(tuple(layer for _, layer in made.found), notes)
    step = properties.get("step", "")
    is_step = "filterscope" in properties and step.isascii() and step.isdecimal() and len(step) < 16
    return Contents(
        format="onnx",
        layers=layers,
        framework=_framework(words),
        notes=notes.told(),
        step=int(step) if is_step else None,
        input_shape=_image_shape(graph, layers),
    )


def _framework(words: dict[int, str]) -> str | None:
    producer = words.get(_PRODUCER, "").strip()
    name = _FRAMEWORKS.get(producer, producer)
    return f"{name} {words.get(_VERSION, '')}".strip()[:100] or None


def _image_shape(
    graph: OnnxGraphRead, layers: tuple[FoundLayer, ...]
) -> tuple[int, int, int] | None:
    """Returns height, width, channels of what it is shown, where that is plain."""
    images = [
        shape
        for name, shape in graph.inputs.items()
        if name not in graph.tensors and len(shape) == 4
    ]
    if len(images) != 1 or not layers:
        return None
    first = layers[0].described
    if first.kind not in ("conv2d", "depthwise_conv2d") or first.shape is None:
        return None
    is_depthwise = first.kind == "depthwise_conv2d"
    channels = first.shape[2] if is_depthwise else first.shape[2] * first.groups
    _, second, third, last = images[0]
    if channels not in (second, last) or second == last:
        return None
    found = (third, last, second) if second == channels else (second, third, last)
    return found if all(1 <= side < 2**31 for side in found) else None
