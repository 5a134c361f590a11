"""What both sides share: answer each line "steps" on stdin with the median seconds a step."""

import statistics
import sys
import time
from collections.abc import Callable


def serve(step: Callable[[], object]) -> None:
    """Warm up, say so, then time as many steps as each line asks for."""
    for _ in range(10):
        step()
    print("ready", flush=True)
    for line in sys.stdin:
        seconds = []
        for _ in range(int(line)):
            start = time.perf_counter()
            step()
            seconds.append(time.perf_counter() - start)
        print(statistics.median(seconds), flush=True)
