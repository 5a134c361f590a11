"""A process that trains one network when asked, and what it said of that."""

import json
import os
import selectors
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.engine.variants import allocators

PYTORCH = Path(__file__).resolve().parent / "pytorch.py"
# Ours pins BLAS to one thread by itself; PyTorch must be free to take its two.
_PINNED = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in _PINNED}
Answer = dict[str, float]


class Silent(Exception):
    """A side ended or said nothing for too long."""


class Found(NamedTuple):
    """PyTorch's fastest variant, and the images at a time that it names most quickly."""

    variant: str
    chunk: int


class Side:
    """One process; `answers` holds what each turn took, by action. Its name ends in ×threads."""

    def __init__(self, name: str, command: list[str], **environment: str) -> None:
        self.name = name
        self.threads = int(name.rpartition("×")[2])
        self.answers: dict[str, list[Answer]] = {}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
            env={**_ENVIRONMENT, **environment},
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

    def least(self, action: str) -> float:
        """Returns the quickest of all, in milliseconds."""
        return min(answer["least"] for answer in self.answers[action])

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


def our_side(net: str, threads: int, kernels: str = "") -> Side:
    """Starts the engine, training the named network, with its best kernels or the named ones."""
    command = [sys.executable, "-m", "bench.engine.ours", net, str(threads)]
    name = f"ours {kernels or 'best'} ×{threads}"
    return Side(name, command, FILTERSCOPE_KERNELS=kernels)


class PyTorch(NamedTuple):
    """An interpreter with PyTorch, and the network that it is to train."""

    python: str
    net: str
    tried: Sequence[str] = tuple(allocators())

    def side(
        self, threads: int, way: str, variant: str, chunk: int, allocator: str = "malloc"
    ) -> Side:
        """Starts PyTorch in an interpreter of its own, training the same network."""
        name = f"{way} {variant} {allocator} ×{2 if way == 'pair' else threads}"
        environment = allocators()[allocator]
        return Side(name, self._command(threads, way, variant, chunk), **environment)

    def search(self, threads: int, allocator: str) -> Found:
        """Has PyTorch find its fastest variant with so many threads."""
        said = subprocess.run(
            self._command(threads, "search", "", 0),
            env={**_ENVIRONMENT, **allocators()[allocator]},
            capture_output=True,
            check=True,
        )
        found = json.loads(said.stdout)
        return Found(found["variants"][0], found["chunk"])

    def _command(self, threads: int, way: str, variant: str, chunk: int) -> list[str]:
        return [self.python, str(PYTORCH), self.net, str(threads), way, variant, str(chunk)]
