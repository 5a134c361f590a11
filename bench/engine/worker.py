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
# Others had the caches since the last turn: so long nothing is counted, but once at least.
_WARMING_SECONDS = 0.1


def peak_megabytes() -> float:
    """Returns the most memory this process has ever held, its libraries with it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE


def replicas_megabytes() -> float:
    """Gives what processes forked from this one hold that it doesn't hold itself, where that is
    told.
    """
    held = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in _replicas()]
    kilobytes = [
        line.split()[1] for text in held for line in text.splitlines() if "Private_" in line
    ]
    return sum(map(int, kilobytes)) / 1024


def serve(actions: Mapping[str, Callable[[], object]], megabytes_before: float) -> None:
    """Warms up the step, says so, then does what each line asks for: an action and how many times.

    Each turn is warm: it begins with some that aren't counted. Answers hold milliseconds: the
    `least`, the median (`elapsed`), which leaves out what interrupts few steps, and the mean
    (`mean`), which doesn't; mean ones of processor time over all threads and replicas
    (`processor`); `cold`, the first one of the turn; `others`, the share of all cores that went to
    other processes meanwhile; and megabytes at the peak, of which `grown` came after the imports,
    replicas' included.
    """
    for _ in range(10):
        actions["step"]()
    print("ready", flush=True)
    for line in sys.stdin:
        name, times = line.split()
        answer = _turn(actions[name], int(times))
        peak = peak_megabytes() + replicas_megabytes()
        print(json.dumps({**answer, "peak": peak, "grown": peak - megabytes_before}), flush=True)


def _turn(action: Callable[[], object], times: int) -> dict[str, float]:
    end = time.perf_counter() + _WARMING_SECONDS
    cold = _seconds(action)
    while time.perf_counter() < end:
        action()
    start, ours, all_cores = time.perf_counter(), _processor_seconds(), _busy_seconds()
    elapsed = [_seconds(action) for _ in range(times)]
    ours, all_cores = _processor_seconds() - ours, _busy_seconds() - all_cores
    room = (time.perf_counter() - start) * (os.cpu_count() or 1)
    return {
        "least": 1000 * min(elapsed),
        "elapsed": 1000 * statistics.median(elapsed),
        "mean": 1000 * statistics.fmean(elapsed),
        "processor": 1000 * ours / times,
        "cold": 1000 * cold,
        "others": max(0.0, all_cores - ours) / room,
    }


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _replicas() -> list[str]:
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [pid for listed in children for pid in listed.read_text().split()]


def _processor_seconds() -> float:
    """Counts this process's, and its replicas' where the system tells them."""
    told = [Path(f"/proc/{pid}/schedstat").read_text() for pid in _replicas()]
    return time.process_time() + sum(int(text.split()[0]) for text in told) / 1e9


def _busy_seconds() -> float:
    """Counts those of all cores in all processes, and what the host kept for others; Linux only."""
    if not Path("/proc/stat").exists():
        return 0.0
    user, nice, system, _, _, *rest = Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
    return sum(map(int, (user, nice, system, *rest))) / os.sysconf("SC_CLK_TCK")
