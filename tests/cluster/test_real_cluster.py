"""A sweep on a real Dask scheduler with two workers, over TLS; one is killed on the way."""

import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.certificates import made_certificates
from tests.cluster.dask_processes import DaskProcesses, free_port
from tests.processes import children_of, wait_until_gone
from tests.reliability.ledger import assert_sound, told
from tests.reliability.small import small_recipe
from tests.reliability.test_kills import NAME, assert_reproduced
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytest.importorskip("distributed", reason="Dask isn't installed: the extra `cluster`")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc"),
]

RUNS = 4


def _sweep() -> dict[str, Any]:
    return {
        "base": small_recipe(steps=500).model_dump(exclude_none=True),
        "axes": [
            {"field": "optimizer.learning_rate", "values": [0.001, 0.01]},
            {"field": "layers.0.filters", "values": [2, 3]},
        ],
        "seeds": [0],
    }


def test_a_sweep_waits_for_its_cluster_and_outlives_a_killed_worker(
    tmp_path: Path, cache_folder: Path
) -> None:
    port = free_port()
    data = tmp_path / "worker"
    data.mkdir()
    (data / "cache").symlink_to(cache_folder)
    certificates = made_certificates(tmp_path / "tls") if shutil.which("openssl") else None
    scheduler = f"{'tls' if certificates else 'tcp'}://127.0.0.1:{port}"
    settings = {"FILTERSCOPE_SCHEDULER": scheduler}
    if certificates is not None:
        settings |= certificates.environment
    with RunningServer(tmp_path / "server", **settings) as server:
        made = server.client.post("/api/sweeps", json=_sweep())
        assert made.status_code == 201, made.text
        away = f"No scheduler answers at {scheduler}; runs of sweeps wait until one does."
        wait_until(lambda: _cluster(server)["message"] == away, "nobody says that it is away")
        assert _counts(server) == {"queued": RUNS}
        with DaskProcesses(port, 2, data, certificates) as dask:
            wait_until(
                lambda: all(children_of(worker.pid) for worker in dask.workers),
                "not both workers train",
            )
            wait_until(lambda: _is_in_the_middle(server), "nothing trains")
            trained_by = children_of(dask.workers[0].pid)
            dask.workers[0].send_signal(signal.SIGKILL)
            wait_until_gone(trained_by)
            wait_until(lambda: _counts(server) == {"finished": RUNS}, str(_counts(server)), 60)
            wait_until(lambda: _cluster(server)["threads"] == 1, str(_cluster(server)))
            [run] = server.client.get("/api/runs?limit=1").json()["runs"]
            noted = server.client.get(f"/api/runs/{run['id']}/numerics").json()
            assert noted["numerics"]["host"]
            assert noted["changes"] == []
    database = tmp_path / "server" / NAME
    assert_sound(database)
    for events in told(database).values():
        kinds = [kind for _, kind, _ in events]
        assert kinds[0] == "run_started"
        assert kinds[-1] == "run_finished"
        assert kinds.count("run_started") == kinds.count("run_finished") == 1
    assert assert_reproduced(tmp_path / "server", cache_folder) == RUNS


def _cluster(server: RunningServer) -> dict[str, Any]:
    told: dict[str, Any] = server.client.get("/api/cluster").json()
    return told


def _counts(server: RunningServer) -> dict[str, int]:
    counts: dict[str, int] = server.client.get("/api/sweeps/latest").json()["counts"]
    return counts


def _is_in_the_middle(server: RunningServer) -> bool:
    cells = server.client.get("/api/sweeps/latest").json()["cells"]
    seeds = [seed for cell in cells for seed in cell["seeds"]]
    return sum(0 < seed["step"] < 400 for seed in seeds if seed["status"] == "running") >= 2
