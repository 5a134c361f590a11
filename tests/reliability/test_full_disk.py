"""The real server on a disk that fills up: it waits, says so, and goes on."""

import resource
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.ledger import assert_sound
from tests.reliability.small import small_recipe
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits a running process")

NAME = "filterscope.sqlite3"


def limit_files(server: RunningServer, size: int) -> None:
    """From here on the server can write no file beyond `size` bytes, as on a full disk."""
    _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, hard))


def test_a_disk_that_fills_up_pauses_runs_and_loses_nothing(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        body = small_recipe(steps=3000).model_dump(exclude_none=True)
        path = f"/api/runs/{server.client.post('/api/runs', json=body).json()['id']}"

        def run() -> dict[str, Any]:
            answer: dict[str, Any] = server.client.get(path).json()
            return answer

        def disk() -> object:
            return server.client.get("/healthz").json()["disk"]

        wait_until(lambda: run()["step"] > 10, "it never trained")
        limit_files(server, 4096)
        wait_until(lambda: disk() == "full", "nobody noticed")
        stuck_at = run()["last_seq"]
        refused = server.client.post("/api/runs", json=body)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "disk_full")
        assert server.client.patch(path, json={"status": "running"}).status_code in (409, 503)
        assert run()["last_seq"] == stuck_at
        limit_files(server, resource.RLIM_INFINITY)
        wait_until(lambda: disk() == "ok", "nobody noticed that there is room again")
        wait_until(lambda: run()["status"] == "finished", "it never went on")
        told = server.client.get(f"{path}/metrics").json()
        assert told["step"] == list(range(1, 3001))
    assert_sound(tmp_path / NAME)


def test_a_server_killed_on_a_full_disk_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        body = small_recipe(steps=3000).model_dump(exclude_none=True)
        path = f"/api/runs/{server.client.post('/api/runs', json=body).json()['id']}"
        wait_until(lambda: bool(server.client.get(path).json()["step"] > 10), "it never trained")
        limit_files(server, 4096)
        wait_until(lambda: server.client.get("/healthz").json()["disk"] == "full", "not noticed")
        server.process.kill()
        server.process.wait()
    with RunningServer(tmp_path) as server:
        wait_until(
            lambda: bool(server.client.get(path).json()["status"] == "finished"), "it never ended"
        )
        assert server.client.get(f"{path}/metrics").json()["step"] == list(range(1, 3001))
    assert_sound(tmp_path / NAME)
