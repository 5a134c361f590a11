"""A batch of a watched run on its way to the process that tells of it."""

from pathlib import Path
from typing import Any, NamedTuple

from ..external.described import Described


class BatchToTell(NamedTuple):
    """A batch that was checked, and all that it is told from.

    Attributes:
        telling: what came with the batch before, as JSON; None for the first.
        items: as `app.external.items` has them.
        blob: their arrays, float32 back to back.
    """

    database: Path
    cache_folder: Path
    run_id: str
    described: Described
    total_steps: int | None
    attempt: int
    left_out: int
    telling: str | None
    items: list[dict[str, Any]]
    blob: bytes
