"""A sweep on a Dask cluster of this machine, beside the same one on the server's own workers."""

import contextlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw

from bench.row import Row
from bench.serving import ROOT, Serving, free_port, serving

_WORKERS = 2
_STEPS = 300
_BODY: dict[str, Any] = {
    "axes": [
        {"field": "optimizer.learning_rate", "values": [0.003, 0.01, 0.02, 0.03, 0.05]},
        {"field": "layers.0.weight_decay", "values": [0, 0.02, 0.05]},
    ],
}
_SEEDS = (0, 1, 2)  # each trained here and there in turn, so that a busy while costs both
_PATIENCE_SECONDS = 900.0
_ARRAYS = """
    SELECT r.recipe ->> 'seed', r.place, a.seq, a.name, a.sha256
    FROM arrays a JOIN runs r ON r.number = a.run
"""


def measure() -> list[Row]:
    """Trains both in turns, two runs at a time; says how much longer the cluster takes."""
    if importlib.util.find_spec("distributed") is None:
        return [Row("a sweep on a cluster", "", "not measured: no Dask here")]
    with tempfile.TemporaryDirectory() as name:
        own, remote = Path(name) / "own", Path(name) / "remote"
        port = free_port()
        with (
            _cluster(port, Path(name) / "workers"),
            serving(folder=own, FILTERSCOPE_RUNS=str(_WORKERS)) as near,
            serving(folder=remote, FILTERSCOPE_SCHEDULER=f"tcp://127.0.0.1:{port}") as far,
        ):
            for server in (near, far):  # until all processes are there
                _seconds(server, [max(_SEEDS) + 1], steps=100)
            turns = [(_seconds(near, [seed]), _seconds(far, [seed])) for seed in _SEEDS]
        kept, again = _arrays(own), _arrays(remote)
    alike = f"{len(kept & again):,} of {len(kept):,}"
    here, there = (sum(column) for column in zip(*turns, strict=True))
    each = ", ".join(f"{far / near:.2f}" for near, far in turns)
    return [
        Row(
            "a sweep on a cluster of this machine",
            "≤ 1.15 ×",
            f"{there / here:.2f} × ({there:.1f} s, not {here:.1f} s; in turns {each})",
            there <= 1.15 * here,
        ),
        Row("… arrays that are the same to the byte", "all", alike, kept == again),
    ]


def _seconds(server: Serving, seeds: list[int], steps: int = _STEPS) -> float:
    """Trains the map with these seeds; returns how long that took."""
    body = {**_BODY, "base": {"preset": "mnist-strokes", "steps": steps}, "seeds": seeds}
    began = time.perf_counter()
    sweep = server.ask("POST", "/api/sweeps", body)
    _await(server, f"/api/sweeps/{sweep['id']}", sweep["runs"])
    return time.perf_counter() - began


def _await(server: Serving, path: str, finished: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (counts := server.ask("GET", path)["counts"]).get("finished", 0) < finished:
        if time.monotonic() > deadline or "failed" in counts:
            raise RuntimeError(f"the sweep stands at {counts}")
        time.sleep(0.1)


def _arrays(folder: Path) -> set[tuple[Any, ...]]:
    path = str(folder / "filterscope.sqlite3")
    connection = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READONLY)
    with contextlib.closing(connection):
        return {tuple(row) for row in connection.execute(_ARRAYS)}


@contextlib.contextmanager
def _cluster(port: int, data: Path) -> Iterator[None]:
    quiet = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error", "FILTERSCOPE_DATA": str(data)}
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    workers = ("worker", f"tcp://127.0.0.1:{port}", "--nworkers", str(_WORKERS))
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments], cwd=ROOT, env={**os.environ, **quiet}
        )
        for arguments in (scheduler, (*workers, "--nthreads", "1", "--no-dashboard"))
    ]
    try:
        yield
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(20)
