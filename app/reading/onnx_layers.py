"""Layers out of an ONNX graph: its convolutions and its products with a matrix."""

import re
from collections import Counter, defaultdict
from typing import Final

from pydantic import ValidationError

from ..external.registration import RegisteredLayer
from .contents import FoundLayer
from .onnx_constants import Constants, FixedArray, scaled
from .onnx_kernels import ReadKernel, as_weights, convolution, product
from .onnx_nodes import OnnxGraphRead, OnnxNode
from .onnx_settings import activation_of, settings_of
from .unclear import Unclear, reason_of

_CONVOLUTIONS: Final = ("Conv", "FusedConv", "ConvTranspose", "QLinearConv")
_PRODUCTS: Final = ("Gemm", "MatMul")
_ADDING: Final = ("Conv", "FusedConv", "ConvTranspose", "Gemm")
_WHOLE_ONLY: Final = ("ConvInteger", "MatMulInteger", "QLinearMatMul")
_STEM: Final = re.compile(r"^(.+)[./](?:weight|kernel|W|weight_quantized|weight_fp16)(?::0)?$")


class GraphLayers:
    """The layers of one graph and of those within its operators, in order."""

    def __init__(self, notes: Unclear) -> None:
        self.found: list[tuple[OnnxNode, FoundLayer]] = []
        self._notes = notes
        self._titles: Counter[str] = Counter()
        self._read: set[str] = set()

    def add(self, graph: OnnxGraphRead, outer: Constants | None = None) -> None:
        """Adds a graph's layers."""
        constants = Constants(graph.tensors.values(), outer)
        takers: defaultdict[str, list[OnnxNode]] = defaultdict(list)
        for node in graph.nodes:
            for name in node.inputs:
                takers[name].append(node)
        for node in graph.in_order():
            constants.follow(node)
            self._add(node, constants, takers)
            for attribute in node.attributes.values():
                for inner in attribute.graphs:
                    self.add(inner, constants)
        if outer is None:
            self._note_unread(graph)

    def _note_unread(self, graph: OnnxGraphRead) -> None:
        """Notes tensors that look like kernels, and that nothing known here takes."""
        for name, tensor in graph.tensors.items():
            if len(tensor.shape) > 3 and min(tensor.shape) > 0 and name not in self._read:
                self._notes.add_of(name, "left out, for no layer that is known here takes it")

    def _add(self, node: OnnxNode, constants: Constants, takers: dict[str, list[OnnxNode]]) -> None:
        if node.operator in _WHOLE_ONLY:
            self._notes.add_of(
                node.name or node.operator, "left out, for it works in whole numbers"
            )
        if node.operator not in (*_CONVOLUTIONS, *_PRODUCTS):
            return
        given = _weights(node, constants)
        if given is None:
            if node.operator != "MatMul":  # which is there for any two arrays
                self._notes.add_of(
                    node.name or node.operator, "left out, for its kernel is made as it runs"
                )
            return
        self._read.add(given.name)
        kernel = _kernel(node, given)
        if kernel is None or given.is_whole:
            what = "kept in whole numbers" if given.is_whole else f"of shape {given.shape}"
            if node.operator in _CONVOLUTIONS or given.is_whole:
                self._notes.add_of(given.name, f"left out, for it is {what}")
            return
        after = _after(node, takers)
        bias = _bias(node, constants, after, kernel)
        if bias is None and node.operator in _ADDING and len(node.inputs) > 2 and node.inputs[2]:
            self._notes.add_of(given.name, "its bias is made as it runs, and isn't told")
        if node.operator == "MatMul" and bias is not None:
            after = _after(after[0], takers)
        told = settings_of(node, kernel.kind) | {"activation": activation_of(node, after)}
        try:
            described = RegisteredLayer(
                title=self._title(node, given),
                kind=kernel.kind,
                shape=kernel.shape,
                bias=bias is not None,
                **told,
            )
        except ValidationError as refused:
            self._notes.add_of(given.name, f"left out: {reason_of(refused)}")
            return
        reads = None if bias is None else (lambda: as_weights(bias.read().reshape(-1)))
        self.found.append((node, FoundLayer(described, kernel.read, reads)))

    def _title(self, node: OnnxNode, given: FixedArray) -> str:
        stem = _STEM.match(given.name)
        named = node.name.strip("/").removesuffix(f"/{node.operator}")
        title = stem.group(1) if stem else named or given.name
        self._titles[title] += 1
        times = self._titles[title]
        return title if times == 1 else f"{title} ({times})"


def _after(node: OnnxNode, takers: dict[str, list[OnnxNode]]) -> list[OnnxNode]:
    return takers.get(node.outputs[0], []) if node.outputs else []


def _weights(node: OnnxNode, constants: Constants) -> FixedArray | None:
    if node.operator != "QLinearConv":
        return constants.take(node, 1)
    values, scale, zero = (constants.take(node, at) for at in (3, 4, 5))
    return scaled(values, scale, zero, 0) if values and scale and zero else None


def _kernel(node: OnnxNode, given: FixedArray) -> ReadKernel | None:
    if node.operator == "MatMul":
        return product(given, outputs_first=False)
    if node.operator == "Gemm":
        alpha = node.attributes.get("alpha")
        factor = alpha.real if alpha else 1.0
        return product(given, outputs_first=node.number("transB", 0) == 1, factor=factor)
    groups = node.number("group", 1)
    return convolution(given, groups, transposed=node.operator == "ConvTranspose")


def _bias(
    node: OnnxNode, constants: Constants, after: list[OnnxNode], kernel: ReadKernel
) -> FixedArray | None:
    """Returns what is added to each filter's answers."""
    outputs = kernel.shape[-1]
    if kernel.kind.startswith("depthwise"):
        outputs *= kernel.shape[-2]
    if node.operator == "QLinearConv":
        bias, given, weights = (constants.take(node, at) for at in (8, 1, 4))
        if bias is None or given is None or weights is None:
            return None
        once = scaled(bias, weights, None, 0)
        return scaled(once, given, None, 0) if once else None
    bias = constants.take(node, 2)
    if node.operator == "MatMul" and len(after) == 1 and after[0].operator == "Add":
        added = [constants.get(name) for name in after[0].inputs if name not in node.outputs]
        bias = added[0] if len(added) == 1 else None
    beta = node.attributes.get("beta")
    if bias is None or bias.is_whole or (beta and beta.real != 1):
        return None
    return bias if bias.shape in ((outputs,), (1, outputs)) else None
