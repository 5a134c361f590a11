"""Files of ONNX as exporters write them, byte by byte."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.export.models.wire import block, blocks, real, whole

TYPES = {"f4": 1, "u1": 2, "i1": 3, "i4": 6, "i8": 7, "f2": 10, "f8": 11}


def tensor(name: str, array: NDArray[Any], *, dtype: int | None = None) -> bytes:
    """Writes a tensor with its numbers as they lie in memory.

    Args:
        dtype: ONNX's number of what they are; else that of the array's own.
    """
    return (
        sides(array.shape)
        + whole(2, dtype or TYPES[array.dtype.str[1:]])
        + block(8, name)
        + block(9, np.ascontiguousarray(array).tobytes())
    )


def beside(name: str, shape: Sequence[int], **told: object) -> bytes:
    """Writes a float32 tensor whose numbers lie in another file."""
    pairs = [block(1, key) + block(2, str(value)) for key, value in told.items()]
    return sides(shape) + whole(2, 1) + block(8, name) + blocks(13, pairs) + whole(14, 1)


def sides(shape: Sequence[int]) -> bytes:
    """Writes a tensor's shape."""
    return b"".join(whole(1, side) for side in shape)


def node(
    operator: str,
    inputs: Sequence[str],
    output: str,
    name: str = "",
    **settings: int | float | bytes | str | Sequence[int],
) -> bytes:
    """Writes an operator; settings that are bytes are tensors."""
    attributes = [_attribute(*setting) for setting in settings.items()]
    return (
        blocks(1, [text.encode() for text in inputs])
        + block(2, output)
        + block(3, name)
        + block(4, operator)
        + blocks(5, attributes)
    )


def with_graph(operator: str, graph: bytes) -> bytes:
    """Writes an operator that has a graph within it."""
    return block(4, operator) + block(5, block(1, "then_branch") + block(6, graph))


def _attribute(name: str, value: int | float | bytes | str | Sequence[int]) -> bytes:
    if isinstance(value, bytes):
        return block(1, name) + block(5, value)
    if isinstance(value, str):
        return block(1, name) + block(4, value)
    if isinstance(value, float):
        return block(1, name) + real(2, value)
    if isinstance(value, int):
        return block(1, name) + whole(3, value)
    return block(1, name) + b"".join(whole(8, one) for one in value)


def graph(
    nodes: Sequence[bytes], tensors: Sequence[bytes] = (), inputs: Sequence[bytes] = ()
) -> bytes:
    """Writes a graph."""
    return blocks(1, list(nodes)) + blocks(5, list(tensors)) + blocks(11, list(inputs))


def port(name: str, *shape: int) -> bytes:
    """Writes what comes in; a side of 0 is any."""
    lengths = [whole(1, side) if side else block(2, "n") for side in shape]
    return block(1, name) + block(2, block(1, whole(1, 1) + block(2, blocks(1, lengths))))


def model(graph: bytes, producer: tuple[str, str] = ("pytorch", "2.9"), **properties: str) -> bytes:
    """Writes a whole file."""
    return (
        whole(1, 8)
        + block(2, producer[0])
        + block(3, producer[1])
        + block(7, graph)
        + block(8, block(1, "") + whole(2, 17))
        + blocks(14, [block(1, name) + block(2, text) for name, text in properties.items()])
    )


def one_layer(weights: Mapping[str, Any] | bytes, **settings: Any) -> bytes:
    """Writes a model of one convolution, `stem`, of this tensor."""
    held = weights if isinstance(weights, bytes) else tensor(**weights)
    stem = node("Conv", ["x", "stem.weight"], "y", "stem", **settings)
    return model(graph([stem], [held]))
