"""An ONNX graph as it grows: nodes, the constants that they use, and the bytes of the whole.

Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .origin import Origin
from .wire import block, blocks, real, whole

OPSET = 13  # of 2020: what opens models today knows it
_FORMAT = 7  # the version of the file format that came with it
_FLOAT, _INT64 = 1, 7
Setting = int | float | Sequence[int]


class OnnxGraph:
    """Nodes in the order in which they are carried out."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: dict[str, NDArray[Any]] = {}

    def constant(self, name: str, array: Any) -> str:
        """Adds an array, float32 or int64, and returns its name."""
        self._constants[name] = np.asarray(array)
        return name

    def put(self, name: str, operator: str, *inputs: str, **settings: Setting) -> str:
        """Adds a node that is called as its one output is; returns that name."""
        self._nodes.append(
            b"".join(block(1, one) for one in inputs)
            + block(2, name)
            + block(3, name)
            + block(4, operator)
            + blocks(5, [_attribute(*setting) for setting in settings.items()])
        )
        return name

    def model(
        self, given: tuple[str, Sequence[int]], told: tuple[str, Sequence[int]], origin: Origin
    ) -> bytes:
        """Returns the file's bytes.

        Args:
            given: the input's name, and the shape of one image.
            told: the output's name, and the shape of one answer.
        """
        graph = (
            blocks(1, self._nodes)
            + block(2, "filterscope")
            + blocks(5, [_tensor(*pair) for pair in self._constants.items()])
            + block(11, _port(*given))
            + block(12, _port(*told))
        )
        properties = [block(1, name) + block(2, text) for name, text in origin.items()]
        return (
            whole(1, _FORMAT)
            + block(2, "filterscope")
            + block(3, origin.get("filterscope", ""))
            + block(7, graph)
            + block(8, block(1, "") + whole(2, OPSET))
            + blocks(14, properties)
        )


def _tensor(name: str, array: NDArray[Any]) -> bytes:
    is_whole = array.dtype.kind == "i"
    dtype = "<i8" if is_whole else "<f4"
    lengths = b"".join(whole(1, length) for length in array.shape)
    data = np.ascontiguousarray(array, dtype).tobytes()
    return lengths + whole(2, _INT64 if is_whole else _FLOAT) + block(8, name) + block(9, data)


def _attribute(name: str, setting: Setting) -> bytes:
    if isinstance(setting, float):
        return block(1, name) + real(2, setting) + whole(20, 1)
    if isinstance(setting, int):
        return block(1, name) + whole(3, setting) + whole(20, 2)
    return block(1, name) + b"".join(whole(8, one) for one in setting) + whole(20, 7)


def _port(name: str, shape: Sequence[int]) -> bytes:
    """Writes what comes in or goes out: any number of float32 arrays of that shape."""
    lengths = [block(2, "batch"), *(whole(1, length) for length in shape)]
    tensor = whole(1, _FLOAT) + block(2, blocks(1, lengths))
    return block(1, name) + block(2, block(1, tensor))
