"""How much memory a process took, and whether the kernel ended one for want of it."""

import contextlib
import resource
import sys
from pathlib import Path

_KILL_COUNTERS = (Path("/proc/vmstat"), Path("/sys/fs/cgroup/memory.events"))


def peak_memory_bytes() -> int:
    """Returns the most memory that this process ever had resident."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def kills_for_memory() -> int | None:
    """Counts the processes that the kernel has ended for lack of memory; None where it can't
    say.
    """
    counts = [
        int(line.split()[1])
        for counter in _KILL_COUNTERS
        for line in _lines(counter)
        if line.startswith("oom_kill ")
    ]
    return sum(counts) if counts else None


def _lines(path: Path) -> list[str]:
    with contextlib.suppress(OSError):
        return path.read_text("ascii").splitlines()
    return []
