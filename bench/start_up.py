"""From the start of the process to the first page that it serves."""

import tempfile
from pathlib import Path
from statistics import median

from bench.row import Row, milliseconds
from bench.serving import resident_bytes, serving

_STARTS = 7


def measure() -> list[Row]:
    """Measures the median of some starts on one folder, the first of them apart, and the memory of
    an idle server.
    """
    seconds, memory = [], 0
    with tempfile.TemporaryDirectory(prefix="filterscope-bench-") as folder:
        for _ in range(1 + _STARTS):
            with serving(folder=Path(folder)) as server:
                seconds.append(server.start_seconds)
                memory = resident_bytes(server.pid)
    first, *others = seconds
    start = median(others)
    spread = f"{milliseconds(start)} ({milliseconds(min(others))}-{milliseconds(max(others))})"
    return [
        Row("process start → first 200 of the page", "≤ 500 ms", spread, start <= 0.5),
        Row("the same on an empty data folder, once", "", milliseconds(first)),
        Row("memory of an idle server (RSS)", "", f"{memory / 2**20:.0f} MB"),
    ]
