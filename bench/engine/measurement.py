"""One network on all sides, which take turns; and one with both cores busy elsewhere."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.engine.nets import NETS
from bench.engine.side import Side, Silent, our_side, pytorch_side

THREADS = (1, 2)
# Compiling may take minutes; a side that isn't ready by then is left out, and said to be.
_READY_SECONDS = 240.0
_FEWEST_ROUNDS = 3


@dataclass(frozen=True)
class Measurement:
    """All sides of one network, closed, and those that were left out."""

    net: str
    ours: Sequence[Side]
    theirs: Sequence[Side]
    left_out: Sequence[str]

    def best(self, of: str, threads: Sequence[int] = THREADS, action: str = "step") -> Side:
        """Returns PyTorch's best configuration with one of these numbers of threads."""
        return min(self._with(threads), key=lambda side: side.median(action, of))

    def default(self, of: str, threads: Sequence[int] = THREADS) -> float:
        """Returns PyTorch's figure as it comes."""
        sides = [side for side in self._with(threads) if side.name.startswith("default")]
        return min(side.median("step", of) for side in sides)

    def peak_share(self) -> float:
        """Operations of a step by the equations, as a share of what sgemm does in that time."""
        one = self.ours[0]
        rate = NETS[self.net].operations() / one.median("step", "processor")
        return rate / (2 * 1024**3 / one.median("multiply", "processor"))

    def _with(self, threads: Sequence[int]) -> list[Side]:
        ends = tuple(f"×{count}" for count in threads)
        return [side for side in self.theirs if side.name.endswith(ends)]


def measure(
    net: str, pytorch: str, configurations: Sequence[str], seconds: float, predicts: bool
) -> Measurement:
    """Rounds of turns until so many seconds have passed, three at least."""
    ours: list[Side] = []
    theirs: list[Side] = []
    left_out = []
    try:
        for threads in THREADS:
            _add(ours, our_side(net, threads))
        for configuration in configurations:
            for threads in THREADS:
                try:
                    _add(theirs, pytorch_side(pytorch, net, threads, configuration))
                except Silent as silence:
                    theirs.pop().close()
                    left_out.append(str(silence))
        _take_turns([*ours, *theirs], seconds)
        for _ in range(_FEWEST_ROUNDS if predicts else 0):
            for side in [*ours, *theirs]:
                side.turn("predict", 3)
    finally:
        for side in [*ours, *theirs]:
            side.close()
    return Measurement(net, ours, theirs, left_out)


def measure_busy(net: str, pytorch: str, seconds: float) -> list[tuple[str, float, float]]:
    """Measures milliseconds a step, ours and PyTorch's, quiet and with both cores busy elsewhere.

    Means: on busy cores some steps are interrupted for longer than others take.
    """
    sides: list[Side] = []
    try:
        _add(sides, our_side(net, 2))
        for threads in THREADS:
            _add(sides, pytorch_side(pytorch, net, threads, "best"))
        _take_turns(sides, seconds)
        quiet = [side.median("step", "mean") for side in sides]
        for side in sides:
            side.answers.clear()
        with _busy_cores(2):
            _take_turns(sides, seconds)
        busy = [side.median("step", "mean") for side in sides]
    finally:
        for side in sides:
            side.close()
    names = ["ours", *(f"PyTorch ×{count}" for count in THREADS)]
    return list(zip(names, quiet, busy, strict=True))


def _add(sides: list[Side], side: Side) -> None:
    """Adds a side once it is ready: beside others that start it would meet a busy machine.

    Raises:
        Silent: it isn't ready in time; it is among the sides all the same, to be closed.
    """
    sides.append(side)
    side.wait_until_ready(_READY_SECONDS)


def _take_turns(sides: Sequence[Side], seconds: float) -> None:
    """Warms each side up on its own, as it may have begun beside others that were starting."""
    steps = {}
    for side in sides:
        a_second = max(5, int(1000 / side.turn("step", 5)["elapsed"]))
        steps[side.name] = max(2, int(250 / side.turn("step", a_second)["elapsed"]))
    for side in sides:
        side.answers.clear()
    start, rounds = time.monotonic(), 0
    while rounds < _FEWEST_ROUNDS or time.monotonic() - start < seconds:
        for side in sides:
            side.turn("step", steps[side.name])
            if side.name == "ours ×1":
                side.turn("multiply", 3)
        rounds += 1


@contextmanager
def _busy_cores(count: int) -> Iterator[None]:
    command = [sys.executable, "-c", "while True: pass"]
    processes = [subprocess.Popen(command) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()
