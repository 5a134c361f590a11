"""What both sides share: answer each line of stdin with what it took, as a line of JSON."""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

# On Linux `ru_maxrss` counts kilobytes, on macOS bytes.
_MEGABYTE = 1 << 20 if sys.platform == "darwin" else 1 << 10


def peak_megabytes() -> float:
    """Returns the most memory this process has ever held, its libraries with it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE


def replicas_megabytes() -> float:
    """Gives what processes forked from this one hold that it doesn't hold itself, where that is
    told.
    """
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    forked = [pid for listed in children for pid in listed.read_text().split()]
    held = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in forked]
    kilobytes = [
        line.split()[1] for text in held for line in text.splitlines() if "Private_" in line
    ]
    return sum(map(int, kilobytes)) / 1024


def serve(actions: Mapping[str, Callable[[], object]], megabytes_before: float) -> None:
    """Warms up the step, says so, then does what each line asks for: an action and how many times.

    Answers hold median milliseconds (`elapsed`), which leave out what interrupts few steps, and
    mean ones (`mean`), which don't; mean milliseconds of processor time over all threads
    (`processor`); and megabytes at the peak, of which `grown` came after the imports, replicas'
    included.
    """
    for _ in range(10):
        actions["step"]()
    print("ready", flush=True)
    for line in sys.stdin:
        name, times = line.split()
        elapsed = []
        before = time.process_time()
        for _ in range(int(times)):
            start = time.perf_counter()
            actions[name]()
            elapsed.append(time.perf_counter() - start)
        processor = (time.process_time() - before) / int(times)
        peak = peak_megabytes() + replicas_megabytes()
        answer = {
            "elapsed": 1000 * statistics.median(elapsed),
            "mean": 1000 * statistics.fmean(elapsed),
            "processor": 1000 * processor,
            "peak": peak,
            "grown": peak - megabytes_before,
        }
        print(json.dumps(answer), flush=True)
