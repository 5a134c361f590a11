"""Reads .safetensors: a length, a header of JSON, and the numbers as they are.

Source: the format's own description, https://github.com/huggingface/safetensors.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .axes import Axes
from .contents import MOST_KERNEL_BYTES, Contents, WeightsUnreadable
from .element_types import ELEMENT_TYPES, ElementType, as_float32
from .files import Layout
from .named_layers import layers_of
from .pieces import OpenedFile
from .safetensors_header import header_of
from .steps import step_in
from .tensors import StoredTensor, TensorList, check_count, check_shape
from .unclear import Unclear

_NAMES: Final = {
    **{f"F{bits}": f"float{bits}" for bits in (16, 32, 64)},
    **{f"I{bits}": f"int{bits}" for bits in (8, 16, 32, 64)},
    **{f"U{bits}": f"uint{bits}" for bits in (8, 16, 32, 64)},
    "BOOL": "bool",
    "BF16": "bfloat16",
    "C64": "complex64",
    "F8_E4M3": "float8_e4m3fn",
    "F8_E5M2": "float8_e5m2",
    "F8_E8M0": "float8_e8m0fnu",
}
_WRITERS: Final[dict[str, tuple[str, Axes]]] = {
    "pt": ("PyTorch", "oihw"),
    "tf": ("TensorFlow", "hwio"),
    "flax": ("Flax", "hwio"),
    "mlx": ("MLX", "ohwi"),
}
_AGAIN: Final = "the file is damaged; save it once more"


def is_safetensors(_path: Path, head: bytes) -> bool:
    """Tells whether a file begins with the length of a header and an opening brace."""
    return head[8:9] == b"{"


def read_safetensors(path: Path, layout: Layout | None) -> Contents:
    """Reads what a .safetensors holds; see `read_weights`."""
    file = OpenedFile(path)
    header, start = header_of(file)
    told = header.pop("__metadata__", None) or {}
    check_count(len(header))
    metadata = {key: value for key, value in told.items() if isinstance(value, str)}
    framework, axes = _WRITERS.get(metadata.get("format", ""), (None, None))
    tensors = tuple(_tensor(file, start, name, entry, axes) for name, entry in header.items())
    _check_apart(header)
    notes = Unclear()
    found = TensorList(tensors, not _are_sorted(header), notes, framework)
    layers = layers_of(found, layout)
    step, unit = step_in(metadata)
    return Contents("safetensors", layers, framework, notes.told(), step, unit)


def _tensor(
    file: OpenedFile, start: int, name: str, entry: object, axes: Axes | None
) -> StoredTensor:
    if not isinstance(entry, dict) or not {"dtype", "shape", "data_offsets"} <= entry.keys():
        raise WeightsUnreadable(f"{name[:100]} has no dtype, shape and data_offsets; {_AGAIN}")
    sides, offsets = entry["shape"], entry["data_offsets"]
    if not isinstance(sides, list) or not isinstance(offsets, list) or len(offsets) != 2:
        raise WeightsUnreadable(f"{name[:100]} has no shape, or no two offsets; {_AGAIN}")
    shape, (first, end) = check_shape(name, sides), check_shape(name, offsets)
    element = _element(name, entry["dtype"])
    tensor = StoredTensor(name, shape, element, _reader(file, start + first, shape, element), axes)
    if end - first != tensor.entries * element.size or start + end > file.size:
        raise WeightsUnreadable(
            f"{name[:100]} takes {tensor.entries * element.size:,} bytes, and bytes {first:,} to "
            f"{end:,} of {file.size - start:,} are said to be its own; {_AGAIN}"
        )
    return tensor


def _element(name: str, dtype: object) -> ElementType:
    known = _NAMES.get(dtype) if isinstance(dtype, str) else None
    if known is None:
        raise WeightsUnreadable(
            f"{name[:100]} has numbers of the type {str(dtype)[:40]}, which isn't known; "
            "save it as F32"
        )
    return ELEMENT_TYPES[known]


def _check_apart(header: dict[str, Any]) -> None:
    """Raises WeightsUnreadable if two tensors share bytes, which no writer of the format does."""
    behind = 0
    for start, end in sorted(entry["data_offsets"] for entry in header.values()):
        if start < behind and end > start:
            raise WeightsUnreadable(f"two of its tensors overlap at byte {start:,}; {_AGAIN}")
        behind = max(behind, end)


def _reader(
    file: OpenedFile, start: int, shape: tuple[int, ...], element: ElementType
) -> Callable[[], NDArray[np.float32]]:
    def read() -> NDArray[np.float32]:
        size = element.size
        for side in shape:
            size *= side
        return as_float32(file.read(start, min(size, MOST_KERNEL_BYTES)), element).reshape(shape)

    return read


def _are_sorted(header: dict[str, Any]) -> bool:
    """Tells whether the names stand in the alphabet's order within each type of number.

    So the format's own library writes them, whatever order the network has.
    """
    by_type: dict[str, list[str]] = {}
    for name, entry in header.items():
        by_type.setdefault(str(entry.get("dtype")), []).append(name)
    return all(names == sorted(names) for names in by_type.values())
