"""What counts as work: not the time for which a process was stopped."""

import os
import signal
import subprocess
import sys
import time

import pytest

from app.workers.stopwatch import Stopwatch

_WORKER = """
import sys
from app.workers.stopwatch import Stopwatch
watch = Stopwatch()
with watch.running():
    print("begun", flush=True)
    sum(range(3_000_000))
    sys.stdin.readline()
print(watch.seconds)
"""


@pytest.mark.parametrize(
    ("passed", "worked", "counted"),
    [(0.8, 0.0, 0.8), (40.0, 0.02, 0.02), (40.0, 30.0, 40.0), (2.0, 0.3, 2.0), (2.0, 6.0, 2.0)],
)
def test_a_long_stretch_without_the_processor_is_no_work(
    passed: float, worked: float, counted: float
) -> None:
    times, had = iter([5.0, 5.0 + passed]), iter([1.0, 1.0 + worked])
    watch = Stopwatch(lambda: next(times), lambda: next(had))
    with watch.running():
        pass
    assert watch.seconds == pytest.approx(counted)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing can be stopped")
def test_a_process_that_is_stopped_does_not_work() -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", _WORKER], stdin=pipe, stdout=pipe, text=True
    ) as worker:
        assert worker.stdin
        assert worker.stdout
        assert worker.stdout.readline() == "begun\n"
        os.kill(worker.pid, signal.SIGSTOP)
        time.sleep(1.5)  # for which it is stopped
        os.kill(worker.pid, signal.SIGCONT)
        told, _ = worker.communicate("go on\n", timeout=30)
    assert float(told) < 1.2
