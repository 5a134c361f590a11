"""From the start of the process to the first page that it serves."""

from statistics import median

from bench.row import Row, milliseconds
from bench.serving import resident_bytes, serving

_STARTS = 7


def measure() -> list[Row]:
    """Measures the median of some starts, and the memory of an idle server."""
    seconds, memory = [], 0
    for _ in range(_STARTS):
        with serving() as server:
            seconds.append(server.start_seconds)
            memory = resident_bytes(server.pid)
    start = median(seconds)
    spread = f"{milliseconds(start)} ({milliseconds(min(seconds))}-{milliseconds(max(seconds))})"
    return [
        Row("process start → first 200 of the page", "≤ 500 ms", spread, start <= 0.5),
        Row("memory of an idle server (RSS)", "", f"{memory / 2**20:.0f} MB"),
    ]
