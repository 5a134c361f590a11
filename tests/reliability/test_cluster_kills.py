"""kill -9 of workers, scheduler and server while a sweep trains on a cluster: nothing is lost."""

import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.dask_processes import DaskProcesses, free_port
from tests.reliability.ledger import assert_sound, told
from tests.reliability.scale import IS_FULL
from tests.reliability.small import small_recipe
from tests.reliability.test_kills import NAME, assert_reproduced
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytest.importorskip("distributed", reason="Dask isn't installed: the extra `cluster`")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not IS_FULL, reason="takes minutes"),
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc"),
]

KILLS = 20
RUNS = 60
PATIENCE_SECONDS = 600


def _sweep() -> dict[str, Any]:
    return {
        "base": small_recipe(steps=1500).model_dump(exclude_none=True),
        "axes": [
            {
                "field": "optimizer.learning_rate",
                "values": [0.001, 0.002, 0.003, 0.005, 0.01],
            },
            {"field": "layers.0.filters", "values": [2, 3, 4, 5]},
        ],
        "seeds": [0, 1, 2],
    }


def test_every_run_finishes_once_whatever_of_a_cluster_is_killed(
    tmp_path: Path, cache_folder: Path
) -> None:
    chance = random.Random(17)
    port, server_port = free_port(), free_port()
    data, folder = tmp_path / "worker", tmp_path / "server"
    data.mkdir()
    (data / "cache").symlink_to(cache_folder)
    scheduler = f"tcp://127.0.0.1:{port}"
    with DaskProcesses(port, 2, data) as dask:
        server = RunningServer(folder, server_port, FILTERSCOPE_SCHEDULER=scheduler)
        try:
            made = server.client.post("/api/sweeps", json=_sweep())
            assert made.json()["runs"] == RUNS, made.text
            for _ in range(KILLS):
                time.sleep(chance.uniform(0, 3))  # the instant is the point
                victim = chance.choice(["worker", "worker", "scheduler", "server"])
                seen = told(folder / NAME)
                if victim == "server":
                    server.stop(signal.SIGKILL)
                    server = RunningServer(folder, server_port, FILTERSCOPE_SCHEDULER=scheduler)
                else:
                    process = chance.choice(dask.workers) if victim == "worker" else dask.scheduler
                    process.kill()
                    process.wait()
                kept = told(folder / NAME)
                assert all(kept[run][: len(events)] == events for run, events in seen.items())
                dask.restore()
            wait_until(lambda: _finished(server, dask) == RUNS, "a run is wedged", PATIENCE_SECONDS)
        finally:
            server.stop()
    assert_sound(folder / NAME)
    for events in told(folder / NAME).values():
        kinds = [kind for _, kind, _ in events]
        assert kinds.count("run_started") == kinds.count("run_finished") == 1
        assert kinds[-1] == "run_finished"
    assert assert_reproduced(folder, cache_folder) == RUNS


def _finished(server: RunningServer, dask: DaskProcesses) -> int:
    dask.restore()  # workers leave when their scheduler does, some seconds later
    counts = server.client.get("/api/sweeps/latest").json()["counts"]
    return int(counts.get("finished", 0))
