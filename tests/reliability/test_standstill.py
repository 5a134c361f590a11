"""What goes wrong around a server ends one run at most; the next one trains, and health tells."""

import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

import apsw
import pytest

from tests.processes import wait_until_gone, workers_of
from tests.reliability.small import small_recipe
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits a running process")

NAME = "filterscope.sqlite3"
AWAY_SECONDS = 4
NEXT_SECONDS = 60  # on cores that others use; alone it takes one or two


class Runs:
    """Runs of a server, by their ids."""

    def __init__(self, server: RunningServer) -> None:
        self._client = server.client

    def start(self, steps: int) -> str:
        """Starts one that has begun to train when this returns."""
        body = small_recipe(steps=steps).model_dump(exclude_none=True)
        started = self._client.post("/api/runs", json=body)
        assert started.status_code == 201, started.text
        return str(started.json()["id"])

    def of(self, run_id: str) -> dict[str, Any]:
        run: dict[str, Any] = self._client.get(f"/api/runs/{run_id}").json()
        return run

    def await_step(self, run_id: str, step: int) -> None:
        wait_until(
            lambda: bool(self.of(run_id)["step"] > step), f"{run_id} stands still", NEXT_SECONDS
        )

    def await_end(self, run_id: str) -> dict[str, Any]:
        over = ("finished", "stopped", "failed")
        wait_until(lambda: self.of(run_id)["status"] in over, f"{run_id} never ends", NEXT_SECONDS)
        return self.of(run_id)

    def assert_next_one_trains(self) -> None:
        assert self.await_end(self.start(20))["status"] == "finished"
        assert self._client.get("/healthz").status_code == 200


def test_a_data_folder_that_goes_away_for_a_while_costs_no_more_than_a_run(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    with RunningServer(folder) as server:
        runs = Runs(server)
        run_id = runs.start(100_000)
        runs.await_step(run_id, 10)
        folder.rename(elsewhere)
        time.sleep(AWAY_SECONDS)  # so long it is to be away
        elsewhere.rename(folder)
        server.client.patch(f"/api/runs/{run_id}", json={"status": "stopped"})
        runs.await_end(run_id)
        runs.assert_next_one_trains()


def test_a_server_out_of_file_descriptors_trains_again_when_it_has_some(tmp_path: Path) -> None:
    with RunningServer(tmp_path, FILTERSCOPE_RUNS="2") as server:
        runs = Runs(server)
        run_id = runs.start(100_000)
        runs.await_step(run_id, 10)
        pid = server.process.pid
        limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (1, limits[1]))
        for worker in workers_of(pid):
            os.kill(worker, signal.SIGKILL)
        ended = runs.await_end(run_id)
        assert ended["error"]["code"] == "worker_died"
        waiting = runs.start(20)
        time.sleep(1)  # long enough for it to be tried in vain
        resource.prlimit(pid, resource.RLIMIT_NOFILE, limits)
        assert runs.await_end(waiting)["status"] == "finished"
        runs.assert_next_one_trains()


_OF_RUN = "WHERE run = (SELECT number FROM runs WHERE id = ?)"
_DAMAGES = (
    """UPDATE runs SET described = '{"source": "own"}' WHERE id = ?""",
    "UPDATE runs SET recipe = 'x' WHERE id = ?",
    "UPDATE runs SET label_counts = 'x' WHERE id = ?",
    f"UPDATE events SET body = 'x' {_OF_RUN}",
    f"UPDATE arrays SET shape = 'x' {_OF_RUN}",
    f"UPDATE checkpoints SET data = x'00' {_OF_RUN}",
)


def test_damaged_runs_that_are_to_go_on_keep_no_other_from_it(tmp_path: Path) -> None:
    with RunningServer(tmp_path, FILTERSCOPE_RUNS="8") as server:
        runs = Runs(server)
        whole, *damaged = [runs.start(1500) for _ in range(len(_DAMAGES) + 1)]
        for run_id in (whole, *damaged):
            runs.await_step(run_id, 1)
        workers = workers_of(server.process.pid)
        server.stop(signal.SIGKILL)
    wait_until_gone(workers)
    with apsw.Connection(str(tmp_path / NAME)) as connection:
        connection.execute("DROP TRIGGER events_are_append_only")  # as bits that flip ask nobody
        for run_id, damage in zip(damaged, _DAMAGES, strict=True):
            connection.execute(damage, (run_id,))
    with RunningServer(tmp_path, FILTERSCOPE_RUNS="2") as server:
        runs = Runs(server)
        assert runs.await_end(whole)["status"] == "finished"
        runs.assert_next_one_trains()
