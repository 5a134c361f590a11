"""How an ONNX operator slides its kernel, and what its answers pass through."""

from typing import Any, Final

from .onnx_nodes import OnnxNode

_ACTIVATIONS: Final = {
    "Relu": "relu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "Softmax": "softmax",
}


def settings_of(node: OnnxNode, kind: str) -> dict[str, Any]:
    """Returns groups, strides, dilation and padding as `RegisteredLayer` has them."""
    if kind == "dense":
        return {}
    axes = int(kind.partition("conv")[2][0])
    ones = (1,) * axes
    return {
        "groups": node.number("group", 1),
        "strides": node.numbers("strides") or ones,
        "dilation": node.numbers("dilations") or ones,
        "padding": _padding(node, axes),
    }


def activation_of(node: OnnxNode, after: list[OnnxNode]) -> str | None:
    """Names the activation that its answers pass through.

    Args:
        after: the operators that take them.
    """
    if node.operator == "FusedConv":
        return _ACTIVATIONS.get(node.text("activation"))
    return _ACTIVATIONS.get(after[0].operator, "linear") if len(after) == 1 else "linear"


def _padding(node: OnnxNode, axes: int) -> Any:
    way = node.text("auto_pad")
    if way in ("SAME_UPPER", "VALID"):
        return "same" if way == "SAME_UPPER" else "valid"
    pads = node.numbers("pads") or (0,) * (2 * axes)
    if way == "SAME_LOWER" or len(pads) != 2 * axes:
        return None
    return tuple(zip(pads[:axes], pads[axes:], strict=True)) if any(pads) else "valid"
