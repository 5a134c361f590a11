"""Connections that never ask: the server sheds them, and nobody else notices."""

import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.reliability.flood import Flood, HealthWatch
from tests.reliability.scale import tries
from tests.running_server import CHECKOUT, RunningServer
from tests.web.sse import events_in

FILES = tries(1024, 4096)
CLOSED_WITHIN_SECONDS = 15
PATIENCE_SECONDS = 60  # opening all of them takes its time too
LOG_BYTES = 10_000


class _Viewer:
    """Follows a run over one connection, which must not break; `seqs` are those it got."""

    def __init__(self, server: RunningServer, run_id: str) -> None:
        self.seqs: list[int] = []
        self.end = "it goes on"
        self._server = server
        self._path = f"/api/runs/{run_id}/events"
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        try:
            with self._server.client.stream("GET", self._path) as answer:
                self.seqs += (event.seq for event in events_in(answer.iter_lines()))
            self.end = "the server ended it"
        except httpx.TransportError as problem:
            self.end = str(problem)


def _limited(log: Path, files: int = FILES) -> tuple[str, ...]:
    """The checkout's command, with few files to open and its log in a file."""
    return ("bash", "-c", f'ulimit -n {files}; exec "$@" 2>>"$0"', str(log), *CHECKOUT)


def _start(server: RunningServer, **recipe: Any) -> str:
    answer = server.client.post("/api/runs", json={"preset": "mnist-strokes", **recipe})
    assert answer.status_code == 201, answer.text
    run_id: str = answer.json()["id"]
    return run_id


@pytest.mark.slow
def test_three_times_as_many_sockets_as_there_are_files_disturb_nobody(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with RunningServer(tmp_path / "data", command=_limited(log), FILTERSCOPE_RUNS="1") as server:
        port = httpx.URL(server.url).port
        assert port is not None
        run_id = _start(server, steps=1_000_000)
        viewer = _Viewer(server, run_id)
        said = log.stat().st_size
        with HealthWatch(port) as health, Flood(port, 3 * FILES) as flood:
            flood.wait(PATIENCE_SECONDS)
            assert (flood.opened, flood.still_open) == (3 * FILES, 0)
            assert max(flood.lives) < CLOSED_WITHIN_SECONDS
            told = len(viewer.seqs)
        assert any(b'"too_slow"' in answer for answer in flood.heard)
        assert {look.status for look in health.looks} == {200}
        assert log.stat().st_size - said < LOG_BYTES
        assert viewer.end == "it goes on"
        assert viewer.seqs == list(range(1, len(viewer.seqs) + 1))
        assert told > 0
        assert server.client.get(f"/api/runs/{run_id}").json()["status"] == "running"
        stopped = server.client.patch(f"/api/runs/{run_id}", json={"status": "stopped"})
        assert stopped.json()["status"] == "stopped"
        _finishes(server, _start(server, steps=3))


def _finishes(server: RunningServer, run_id: str) -> None:
    with server.client.stream("GET", f"/api/runs/{run_id}/events") as answer:
        assert list(events_in(answer.iter_lines()))[-1].kind == "run_finished"
