"""Which recorded weights a question is about: named by the server, read by a process aside."""

from pathlib import Path
from typing import NamedTuple


class Subject(NamedTuple):
    """A run's snapshot after `step` updates, and where things are kept."""

    database: Path
    cache_folder: Path
    run_id: str
    step: int
