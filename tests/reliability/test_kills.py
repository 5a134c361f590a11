"""kill -9 is a normal way to stop, for the server as for a worker."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from app.past import RecordedEvent, is_from_training
from app.recipe import Recipe
from app.store import Reading
from app.training.data import load_dataset
from app.training.loop import Training
from app.training.retelling import Retelling
from app.training.steering import Steering
from tests.contracts.repository import ROOT
from tests.processes import wait_until_gone, workers_of
from tests.reliability.ledger import assert_sound, told
from tests.reliability.scale import IS_FULL, tries
from tests.reliability.small import small_recipe
from tests.reliability.watcher import Watcher
from tests.running_server import RunningServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds workers through /proc"),
]

NAME = "filterscope.sqlite3"
LONGEST_LIFE_SECONDS = 0.8
LISTED_SECONDS = 2.0
FINISHED_SECONDS = 300
LIVE_RUNS = 3


class House:
    """A server that is killed and started again, with viewers, on one data folder."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.watchers: dict[str, Watcher] = {}
        self.slowest_listing = 0.0
        self._chance = chance
        self._server: RunningServer | None = None

    def url(self) -> str | None:
        return self._server.url if self._server else None

    @property
    def server(self) -> RunningServer:
        assert self._server is not None
        return self._server

    def start(self) -> None:
        """Starts the server and sees that every run is there."""
        began = time.monotonic()
        self._server = RunningServer(self.folder, FILTERSCOPE_RUNS="2")
        listed = self._listed()
        self.slowest_listing = max(self.slowest_listing, time.monotonic() - began)
        assert set(self.watchers) <= {run["id"] for run in listed}

    def keep_busy(self) -> None:
        """Starts runs until enough are at work, and steers one of them somehow."""
        live = [run for run in self._listed() if run["status"] in ("queued", "running", "paused")]
        for number in range(LIVE_RUNS - len(live)):
            recipe = small_recipe(
                len(self.watchers) + number, steps=self._chance.choice([60, 3000])
            )
            body = recipe.model_dump(exclude_none=True)
            started = self.server.client.post("/api/runs", json=body)
            assert started.status_code == 201, started.text
            run_id = started.json()["id"]
            self.watchers[run_id] = Watcher(run_id, self.url)
        if live:
            self._steer(self._chance.choice(live)["id"])

    def kill_server(self) -> None:
        """From one instant to the next; its workers end by themselves."""
        server, workers = self.server, workers_of(self.server.process.pid)
        self._server = None
        server.stop(signal.SIGKILL)
        wait_until_gone(workers)

    def kill_worker(self) -> None:
        if workers := workers_of(self.server.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._chance.choice(workers), signal.SIGKILL)

    def check(self) -> None:
        """All that a viewer was ever sent is on record, as it was sent."""
        assert_sound(self.folder / NAME)
        kept = told(self.folder / NAME)
        for run_id, watcher in self.watchers.items():
            assert not watcher.problems
            bodies = {seq: (kind, body) for seq, kind, body in kept[run_id]}
            for seq, kind, data in list(watcher.seen):
                assert seq in bodies, f"run {run_id} lost what was acknowledged"
                without_kernel = {name: data[name] for name in data if name != "kernel"}
                assert (kind, without_kernel) == (bodies[seq][0], json.loads(bodies[seq][1]))

    def finish(self) -> None:
        """Lets every run go on to its end."""
        deadline = time.monotonic() + FINISHED_SECONDS
        while any(run["status"] in ("queued", "running", "paused") for run in self._listed()):
            assert time.monotonic() < deadline, "a run is wedged"
            for run in self._listed():
                if run["status"] == "paused":
                    path = f"/api/runs/{run['id']}"
                    self.server.client.patch(path, json={"status": "running"})
            time.sleep(0.1)

    def close(self) -> None:
        for watcher in self.watchers.values():
            watcher.leave()
        if self._server:
            self._server.stop()

    def _steer(self, run_id: str) -> None:
        changes: list[dict[str, Any]] = [
            {"status": "paused"},
            {"status": "running"},
            {"advance": self._chance.randint(1, 30)},
            {"learning_rate": self._chance.uniform(1e-4, 1e-2)},
        ]
        change = self._chance.choice(changes)
        answer = self.server.client.patch(f"/api/runs/{run_id}", json=change)
        assert answer.status_code in (200, 202, 409), answer.text

    def _listed(self) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            params: dict[str, Any] = {"limit": 100} | ({"cursor": cursor} if cursor else {})
            page = self.server.client.get("/api/runs", params=params).json()
            runs += page["runs"]
            cursor = page["next_cursor"]
            if cursor is None:
                return runs


