"""The real server, started for a measurement and ended after it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE_SECONDS = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Serving(NamedTuple):
    """A server that answers on a loopback port; `start_seconds` is how long that took."""

    port: int
    start_seconds: float
    process: "subprocess.Popen[str]"

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Returns the JSON answer to a request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_SECONDS)
        data = None if body is None else json.dumps(body)
        connection.request(method, path, data, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
        return json.loads(content) if content else None

    def train(self, recipe: dict[str, Any]) -> str:
        """Starts a run and waits until it trains; its id."""
        run_id: str = self.ask("POST", "/api/runs", recipe)["id"]
        self.wait(run_id, lambda run: run["status"] != "queued")
        return run_id

    def broadcast(self, rate: int, count: int, filters: int) -> dict[int, float]:
        """Has `bench.broadcasting` tell snapshots; when each was recorded, by its seq."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{rate} {count} {filters}\n")
        self.process.stdin.flush()
        sent = {}
        while (line := self.process.stdout.readline().split()) != ["done"]:
            sent[int(line[0])] = float(line[1])
        return sent

    def wait(self, run_id: str, until: Any) -> dict[str, Any]:
        """Waits for the run until `until(run)` is true, and returns it."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            run: dict[str, Any] = self.ask("GET", f"/api/runs/{run_id}")
            if until(run):
                return run
            time.sleep(0.02)
        raise TimeoutError(f"run {run_id} is still {run['status']} at step {run['step']}")


@contextlib.contextmanager
def serving(
    command: tuple[str, ...] = ("app", "serve"), folder: Path | None = None, **settings: str
) -> Iterator[Serving]:
    """Starts a server on `folder`, or on an empty one; `command` is what `python -m` runs.

    `settings` are variables of its environment.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="filterscope-bench-") as empty:
        variables = {"FILTERSCOPE_DATA": str(folder or empty), "FILTERSCOPE_PORT": str(port)}
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**os.environ, **variables, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _await_answer(port, process)
            yield Serving(port, time.perf_counter() - began, process)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def free_port() -> int:
    """Finds a port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def resident_bytes(pid: int) -> int:
    """Returns memory that a process holds in RAM, its children not counted."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def cpu_seconds(pid: int) -> float:
    """Returns processor time a process has used, its children not counted."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def family_cpu_seconds(pid: int) -> float:
    """Returns processor time that a process and those it has started have used; of threads and
    processes that are there.
    """
    told = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return cpu_seconds(pid) + sum(family_cpu_seconds(int(child)) for one in told for child in one)


def _await_answer(port: int, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
        with contextlib.closing(connection), contextlib.suppress(ConnectionError):
            connection.request("GET", "/")
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                return
        time.sleep(0.002)
    raise RuntimeError(f"the server didn't answer on port {port}")
