"""Whatever is asked in whatever order: no run is wedged, nothing is left behind."""

import itertools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from app.recipe import Recipe
from app.workers import pool as pool
from app.workers import worker
from tests.processes import wait_until_gone, workers_of
from tests.reliability.inner_server import InnerServer
from tests.reliability.ledger import assert_sound
from tests.reliability.scale import tries
from tests.reliability.small import small_recipe
from tests.reliability.thread_worker import ThreadWorker

ENDED = {"finished", "stopped", "failed"}
PATIENCE_SECONDS = 30
_CHANGES = st.sampled_from(
    [
        {"status": "paused"},
        {"status": "running"},
        {"status": "stopped"},
        {"advance": 1},
        {"advance": 7},
        {"learning_rate": 0.01},
        {"status": "running", "learning_rate": 0.0001},
    ]
)


class AnyOrder(RuleBasedStateMachine):
    """Somebody who does anything to a server at any time."""

    runs = Bundle("runs")
    numbers = itertools.count(1)

    @initialize(resume=st.sampled_from(["auto", "wait"]))
    def begin(self, resume: str) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="any-order-"))
        self.resume = resume
        self.server = InnerServer(self.root / "0")
        self._open()

    @rule(target=runs, steps=st.sampled_from([3, 40, 100_000]), seed=st.integers(0, 3))
    def start(self, steps: int, seed: int) -> Any:
        body = small_recipe(seed, steps=steps, batch_size=2).model_dump(exclude_none=True)
        answer = self._asked("POST", "/api/runs", body)
        return answer.json()["id"] if answer.status_code == 201 else multiple()

    @rule(run=runs, change=_CHANGES)
    def change(self, run: str, change: dict[str, Any]) -> None:
        answer = self._asked("PATCH", f"/api/runs/{run}", change)
        assert answer.status_code in (200, 404, 409), answer.text

    @rule(run=runs, change=_CHANGES, times=st.integers(2, 4))
    def ask_more_than_once(self, run: str, change: dict[str, Any], times: int) -> None:
        answers = self.server.ask_all([("PATCH", f"/api/runs/{run}", change)] * times)
        assert {answer.status_code for answer in answers} <= {200, 404, 409}

    @rule(run=runs)
    def delete(self, run: str) -> None:
        assert self._asked("DELETE", f"/api/runs/{run}").status_code in (204, 404, 409)

    @rule(run=consumes(runs))
    def stop_and_delete_at_once(self, run: str) -> None:
        path = f"/api/runs/{run}"
        answers = self.server.ask_all(
            [("PATCH", path, {"status": "stopped"}), ("DELETE", path, None)]
        )
        assert {answer.status_code for answer in answers} <= {200, 204, 404, 409}

    @rule(run=runs)
    def kill_its_worker(self, run: str) -> None:
        assignment = self.server.supervisor._assignments.find(run)
        if assignment is not None:
            assignment.worker.kill()

    @rule()
    def restart(self) -> None:
        self.server.close()
        self._open()

    @rule()
    def crash(self) -> None:
        self.server.crash(self.root / str(next(self.numbers)))
        self._open()

    @invariant()
    def the_server_is_well(self) -> None:
        if hasattr(self, "server"):
            assert self.server.ask("GET", "/healthz").json()["disk"] == "ok"

    def teardown(self) -> None:
        if not hasattr(self, "server"):
            return
        try:
            self._end_every_run()
        finally:
            self.server.close()
            self.server.end()
        assert not ThreadWorker.alive, "a worker was left behind"
        wait_until_gone(workers_of(os.getpid()))
        assert_sound(self.server.folder / "filterscope.sqlite3")
        shutil.rmtree(self.root)

    def _open(self) -> None:
        self.server.open(resume=self.resume)

    def _asked(self, method: str, path: str, body: object = None) -> Any:
        answer = self.server.ask(method, path, body)
        assert answer.status_code < 500, answer.text
        return answer

    def _end_every_run(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while live := [run for run in self._listed() if run["status"] not in ENDED]:
            assert time.monotonic() < deadline, f"wedged: {[run['status'] for run in live]}"
            for run in live:
                path = f"/api/runs/{run['id']}"
                if run["status"] == "interrupted":
                    self._asked("PATCH", path, {"status": "running"})
                self._asked("PATCH", path, {"status": "stopped"})

    def _listed(self) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = self._asked("GET", "/api/runs?limit=100").json()["runs"]
        return runs


@pytest.fixture
def in_threads(monkeypatch: pytest.MonkeyPatch, cache_folder: Path) -> Iterator[None]:
    """Workers in threads, with one cache, and quick turns, for each request takes several."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 20)
    monkeypatch.setattr(pool, "WorkerProcess", ThreadWorker)
    monkeypatch.setattr(worker, "warm_up", lambda _cache_folder: None)
    load = worker.load_dataset

    def load_from_one_cache(recipe: Recipe, _cache_folder: Path) -> Any:
        return load(recipe, cache_folder)

    monkeypatch.setattr(worker, "load_dataset", load_from_one_cache)
    yield
    sys.setswitchinterval(usual)


def drive(examples: int, steps: int) -> None:
    """Hypothesis asks a server for so many things, in so many orders."""
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
@pytest.mark.usefixtures("in_threads")
def test_no_order_of_commands_wedges_a_run_or_leaves_a_worker_behind() -> None:
    drive(examples=tries(5, 500), steps=tries(30, 50))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="finds workers through /proc")
def test_nor_does_it_with_workers_in_processes_of_their_own() -> None:
    drive(examples=tries(1, 20), steps=tries(12, 50))
