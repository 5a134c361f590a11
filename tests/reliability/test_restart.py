"""Orderly ends, and what becomes of runs at the next start."""

import contextlib
import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app.store import Reading
from app.training.checkpoint import unpack
from tests.processes import wait_until_gone, workers_of
from tests.reliability.scale import IS_FULL
from tests.reliability.small import small_recipe
from tests.reliability.watcher import Watcher
from tests.running_server import RunningServer

SHUTDOWN_SECONDS = 5
PATIENCE_SECONDS = 90
NAME = "filterscope.sqlite3"


def start(server: RunningServer, steps: int = 100_000) -> str:
    body = small_recipe(steps=steps).model_dump(exclude_none=True)
    run_id: str = server.client.post("/api/runs", json=body).json()["id"]
    return run_id


def wait_for_step(server: RunningServer, run_id: str, step: int) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (run := server.client.get(f"/api/runs/{run_id}").json())["step"] < step:
        assert time.monotonic() < deadline, run
        time.sleep(0.02)
    found: dict[str, Any] = run
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="finds workers through /proc")
def test_one_sigterm_ends_everything_in_time_with_each_run_at_a_checkpoint(tmp_path: Path) -> None:
    with RunningServer(tmp_path, FILTERSCOPE_RUNS="2") as server:
        runs = [start(server) for _ in range(2)]
        watchers = [Watcher(run_id, lambda: server.url) for run_id in runs for _ in range(10)]
        for run_id in runs:
            wait_for_step(server, run_id, 20)
        workers = workers_of(server.process.pid)
        assert len(workers) >= 2
        began = time.monotonic()
        server.stop(signal.SIGTERM)
        took = time.monotonic() - began
        for watcher in watchers:
            watcher.leave()
    if IS_FULL:  # where nothing else keeps the machine busy
        assert took < SHUTDOWN_SECONDS
    wait_until_gone(workers)
    with Reading.beside(tmp_path / NAME) as reading:
        for run_id in runs:
            past = reading.past(run_id)
            assert past is not None
            assert past.checkpoint is not None
            assert past.checkpoint_seq >= past.kept[-1].seq
            assert unpack(past.checkpoint).values["step"] >= past.step


def test_who_chose_to_wait_says_when_a_run_goes_on(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        run_id = start(server)
        wait_for_step(server, run_id, 20)
    with RunningServer(tmp_path, FILTERSCOPE_RESUME="wait") as server:
        path = f"/api/runs/{run_id}"
        before = server.client.get(path).json()
        assert before["status"] == "interrupted"
        refused = server.client.patch(path, json={"advance": 3})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_possible")
        assert server.client.patch(path, json={"status": "running"}).status_code == 200
        after = wait_for_step(server, run_id, before["step"] + 10)
        assert after["status"] == "running"
        assert server.client.patch(path, json={"status": "stopped"}).json()["status"] == "stopped"
    with RunningServer(tmp_path) as server:
        assert server.client.get(path).json()["status"] == "stopped", "what is over stays over"


def test_a_viewer_who_comes_back_sees_the_restart_and_then_what_follows(tmp_path: Path) -> None:
    total = 20_000  # seconds of training: it must not be over before the server is killed
    with RunningServer(tmp_path) as server:
        run_id = start(server, steps=total)
        wait_for_step(server, run_id, 20)
        server.process.kill()
        server.process.wait()
    with RunningServer(tmp_path) as server, contextlib.closing(server.client):
        watcher = Watcher(run_id, lambda: server.url)
        wait_for_step(server, run_id, total)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not watcher.is_over:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert [seq for seq, _, _ in watcher.seen] == list(range(1, len(watcher.seen) + 1))
    changes = [data for _, kind, data in watcher.seen if kind == "status_changed"]
    assert [(data["status"], data.get("cause")) for data in changes] == [
        ("interrupted", None),
        ("queued", "restart"),
        ("running", "restart"),
    ]
    steps = [step for _, kind, data in watcher.seen if kind == "steps" for step in data["step"]]
    assert steps == list(range(1, total + 1)), json.dumps(changes)
