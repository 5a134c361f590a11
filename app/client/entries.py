"""What stands in the line of what waits to be sent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .rows import LoggedRows
from .watched_network import Taken

BYTES_OF_AN_ITEM = 500


class WaitingSnapshot:
    """Weights that wait."""

    def __init__(self, step: int, arrays: Sequence[Taken]) -> None:
        self.step, self.arrays = step, tuple(arrays)
        self.nbytes = 4 * sum(math.prod(taken.shape) for taken in arrays)


Entry = LoggedRows | WaitingSnapshot | dict[str, Any]


def nbytes_of(entry: Entry) -> int:
    """Says about how much an entry takes."""
    return BYTES_OF_AN_ITEM if isinstance(entry, dict) else entry.nbytes