@contextlib.contextmanager
def disturbed(database: Path) -> Iterator[None]:
    """Somebody else reads the database all the time, and forces the log into the file."""
    leaving = threading.Event()
    modes = (apsw.SQLITE_CHECKPOINT_PASSIVE, apsw.SQLITE_CHECKPOINT_TRUNCATE)

    def disturb() -> None:
        chance = random.Random(7)
        while not leaving.wait(0.05):
            if not database.exists():
                continue
            with contextlib.suppress(apsw.Error):
                connection = apsw.Connection(str(database))
                connection.set_busy_timeout(50)
                with contextlib.suppress(apsw.Error):
                    connection.execute("SELECT count(*), sum(length(data)) FROM arrays").fetchall()
                    connection.wal_checkpoint(mode=chance.choice(modes))
                connection.close()

    thread = threading.Thread(target=disturb, daemon=True)
    thread.start()
    try:
        yield
    finally:
        leaving.set()
        thread.join()


def assert_reproduced(folder: Path, cache_folder: Path) -> int:
    """Trains every run again from its log; how many there were."""
    with Reading.beside(folder / NAME) as reading:
        runs = reading.runs(10_000)
        for run in runs:
            kept: list[RecordedEvent] = list(filter(is_from_training, reading.kept(run.id)))
            if not kept or kept[0].kind != "run_started":
                continue
            recipe = Recipe.model_validate_json(run.recipe)
            dataset = load_dataset(recipe, cache_folder)
            retelling = Retelling(Steering(Training(recipe, dataset, cache_folder)), kept)
            retelling.begin()
            while not retelling.is_done:
                retelling.go_on()
    return len(runs)


def test_whatever_is_killed_whenever_nothing_is_lost_and_every_run_ends_as_it_would_have(
    tmp_path: Path, cache_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(5)
    house = House(tmp_path, chance)
    kills = tries(10, 200)
    try:
        with disturbed(tmp_path / NAME):
            house.start()
            for number in range(kills):
                house.keep_busy()
                time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))  # the instant is the point
                if number % 2:
                    house.kill_worker()
                else:
                    house.kill_server()
                    house.check()
                    house.start()
            house.finish()
        house.check()
    finally:
        house.close()
    house.check()
    runs = assert_reproduced(tmp_path, cache_folder)
    with capsys.disabled():
        said = f"{kills} kills, {runs} runs, all listed within {house.slowest_listing:.2f} s"
        sys.stderr.write(f"\n{said}\n")
    if IS_FULL:
        assert house.slowest_listing < LISTED_SECONDS


def test_a_server_killed_while_it_starts_starts_the_next_time(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        body = small_recipe(steps=100_000).model_dump(exclude_none=True)
        run_id = server.client.post("/api/runs", json=body).json()["id"]
        workers = workers_of(server.process.pid)
        server.process.kill()
    wait_until_gone(workers)
    chance = random.Random(3)
    for _ in range(tries(3, 30)):
        doomed = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", "0"],
            cwd=ROOT,
            env={**os.environ, "FILTERSCOPE_DATA": str(tmp_path)},
            stdout=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0, 1))  # somewhere on its way
        doomed.kill()
        doomed.wait()
    assert_sound(tmp_path / NAME)
    with RunningServer(tmp_path) as server:
        run = server.client.get(f"/api/runs/{run_id}").json()
        assert run["status"] in ("queued", "running")
