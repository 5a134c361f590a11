"""Reads the graphs of an ONNX file out of its messages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .contents import MOST_TENSORS, WeightsUnreadable
from .onnx_nodes import Attribute, OnnxGraphRead, OnnxNode
from .onnx_tensors import OnnxTensor, tensor_of
from .protobuf import RANGE, Wire, WireField

_NODE, _INITIALIZER, _INPUT, _OUTPUT = 1, 5, 11, 12
_MOST_NODES: Final = 50_000
_DEEPEST: Final = 8


class GraphReading:
    """Reads the graphs of one model, which have an end together.

    Args:
        folder: where other files of the model lie; None where there is none.
    """

    def __init__(self, wire: Wire, folder: Path | None) -> None:
        self._wire = wire
        self._folder = folder
        self._tensors = 0
        self._nodes = 0

    def graph(self, message: WireField, depth: int = 0) -> OnnxGraphRead:
        """Reads a graph and those within its operators."""
        if depth > _DEEPEST:
            raise WeightsUnreadable("its graphs lie in one another deeper than any model's do")
        found = OnnxGraphRead()
        for part in self._parts(message):
            if part.number == _INITIALIZER:
                tensor = self._tensor(part)
                found.tensors[tensor.name] = tensor
            elif part.number == _NODE:
                found.nodes.append(self._node(part, depth))
            elif part.number == _INPUT:
                found.inputs.update([self._port(part)])
            elif part.number == _OUTPUT:
                found.outputs.append(self._port(part)[0])
        return found

    def _parts(self, message: WireField) -> Iterator[WireField]:
        fields = self._wire.fields(message.start, message.end)
        return (part for part in fields if part.wire == RANGE)

    def _tensor(self, message: WireField) -> OnnxTensor:
        self._tensors += 1
        if self._tensors > MOST_TENSORS:
            raise WeightsUnreadable(
                f"it holds more than {MOST_TENSORS:,} tensors; save the part that you want to see"
            )
        return tensor_of(self._wire, message, self._folder)

    def _node(self, message: WireField, depth: int) -> OnnxNode:
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise WeightsUnreadable(f"it has more than {_MOST_NODES:,} operators, as no model has")
        node = OnnxNode()
        for part in self._parts(message):
            if part.number == 1:
                node.inputs.append(self._wire.text(part))
            elif part.number == 2:
                node.outputs.append(self._wire.text(part))
            elif part.number == 3:
                node.name = self._wire.text(part)
            elif part.number == 4:
                node.operator = self._wire.text(part)
            elif part.number == 5:
                node.attributes.update([self._attribute(part, depth)])
        return node

    def _attribute(self, message: WireField, depth: int) -> tuple[str, Attribute]:
        name, found = "", Attribute()
        for part in self._wire.fields(message.start, message.end):
            if part.number == 1:
                name = self._wire.text(part)
            elif part.number == 2:
                found.real = self._wire.real(part)
            elif part.number == 3:
                found.number = (part.value + 2**63) % 2**64 - 2**63
            elif part.number == 4:
                found.text = self._wire.text(part)
            elif part.number == 5 and part.wire == RANGE:
                found.tensor = self._tensor(part)
            elif part.number in (6, 11) and part.wire == RANGE:
                found.graphs.append(self.graph(part, depth + 1))
            elif part.number == 8:
                found.numbers += self._wire.signed(part)
        return name, found

    def _port(self, message: WireField) -> tuple[str, tuple[int, ...]]:
        """Reads the name and shape of what comes in or goes out."""
        name, shape = "", list[int]()
        for part in self._parts(message):
            if part.number == 1:
                name = self._wire.text(part)
            elif part.number == 2:
                shape = [
                    self._side(side)
                    for tensor in self._parts(part)
                    for told in self._parts(tensor)
                    for side in self._parts(told)
                    if tensor.number == 1 and told.number == 2 and side.number == 1
                ]
        return name, tuple(shape)

    def _side(self, message: WireField) -> int:
        fields = self._wire.fields(message.start, message.end)
        return next((part.value for part in fields if part.number == 1), 0)
