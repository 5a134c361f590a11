"""Twelve kinds of abuse, twenty seconds each: who else notices? python -m bench.abusers [NAME ...]

Beside each a container's health check is asked over and over, and somebody watches a run that tells
the time ten times a second.
"""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import NamedTuple

from bench.attacked import WATCHED_RUN
from bench.attacks import ATTACKS, head
from bench.row import HEADING, Row, milliseconds, percentile
from bench.serving import ROOT, Serving, cpu_seconds, serving

SECONDS = 20.0
_BEFORE_SECONDS = 1.0
_PAUSE_SECONDS = 0.05
_LOOK_SECONDS = 5.0
_MARK = b'"loss":['


class Budget(NamedTuple):
    """Seconds that others may wait meanwhile."""

    health_p99: float = 0.1
    health_most: float = 0.3
    viewer_p99: float = 0.25


class Noticed(NamedTuple):
    """How long others waited in seconds; attempts; and the server's cores once the abusers left."""

    health: list[float]
    viewer: list[float]
    attempts: int
    afterwards: float

    def holds(self, budget: Budget) -> bool:
        """Tells whether nobody waited longer."""
        return (
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


def noticed(server: Serving, name: str, seconds: float = SECONDS) -> Noticed:
    """Tries one kind of abuse on a server of `bench.attacked`."""
    health: list[float] = []
    viewer: list[float] = []
    enough = threading.Event()
    looking = [
        threading.Thread(target=_probe, args=(server.port, health, enough)),
        threading.Thread(target=watch, args=(server.port, viewer, enough)),
    ]
    for thread in looking:
        thread.start()
    time.sleep(_BEFORE_SECONDS)
    with _telling_fast(server):
        command = [sys.executable, "-m", "bench.attacks", name, str(server.port), str(seconds)]
        told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    enough.set()
    for thread in looking:
        thread.join()
    before = cpu_seconds(server.pid)
    time.sleep(_LOOK_SECONDS)
    afterwards = (cpu_seconds(server.pid) - before) / _LOOK_SECONDS
    return Noticed(health, viewer, int(told.stdout), afterwards)


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


def _probe(port: int, seconds: list[float], enough: threading.Event) -> None:
    """Asks /healthz over a kept connection; one that was cut is made anew."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while not enough.wait(_PAUSE_SECONDS):
        began = time.perf_counter()
        with _made_anew(connection):
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        seconds.append(time.perf_counter() - began)
    connection.close()


@contextlib.contextmanager
def _made_anew(connection: HTTPConnection) -> Iterator[None]:
    try:
        yield
    except (ConnectionError, TimeoutError):
        connection.close()


def watch(port: int, late: list[float], enough: threading.Event) -> None:
    """Notes how late each event of the watched run is; reading goes on until the last is there."""
    with socket.create_connection(("127.0.0.1", port)) as watching:
        watching.settimeout(60)
        watching.sendall(head("GET", f"/api/runs/{WATCHED_RUN}/events?after=1"))
        tail = b""
        began = time.time()
        while not enough.is_set() and (data := watching.recv(1 << 16)):
            now, tail = time.time(), tail + data
            *told, tail = tail.split(b"\n\n")
            for event in told:
                _, is_steps, loss = event.partition(_MARK)
                if is_steps and (at := float(loss.partition(b"]")[0])) > began:
                    late.append(now - at)


if __name__ == "__main__":
    print(HEADING)
    for row in _rows(sys.argv[1:] or list(ATTACKS)):
        print(row, flush=True)
