"""Three times as many sockets that never ask as the server may have files: who else notices?

They come from one address, in a process of their own: a third silent, a third with half of their
headers, a third with half of a body. Beside them `/healthz` is asked over new connections, and
somebody watches a run that tells the time ten times a second.
"""

import os
import subprocess
import sys
import threading

from bench.crowd import allow_files
from bench.meanwhile import meanwhile
from bench.onlookers import ClockWatcher
from bench.row import Row, milliseconds, percentile
from bench.serving import ROOT, serving
from tests.reliability.flood import Flood, HealthWatch

FILES = 1024
_SOCKETS = 3 * FILES
_SECONDS = 15.0
_NICENESS = 5  # elsewhere they would use their own processors


def measure() -> list[Row]:
    """Measures a quarter of a minute of it."""
    enough = threading.Event()
    with serving(("bench.limited", str(FILES), "bench.attacked")) as server:
        viewer = ClockWatcher(server.port, enough)
        command = [sys.executable, "-m", "bench.silent", str(server.port)]
        with meanwhile(enough, viewer.watch), HealthWatch(server.port) as health:
            told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    longest, still_open = told.stdout.split()
    seconds = [look.seconds for look in health.looks]
    p99, most = percentile(seconds, 99), max(seconds)
    failed = sum(look.status != 200 for look in health.looks)
    late = percentile(viewer.late, 99)
    return [
        Row(f"{_SOCKETS:,} sockets that never ask: all closed after", "≤ 15 s",
            f"{float(longest):.1f} s, {still_open} left", still_open == "0"),
        Row("/healthz meanwhile, p99 / longest; not answered", "≤ 100 ms; 0",
            f"{milliseconds(p99)} / {milliseconds(most)}; {failed}", p99 <= 0.1 and not failed),
        Row("another viewer's delay meanwhile, p99", "≤ 250 ms", milliseconds(late),
            late <= 0.25),
    ]  # fmt: skip


def _attack(port: int) -> None:
    os.nice(_NICENESS)
    allow_files(_SOCKETS)
    with Flood(port, _SOCKETS) as flood:
        flood.wait(_SECONDS)
        print(max(flood.lives, default=0.0), flood.still_open)


if __name__ == "__main__":
    _attack(int(sys.argv[1]))
