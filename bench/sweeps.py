"""A sweep of a thousand runs: what it costs to have it, to be asked of it, and to train it."""

import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, serving

_STEPS = 60
_AXES = [
    {"field": "optimizer.learning_rate", "values": [0.001 * n for n in range(1, 21)]},
    {"field": "layers.0.weight_decay", "values": [0.01 * n for n in range(10)]},
]
_BODY = {
    "base": {"preset": "mnist-strokes", "steps": _STEPS},
    "axes": _AXES,
    "seeds": [0, 1, 2, 3, 4],
}
_ALONE = 20
_TRAINED = 60
_REQUESTS = 50
_MEMORY_BYTES = 150 * 2**20


def measure() -> list[Row]:
    """Measures a sweep of 1,000 runs while it waits and trains, and runs started one by one."""
    with tempfile.TemporaryDirectory() as name, serving(folder=Path(name)) as server:
        alone = _alone(server)
        size_before = _size(Path(name))
        began = time.perf_counter()
        sweep = server.ask("POST", "/api/sweeps", _BODY)
        made = time.perf_counter() - began
        path = f"/api/sweeps/{sweep['id']}"
        each = _trained(server, path)
        size = (_size(Path(name)) - size_before) / _TRAINED
        rows = [
            Row("1,000 runs made as a sweep", "", milliseconds(made)),
            Row("… beside runs started by themselves", "", f"{each / alone:.2f} × the time"),
            Row("… runs an hour", "", f"{3600 / each:,.0f}"),
            Row("… kept of one of 60 steps", "", f"{size / 1024:,.0f} KiB"),
            _latency(server, "whole map", path),
            _latency(server, "what changed", f"{path}?since={sweep['revision'][:6]}-999999"),
            _latency(server, "strips of 200 cells", f"{path}/strips?share=0.5"),
            _memory(server),
        ]
        server.ask("PATCH", path, {"status": "stopped"})
        return rows


def _alone(server: Serving) -> float:
    """Returns the seconds of a run of many that are started one after another."""
    body = {"preset": "mnist-strokes", "steps": _STEPS}
    first = server.ask("POST", "/api/runs", body)["id"]
    server.wait(first, lambda run: run["status"] == "finished")
    began = time.perf_counter()
    ids = [server.ask("POST", "/api/runs", body | {"seed": n})["id"] for n in range(_ALONE)]
    server.wait(ids[-1], lambda run: run["status"] == "finished")
    return (time.perf_counter() - began) / _ALONE


def _trained(server: Serving, path: str) -> float:
    """Waits for some runs of the sweep; returns the seconds of one."""
    began = time.perf_counter()
    while server.ask("GET", path)["counts"].get("finished", 0) < _TRAINED:
        time.sleep(0.5)
    return (time.perf_counter() - began) / _TRAINED


def _latency(server: Serving, what: str, path: str) -> Row:
    """Asks again and again while the sweep trains."""
    connection = HTTPConnection("127.0.0.1", server.port)
    seconds, size = [], 0
    for _ in range(_REQUESTS):
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read())
        seconds.append(time.perf_counter() - began)
        assert answer.status == 200
    connection.close()
    shown = f"{milliseconds(percentile(seconds, 95))} ({size / 1024:,.0f} KiB)"
    return Row(f"… {what}, p95 while it trains", "", shown)


def _memory(server: Serving) -> Row:
    status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
    peak = 1024 * int(status.partition("VmHWM:")[2].split()[0])
    shown = f"{peak / 2**20:.0f} MiB"
    return Row("… server's memory at its peak", "≤ 150 MiB", shown, peak <= _MEMORY_BYTES)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("filterscope.sqlite3*"))
