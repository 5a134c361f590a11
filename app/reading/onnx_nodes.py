"""Graphs of ONNX files: operators, what they are given, and in which order they come."""

import heapq
from collections import defaultdict
from dataclasses import dataclass, field

from .cursor import damaged
from .onnx_tensors import OnnxTensor


@dataclass
class Attribute:
    """One setting of an operator; which of them is filled depends on its kind."""

    number: int = 0
    real: float = 0.0
    text: str = ""
    numbers: list[int] = field(default_factory=list)
    tensor: OnnxTensor | None = None
    graphs: list["OnnxGraphRead"] = field(default_factory=list)


@dataclass
class OnnxNode:
    """One operator, and the names of what it is given and gives."""

    operator: str = ""
    name: str = ""
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    attributes: dict[str, Attribute] = field(default_factory=dict)

    def number(self, name: str, otherwise: int) -> int:
        """Returns a setting that is a whole number."""
        found = self.attributes.get(name)
        return found.number if found else otherwise

    def numbers(self, name: str) -> tuple[int, ...]:
        """Returns a setting that is a list of whole numbers; () if it isn't there."""
        found = self.attributes.get(name)
        return tuple(found.numbers) if found else ()

    def text(self, name: str) -> str:
        """Returns a setting that is text."""
        found = self.attributes.get(name)
        return found.text if found else ""


@dataclass
class OnnxGraphRead:
    """A graph's operators, tensors by name, and shapes of its inputs (0 where unknown)."""

    nodes: list[OnnxNode] = field(default_factory=list)
    tensors: dict[str, OnnxTensor] = field(default_factory=dict)
    inputs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    outputs: list[str] = field(default_factory=list)

    def in_order(self) -> list[OnnxNode]:
        """Returns the operators so that each comes after those that it takes from.

        Among those that could come next, the first in the file does.
        """
        makers = {name: at for at, node in enumerate(self.nodes) for name in node.outputs if name}
        waits: dict[int, set[int]] = {}
        followers: defaultdict[int, list[int]] = defaultdict(list)
        for at, node in enumerate(self.nodes):
            waits[at] = {makers[name] for name in node.inputs if name in makers}
            for before in waits[at]:
                followers[before].append(at)
        ready = [at for at, before in waits.items() if not before]
        found: list[OnnxNode] = []
        while ready:
            at = heapq.heappop(ready)
            found.append(self.nodes[at])
            for after in followers[at]:
                waits[after].discard(at)
                if not waits[after]:
                    heapq.heappush(ready, after)
        if len(found) < len(self.nodes):
            raise damaged("its operators take from one another in a circle")
        return found
