"""A process that trains one network when asked, and what it said of that."""

import json
import os
import selectors
import statistics
import subprocess
import sys
from pathlib import Path

PYTORCH = Path(__file__).resolve().parent / "pytorch.py"
# Ours pins BLAS to one thread by itself; PyTorch must be free to take its two.
_PINNED = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in _PINNED}
Answer = dict[str, float]


class Silent(Exception):
    """A side ended or said nothing for too long."""


class Side:
    """One process; `answers` holds what each turn took, by action."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.answers: dict[str, list[Answer]] = {}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
            env=_ENVIRONMENT,
        )

    def wait_until_ready(self, seconds: float) -> None:
        """Returns once it has warmed up; Silent if that takes longer than so many seconds."""
        if (said := self._line(seconds)) != "ready":
            raise Silent(f"{self.name} said {said!r} in place of 'ready'")

    def turn(self, action: str, times: int, seconds: float = 120) -> Answer:
        """Lets it act so many times and remembers what that took."""
        assert self._process.stdin
        self._process.stdin.write(f"{action} {times}\n")
        answer: Answer = json.loads(self._line(seconds))
        self.answers.setdefault(action, []).append(answer)
        return answer

    def median(self, action: str, of: str) -> float:
        """Returns the median over all turns of one figure."""
        return statistics.median(answer[of] for answer in self.answers[action])

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.communicate()

    def _line(self, seconds: float) -> str:
        assert self._process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                raise Silent(f"{self.name} said nothing for {seconds:g} s")
        return self._process.stdout.readline().strip()


def our_side(net: str, threads: int) -> Side:
    """Starts the engine, training the named network."""
    command = [sys.executable, "-m", "bench.engine.ours", net, str(threads)]
    return Side(f"ours ×{threads}", command)


def pytorch_side(python: str, net: str, threads: int, configuration: str) -> Side:
    """Starts PyTorch in an interpreter of its own, training the same network."""
    command = [python, str(PYTORCH), net, str(threads), configuration]
    return Side(f"{configuration} ×{threads}", command)
