"""Sweeps of a thousand runs, trained to their end, and of two thousand, looked at as a map."""

import json
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.browser import opened_page, wait_until
from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, serving

_STEPS = 60
_AXES = [
    {"field": "optimizer.learning_rate", "values": [0.001 * n for n in range(1, 21)]},
    {"field": "layers.0.weight_decay", "values": [0.01 * n for n in range(10)]},
]
_BASE = {"preset": "mnist-strokes", "steps": _STEPS, "batch_size": 16}
_BODY = {"base": _BASE, "axes": _AXES, "seeds": [0, 1, 2, 3, 4]}
_MOST = {**_BODY, "seeds": list(range(10))}
_ALONE = 20
_REQUESTS = 60
_FOLLOWED_EVERY_SECONDS = 1.0
_AT_MOST_SECONDS = 400.0
_MEMORY_BYTES = 150 * 2**20


def measure() -> Iterator[Row]:
    """Trains a sweep of 1,000 runs while it is followed as by a page, then asks for all of it, and
    for one of 2,000.
    """
    with tempfile.TemporaryDirectory() as name, serving(folder=Path(name)) as server:
        alone = _alone(server)
        before = _size(Path(name))
        began = time.perf_counter()
        sweep = server.ask("POST", "/api/sweeps", _BODY)
        yield Row("1,000 runs made as a sweep", "", milliseconds(time.perf_counter() - began))
        path, table = f"/api/sweeps/{sweep['id']}", f"/api/runs?limit=50&sweep={sweep['id']}"
        done, seconds, followed, listed = _trained(server, path, table)
        each = seconds / done
        yield Row("… trained to their end", "", f"{done:,} in {seconds:,.0f} s")
        yield Row("… beside runs started by themselves", "", f"{each / alone:.2f} × the time")
        yield Row("… runs an hour", "", f"{3600 / each:,.0f}")
        kept = (_size(Path(name)) - before) / done
        yield Row("… kept of one of 60 steps", "", f"{kept / 1024:,.0f} KiB")
        yield Row("… what changed in a second, while it trains", "", _spread(followed))
        yield Row("… 50 rows of the table, while it trains", "", _spread(listed))
        yield _memory(server, "… server's memory at its peak until then")
        if done < sweep["runs"]:
            server.ask("PATCH", path, {"status": "stopped"})
        yield from _asked_for(server, path, table)
        yield from _largest(server)
        yield _memory(server, "server's memory at its peak, after all of that")


def _asked_for(server: Serving, path: str, table: str) -> Iterator[Row]:
    yield _latency(server, "… whole map, trained", path)
    yield _latency(server, "… strips of its 200 cells", f"{path}/strips?share=0.5", 20)
    yield _latency(server, "… 50 rows of the table", table)


def _largest(server: Serving) -> Iterator[Row]:
    """Measures the map of as many runs as a sweep may have, none of which has begun."""
    sweep = server.ask("POST", "/api/sweeps", _MOST)
    path = f"/api/sweeps/{sweep['id']}"
    server.ask("PATCH", path, {"status": "paused"})
    yield _latency(server, "2,000 runs: whole map", path)
    yield _latency(server, "… what changed", f"{path}?since={sweep['revision'][:6]}-999999")
    with opened_page() as page:
        began = time.perf_counter()
        page.goto(f"{server.url}/?view=map&sweep={sweep['id']}")
        wait_until(page, "document.querySelectorAll('.map-cell').length === 200")
        yield Row("… its page, until all cells are there", "", _seconds(began))
    server.ask("PATCH", path, {"status": "stopped"})


def _alone(server: Serving) -> float:
    """Returns the seconds of a run of many that are started one after another."""
    first = server.ask("POST", "/api/runs", _BASE)["id"]
    server.wait(first, lambda run: run["status"] == "finished")
    began = time.perf_counter()
    ids = [server.ask("POST", "/api/runs", _BASE | {"seed": n})["id"] for n in range(_ALONE)]
    server.wait(ids[-1], lambda run: run["status"] == "finished")
    return (time.perf_counter() - began) / _ALONE


def _trained(server: Serving, path: str, table: str) -> tuple[int, float, list[float], list[float]]:
    """Follows the sweep to its end, or for so long; returns how many runs ended, in how many
    seconds, and those of each question for what changed and for a page of the table.
    """
    connection = HTTPConnection("127.0.0.1", server.port)
    began = time.perf_counter()
    followed, listed = [], []
    revision, done, runs = "", 0, 1
    while done < runs and time.perf_counter() - began < _AT_MOST_SECONDS:
        time.sleep(_FOLLOWED_EVERY_SECONDS)
        seconds, told = _asked(connection, f"{path}?since={revision}")
        followed.append(seconds)
        listed.append(_asked(connection, table)[0])
        counts = told["counts"]
        revision, runs = told["revision"], told["runs"]
        done = counts.get("finished", 0) + counts.get("failed", 0)
    connection.close()
    return done, time.perf_counter() - began, followed, listed


def _asked(connection: HTTPConnection, path: str) -> tuple[float, Any]:
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read()
    seconds = time.perf_counter() - began
    assert answer.status == 200
    return seconds, json.loads(content)


def _latency(server: Serving, what: str, path: str, times: int = _REQUESTS) -> Row:
    connection = HTTPConnection("127.0.0.1", server.port)
    seconds = [_asked(connection, path)[0] for _ in range(times)]
    connection.close()
    return Row(what, "", _spread(seconds))


def _spread(seconds: list[float]) -> str:
    p50, p95, p99 = (milliseconds(percentile(seconds, share)) for share in (50, 95, 99))
    return f"{p50}, p95 {p95}, p99 {p99}"


def _seconds(began: float) -> str:
    return milliseconds(time.perf_counter() - began)


def _memory(server: Serving, what: str) -> Row:
    status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
    peak = 1024 * int(status.partition("VmHWM:")[2].split()[0])
    shown = f"{peak / 2**20:.0f} MiB"
    return Row(what, "≤ 150 MiB", shown, peak <= _MEMORY_BYTES)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("filterscope.sqlite3*"))
