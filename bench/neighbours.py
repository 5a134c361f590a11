"""Neighbours on the machine: processes that never rest."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# They end by themselves, should whoever started them be killed.
_SPINNING = "import time; ends = time.monotonic() + 300\nwhile time.monotonic() < ends: pass"


@contextmanager
def busy_cores(count: int) -> Iterator[None]:
    """Keeps so many cores busy meanwhile, for five minutes at most."""
    processes = [subprocess.Popen([sys.executable, "-Sc", _SPINNING]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()
