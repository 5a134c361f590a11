"""kill -9 of server and worker in the middle of a sweep: every run ends once, nothing is lost."""

import os
import random
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.processes import wait_until_gone, workers_of
from tests.reliability.ledger import assert_sound, told
from tests.reliability.scale import IS_FULL, tries
from tests.reliability.small import small_recipe
from tests.reliability.test_kills import NAME, assert_reproduced
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds workers through /proc"),
]

ENDED = ("finished", "stopped", "failed")
RATES = [0.001, 0.002, 0.003, 0.005, 0.01]
PATIENCE_SECONDS = 600
MORE_SEEDS_AT = 6  # of the kills, at full length


def _sweep() -> dict[str, Any]:
    base = small_recipe(steps=60).model_dump(exclude_none=True)
    axes = [{"field": "optimizer.learning_rate", "values": RATES[: tries(2, 5)]}]
    axes += [{"field": "layers.0.filters", "values": [2, 3, 4, 5][: tries(2, 4)]}]
    return {"base": base, "axes": axes, "seeds": [0, 1][: tries(1, 2)]}


def _statuses(server: RunningServer, sweep: str) -> list[str]:
    answer = server.client.get(f"/api/sweeps/{sweep}").json()
    return [seed["status"] for cell in answer["cells"] for seed in cell["seeds"]]


def _ends_of(events: list[tuple[int, str, str]]) -> list[str]:
    return [kind for _, kind, _ in events if kind in ("run_finished", "run_stopped", "run_failed")]


def test_every_run_of_a_sweep_finishes_once_whatever_is_killed(
    tmp_path: Path, cache_folder: Path
) -> None:
    chance = random.Random(11)
    server = RunningServer(tmp_path, FILTERSCOPE_RUNS="2")
    try:
        made = server.client.post("/api/sweeps", json=_sweep())
        assert made.status_code == 201, made.text
        sweep, count = made.json()["id"], made.json()["runs"]
        for number in range(tries(2, 20)):
            time.sleep(chance.uniform(0, 2))  # the instant is the point
            seen = told(tmp_path / NAME)
            workers = workers_of(server.process.pid)
            if number % 2:
                with suppress(ProcessLookupError, IndexError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
                continue
            server.stop(signal.SIGKILL)
            wait_until_gone(workers)
            assert_sound(tmp_path / NAME)
            kept = told(tmp_path / NAME)
            assert all(kept[run][: len(events)] == events for run, events in seen.items())
            server = RunningServer(tmp_path, FILTERSCOPE_RUNS="2")
            assert len(_statuses(server, sweep)) == count
            if number == MORE_SEEDS_AT:
                more = server.client.post(f"/api/sweeps/{sweep}/seeds", json={"seeds": [2]})
                count = more.json()["runs"]
        wait_until(
            lambda: set(_statuses(server, sweep)) <= set(ENDED),
            "a run of the sweep is wedged",
            PATIENCE_SECONDS,
        )
        assert _statuses(server, sweep) == ["finished"] * count
    finally:
        server.stop()
    assert_sound(tmp_path / NAME)
    assert [_ends_of(events) for events in told(tmp_path / NAME).values()] == [
        ["run_finished"]
    ] * count
    assert assert_reproduced(tmp_path, cache_folder) == count


@pytest.mark.skipif(not IS_FULL, reason="starts a server twice a try")
def test_a_server_killed_while_a_sweep_is_made_has_all_of_it_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(13)
    base = small_recipe(steps=10**6).model_dump(exclude_none=True)
    axes = [{"field": "data_seed", "values": list(range(300))}]
    for _ in range(20):
        with RunningServer(tmp_path) as server:
            server.client.timeout = 60
            before = len(server.client.get("/api/sweeps").json()["sweeps"])
            body = server.client.build_request(
                "POST", "/api/sweeps", json={"base": base, "axes": axes}
            )
            killer = _killed_after(server, chance.uniform(0.2, 1.5))
            with suppress(Exception):
                server.client.send(body)
            killer.join()
        with RunningServer(tmp_path, FILTERSCOPE_RESUME="wait") as server:
            sweeps = server.client.get("/api/sweeps").json()["sweeps"]
            assert before <= len(sweeps) <= before + 1
            for sweep in sweeps:
                assert sum(sweep["counts"].values()) == 300
                assert "deleted" not in sweep["counts"]
                stop = {"status": "stopped"}
                server.client.patch(f"/api/sweeps/{sweep['id']}", json=stop)


def _killed_after(server: RunningServer, seconds: float) -> threading.Thread:
    def kill() -> None:
        time.sleep(seconds)  # somewhere on the way
        server.process.kill()

    thread = threading.Thread(target=kill)
    thread.start()
    return thread
