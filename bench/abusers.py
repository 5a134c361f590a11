"""Twelve kinds of abuse, twenty seconds each: who else notices? python -m bench.abusers [NAME ...]

Beside each a container's health check is asked over and over, and somebody watches a run that tells
the time ten times a second.
"""

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from bench.attacks import ATTACKS
from bench.meanwhile import meanwhile
from bench.onlookers import ClockWatcher, probe
from bench.row import HEADING, Row, milliseconds, percentile
from bench.serving import ROOT, Serving, cpu_seconds, serving

SECONDS = 20.0
_BEFORE_SECONDS = 1.0
_LOOK_SECONDS = 3.0


class Budget(NamedTuple):
    """Seconds that others may wait meanwhile."""

    health_p99: float = 0.1
    health_most: float = 0.3
    viewer_p99: float = 0.25


class Noticed(NamedTuple):
    """What others noticed of abuse.

    Attributes:
        health: seconds that each health check took.
        viewer: seconds that each event was late.
        is_complete: whether the viewer got all events, in order.
        attempts: how often the abusers began.
        afterwards: the share of a core that the server took when they had left.
    """

    health: list[float]
    viewer: list[float]
    is_complete: bool
    attempts: int
    afterwards: float

    def holds(self, budget: Budget) -> bool:
        """Tells whether nobody waited longer."""
        return self.is_complete and (
            percentile(self.health, 99) < budget.health_p99
            and max(self.health) < budget.health_most
            and percentile(self.viewer, 99) < budget.viewer_p99
        )

    def __str__(self) -> str:
        health = f"{milliseconds(percentile(self.health, 99))} / {milliseconds(max(self.health))}"
        viewer = milliseconds(percentile(self.viewer, 99))
        return f"{health}; {viewer}; then {self.afterwards:.0%} CPU"


def measure() -> Iterator[Row]:
    """Measures all of them, one after the other, against one server."""
    yield from _rows(list(ATTACKS))


def noticed(
    server: Serving, name: str, seconds: float = SECONDS, look_seconds: float = _LOOK_SECONDS
) -> Noticed:
    """Tries one kind of abuse on a server of `bench.attacked`, and looks what it does then."""
    health: list[float] = []
    enough = threading.Event()
    viewer = ClockWatcher(server.port, enough)
    with meanwhile(enough, partial(probe, server.port, health, enough), viewer.watch):
        time.sleep(_BEFORE_SECONDS)
        with _telling_fast(server):
            command = [sys.executable, "-m", "bench.attacks", name, str(server.port), str(seconds)]
            told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    before = cpu_seconds(server.pid)
    time.sleep(look_seconds)
    afterwards = (cpu_seconds(server.pid) - before) / look_seconds
    return Noticed(health, viewer.late, viewer.is_complete, int(told.stdout), afterwards)


def _rows(names: list[str]) -> Iterator[Row]:
    with serving(("bench.attacked",)) as server:
        for name in names:
            found = noticed(server, name)
            yield Row(name, "100 / 300 ms; 250 ms", str(found), found.holds(Budget()))


@contextlib.contextmanager
def _telling_fast(server: Serving) -> Iterator[None]:
    _say(server, "fast")
    yield
    _say(server, "calm")


def _say(server: Serving, word: str) -> None:
    assert server.process.stdin
    server.process.stdin.write(f"{word}\n")
    server.process.stdin.flush()


if __name__ == "__main__":
    print(HEADING)
    for row in _rows(sys.argv[1:] or list(ATTACKS)):
        print(row, flush=True)
