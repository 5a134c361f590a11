"""The header of a .safetensors: its length, and JSON that lists tensors by name."""

import json
import struct
from typing import Any, Final

from .contents import WeightsUnreadable
from .pieces import OpenedFile

_MOST_JSON_BYTES: Final = 16 * 1024**2  # takes several times as much when it is parsed
_MOST_PARTS: Final = 1_000_000
_AGAIN: Final = "the file is damaged; save it once more"


def header_of(file: OpenedFile) -> tuple[dict[str, Any], int]:
    """Returns what the header says, and the byte where the numbers begin.

    Raises:
        WeightsUnreadable: it is no list of tensors, or longer than one.
    """
    (size,) = struct.unpack("<Q", file.read(0, 8))
    if size > _MOST_JSON_BYTES:
        raise WeightsUnreadable(
            f"its header would take {size:,} bytes; at most {_MOST_JSON_BYTES:,} are read"
        )
    text = file.read(8, size)
    if text.count(b",") + text.count(b"[") + text.count(b"{") > _MOST_PARTS:
        raise WeightsUnreadable("its header says more than 20,000 tensors need; save it once more")
    try:
        header = json.loads(text, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        raise WeightsUnreadable(f"its header is no JSON ({str(error)[:100]}); {_AGAIN}") from None
    told = header.get("__metadata__") if isinstance(header, dict) else 0
    if not isinstance(header, dict) or not isinstance(told, dict | None):
        raise WeightsUnreadable(f"its header doesn't list tensors; {_AGAIN}")
    return header, 8 + size


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("one name stands there twice")
    return found
