"""Ratios of step times: python -m bench.engine --pytorch PYTHON [NET ...]

PYTHON is the interpreter of an environment made from bench/requirements.txt. Every side runs in
a process of its own; they take turns, and each figure is the median over the rounds.
"""

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

from bench.engine.nets import NETS

PYTORCH = Path(__file__).resolve().parent / "pytorch.py"
# Ours pins BLAS to one thread by itself; PyTorch must be free to take its two.
PINNED = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in PINNED}
CONFIGURATIONS = [(threads, layout) for layout in ("default", "best") for threads in (1, 2)]


class Side:
    """One process that trains one network when asked."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
        )
        self._expect("ready")
        self.milliseconds: list[float] = []

    def run(self, steps: int) -> None:
        """Take one turn of so many steps."""
        assert self._process.stdin
        self._process.stdin.write(f"{steps}\n")
        self._process.stdin.flush()
        self.milliseconds.append(1000 * float(self._line()))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def median(self) -> float:
        """Milliseconds a step, over all turns."""
        return statistics.median(self.milliseconds)

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def _expect(self, line: str) -> None:
        if (said := self._line()) != line:
            raise RuntimeError(f"{self.name} said {said!r} in place of {line!r}")


def measure(net: str, pytorch: str, rounds: int, steps: int) -> dict[str, float]:
    """Milliseconds a step of every side, by name."""
    sides = [Side("ours", [sys.executable, "-m", "bench.engine.ours", net])]
    for threads, layout in CONFIGURATIONS:
        command = [pytorch, str(PYTORCH), net, str(threads), layout]
        sides.append(Side(f"pytorch {layout} ×{threads}", command))
    for _ in range(rounds):
        for side in sides:
            side.run(steps)
    for side in sides:
        side.close()
    return {side.name: side.median() for side in sides}


def main() -> None:
    """Print a row a network: our time, PyTorch's times, and how many times faster we are."""
    parser = argparse.ArgumentParser(description="Step times beside PyTorch's.")
    parser.add_argument("nets", nargs="*", default=list(NETS), choices=list(NETS), metavar="NET")
    parser.add_argument("--pytorch", required=True, help="the Python that has PyTorch")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--steps", type=int, default=30)
    arguments = parser.parse_args()
    for net in arguments.nets:
        times = measure(net, arguments.pytorch, arguments.rounds, arguments.steps)
        ours = times.pop("ours")
        best = min(times, key=times.__getitem__)
        default = min(time for name, time in times.items() if "default" in name)
        others = "  ".join(f"{name} {time:.2f}" for name, time in times.items())
        print(f"{net:18} ours {ours:6.2f} ms  {times[best] / ours:5.2f} × {best}")
        print(f"{'':18} {default / ours:5.2f} × the default; ms a step: {others}")


if __name__ == "__main__":
    main()
