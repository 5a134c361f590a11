"""What of an ONNX graph stands fast: tensors, and what operators make of them alone."""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cursor import damaged
from .onnx_nodes import OnnxNode
from .onnx_tensors import OnnxTensor

_FLOAT, _HALF, _DOUBLE = 1, 10, 11


class FixedArray(NamedTuple):
    """An array that doesn't depend on what the network is shown.

    Attributes:
        name: that of the tensor that it was made of.
        is_whole: whether its entries are whole numbers, which mean nothing without their scale.
    """

    name: str
    shape: tuple[int, ...]
    read: Callable[[], NDArray[Any]]
    is_whole: bool


_Made = Callable[["Constants", OnnxNode, FixedArray], FixedArray | None]


class Constants:
    """Arrays by the names that operators know them by.

    Args:
        outer: those of the graph around this one.
    """

    def __init__(self, tensors: Iterable[OnnxTensor], outer: "Constants | None" = None) -> None:
        self._found: dict[str, FixedArray] = {}
        self._outer = outer
        for tensor in tensors:
            self._put(tensor.name, tensor)

    def get(self, name: str) -> FixedArray | None:
        """Returns an array; None if there is none of that name."""
        found = self._found.get(name)
        return self._outer.get(name) if found is None and self._outer else found

    def take(self, node: OnnxNode, at: int) -> FixedArray | None:
        """Returns what an operator is given at a place, if it stands fast."""
        return self.get(node.inputs[at]) if at < len(node.inputs) else None

    def follow(self, node: OnnxNode) -> None:
        """Works out what an operator makes of arrays alone."""
        if not node.outputs:
            return
        if node.operator == "Constant":
            value = node.attributes.get("value")
            if value and value.tensor:
                self._put(node.outputs[0], value.tensor)
            return
        source, make = self.take(node, 0), _MAKES.get(node.operator)
        made = make(self, node, source) if source and make else None
        if made:
            self._found[node.outputs[0]] = made

    def _put(self, name: str, tensor: OnnxTensor) -> None:
        self._found[name] = FixedArray(
            tensor.name or name, tensor.shape, tensor.read, tensor.is_whole
        )


def scaled(
    values: FixedArray, scale: FixedArray, zero: FixedArray | None, axis: int
) -> FixedArray | None:
    """Returns whole numbers as what they mean: (q − zero) · scale, one scale for all or along an
    axis; None where scales lie otherwise.
    """
    axes = len(values.shape)
    axis = axis + axes if axis < 0 else axis
    along = scale.shape if scale.shape not in ((), (1,)) else ()
    if along and (axis >= axes or along != (values.shape[axis],)):
        return None
    if zero is not None and zero.shape != scale.shape:
        return None
    lying = tuple(-1 if place == axis else 1 for place in range(axes)) if along else ()

    def read() -> NDArray[Any]:
        with np.errstate(over="ignore", invalid="ignore"):
            factors = scale.read().astype(np.float32).reshape(lying)
            found = values.read().astype(np.float32)
            if zero is not None:
                found = found - zero.read().astype(np.float32).reshape(lying)
            return found * factors

    return FixedArray(values.name, values.shape, read, is_whole=False)


def _same(_constants: Constants, _node: OnnxNode, source: FixedArray) -> FixedArray:
    return source


def _cast(_constants: Constants, node: OnnxNode, source: FixedArray) -> FixedArray | None:
    kind = node.number("to", 0)
    if kind == _HALF:
        return source._replace(read=lambda: _half(source.read()), is_whole=False)
    return source._replace(is_whole=False) if kind in (_FLOAT, _DOUBLE) else None


def _half(values: NDArray[Any]) -> NDArray[np.float16]:
    with np.errstate(over="ignore"):
        return values.astype(np.float16)


def _transposed(_constants: Constants, node: OnnxNode, source: FixedArray) -> FixedArray:
    axes = len(source.shape)
    order = node.numbers("perm") or tuple(reversed(range(axes)))
    if sorted(order) != list(range(axes)):
        raise damaged(f"{source.name} is turned to axes {order}, which it hasn't")
    shape = tuple(source.shape[axis] for axis in order)
    return source._replace(shape=shape, read=lambda: source.read().transpose(order))


def _dequantized(constants: Constants, node: OnnxNode, source: FixedArray) -> FixedArray | None:
    scale, zero = constants.take(node, 1), constants.take(node, 2)
    needs_zero = len(node.inputs) > 2 and bool(node.inputs[2])
    if scale is None or (needs_zero and zero is None):
        return None
    return scaled(source, scale, zero, node.number("axis", 1))


_MAKES: Final[dict[str, _Made]] = {
    "Identity": _same,
    "Cast": _cast,
    "Transpose": _transposed,
    "DequantizeLinear": _dequantized,
}
