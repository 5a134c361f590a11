"""A network's state as safetensors: lengths and places as JSON, then the arrays' bytes.

After https://github.com/huggingface/safetensors#format; named as PyTorch's are.
"""

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from .torch_state import State

_DTYPES = {"i": ("I64", "<i8"), "f": ("F32", "<f4")}
_ALIGNMENT = 8


def write_safetensors(file: BinaryIO, state: State, beside: Mapping[str, str]) -> None:
    """Writes the arrays, those of the largest numbers first, and texts by name."""
    ordered = sorted(state.items(), key=lambda pair: -pair[1].itemsize)
    head: dict[str, Any] = {"__metadata__": {"format": "pt", **beside}}
    begins = 0
    for name, array in ordered:
        ends = begins + array.nbytes
        dtype = _DTYPES[array.dtype.kind][0]
        places = {"shape": list(array.shape), "data_offsets": [begins, ends]}
        head[name] = {"dtype": dtype, **places}
        begins = ends
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _ALIGNMENT)
    file.write(len(text).to_bytes(8, "little") + text)
    for _, array in ordered:
        file.write(array.astype(_DTYPES[array.dtype.kind][1]).tobytes())
