"""A training that is watched, timed: python -m bench.watched_training MOOD STEPS PRODUCTS KERNELS

It tells the mood to a server of its own, trains alone and watched, and prints what that took as
JSON: seconds in all, within `step`, of the sender's processor, in `close`; bytes that waited at
most and by how many the process grew; whether the losses are the same to the bit.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from app import watch
from app.client.run import WatchedRun
from tests.client.training import Training

_SIDE = 256  # of the matrices whose product makes the time pass
_PEAK_UNIT = 1024


class MoodyServer:
    """The server, in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.moody_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._line()

    def be(self, mood: str) -> None:
        """Changes its mood, and waits until it has it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{mood}\n")
        self._process.stdin.flush()
        self._line()

    def end(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def train(steps: int, products: int, run: Any = None, at: Any = None) -> tuple[list[bytes], float]:
    """Trains, and gives its losses' bytes and the seconds spent telling of it.

    Args:
        products: of matrices, in each step.
        at: called with each step before it.
    """
    training, matrix = Training(), np.full((_SIDE, _SIDE), 1e-3, "f4")
    losses, telling = [], 0.0
    for step in range(steps):
        if at is not None:
            at(step)
        for _ in range(products):
            matrix @ matrix
        if run is not None:
            began = time.perf_counter()
            run.step(training.kernels, step=step, loss=training.losses[-1])
            telling += time.perf_counter() - began
        losses.append(training.losses[-1].tobytes())
        training.update()
    return losses, telling


def watched(mood: str, steps: int, products: int) -> dict[str, Any]:
    """Trains alone, then watched by a server in that mood."""
    alone, _ = train(steps, products)
    server = MoodyServer()

    def at(step: int) -> None:
        if step == steps // 10 and mood not in ("well", "never there"):
            server.be("dead" if mood == "away and back" else mood)
        if step == steps * 6 // 10 and mood == "away and back":
            server.be("back")

    if mood == "never there":
        server.be("dead")
    run = watch(to=server.url, name="bench")
    assert isinstance(run, WatchedRun)
    clock = time.pthread_getcpuclockid(run._sender.ident or 0)
    began = time.perf_counter()
    losses, telling = train(steps, products, run, at)
    seconds = time.perf_counter() - began
    sending = time.clock_gettime(clock)
    began = time.perf_counter()
    run.close()
    closing = time.perf_counter() - began
    server.end()
    return {
        "seconds": seconds,
        "telling": telling,
        "sending": sending,
        "closing": closing,
        "is_same": losses == alone,
    }


def held_back(snapshots: int) -> dict[str, Any]:
    """Makes large snapshots for a server that hangs, and says what waits and what that takes."""
    server = MoodyServer()
    run = watch(to=server.url, name="bench")
    assert isinstance(run, WatchedRun)
    kernel = np.ones((7, 7, 64, 256), "f4")
    run.step(kernel, step=0)
    server.be("hung")
    before, most = _peak(), 0
    for step in range(1, snapshots):
        run.step(kernel, step=step, last=True)
        most = max(most, run._waiting.nbytes)
    grown = _peak() - before
    run.close()
    server.end()
    return {"most": most, "grown": grown, "one": kernel.nbytes}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _PEAK_UNIT


if __name__ == "__main__":
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - what changes isn't said here
    asked, *numbers = sys.argv[1:]
    root = Path.cwd()
    os.environ["PYTHONPATH"] = str(root)
    with tempfile.TemporaryDirectory() as there:
        os.chdir(there)
        told = (
            held_back(*map(int, numbers))
            if asked == "held back"
            else watched(asked, *map(int, numbers))
        )
        os.chdir(root)
    print(json.dumps(told))
