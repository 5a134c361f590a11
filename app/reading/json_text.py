"""JSON out of files of strangers, read with an end to its size and depth."""

import json
from typing import Any, Final

from .contents import WeightsUnreadable
from .cursor import damaged

MOST_JSON_BYTES: Final = 8 * 1024**2
_MOST_PARTS: Final = 500_000  # objects, lists and entries


def read_json(data: bytes, name: str) -> Any:
    """Returns what a text says; WeightsUnreadable if it is no JSON, or more than any file's.

    Args:
        name: what the text is called in the sentence about it.
    """
    if len(data) > MOST_JSON_BYTES or data.count(b",") + data.count(b"[") > _MOST_PARTS:
        raise WeightsUnreadable(
            f"{name} is larger than that of any network known here; save the weights alone"
        )
    try:
        return json.loads(data)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, numbers or nesting without end
        raise damaged(f"{name} is no JSON") from None
