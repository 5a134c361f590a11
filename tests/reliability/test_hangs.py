"""Whatever is stopped whenever, no run hangs unsaid, none tells what is wrong, no process stays."""

import contextlib
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.recipe import resolve
from tests.processes import children_of, wait_until_gone, workers_of
from tests.reliability.ledger import assert_sound
from tests.reliability.scale import tries
from tests.reliability.test_kills import NAME, assert_reproduced
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="finds processes through /proc"),
]

STALLED_SECONDS = 3
UNSAID_SECONDS = 20.0  # at most, on cores that others use; twice as much of 30 s are 60
ENDED_SECONDS = 240
LIVE = ("queued", "running", "paused", "stalled", "stopping")


class Patience(threading.Thread):
    """Looks at all runs all the time; `unsaid` is the longest that one trained without a word."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.unsaid = 0.0
        self._client = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self._leaving = threading.Event()
        self._moved: dict[str, tuple[tuple[str, int], float]] = {}

    def run(self) -> None:
        while not self._leaving.wait(0.2):
            with contextlib.suppress(httpx.TransportError):
                for run in self._client.get("/api/runs", params={"limit": 100}).json()["runs"]:
                    self._note(run["id"], run["status"], run["last_seq"])

    def leave(self) -> None:
        self._leaving.set()
        self.join(30)
        self._client.close()

    def _note(self, run_id: str, status: str, last_seq: int) -> None:
        now = time.monotonic()
        before, since = self._moved.get(run_id, (("", 0), now))
        if before != (status, last_seq):
            self._moved[run_id] = ((status, last_seq), now)
        elif status in ("running", "stopping"):
            self.unsaid = max(self.unsaid, now - since)


class Prankster:
    """Keeps runs going on a server, and stops and wakes their processes."""

    def __init__(self, server: RunningServer, chance: random.Random) -> None:
        self.seen: set[int] = set()
        self.said = 0
        self._server = server
        self._chance = chance
        self._seed = 0

    def keep_busy(self) -> None:
        """Starts runs until two train."""
        for _ in range(2 - len(self._of_status(*LIVE))):
            self._seed += 1
            changes = {"steps": self._chance.choice([100, 300]), "epochs": None, "seed": self._seed}
            recipe = resolve({"preset": "dead-leaves", **changes})
            body = recipe.model_dump(exclude_none=True)
            assert self._server.client.post("/api/runs", json=body).status_code == 201

    def play(self) -> None:
        """Stops one process of a run, does something or nothing meanwhile, and wakes it."""
        processes = self._processes()
        self.seen |= set(processes)
        if not processes:
            return
        victim = self._chance.choice(processes)
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGSTOP)
            if self._chance.random() < 0.3:
                self._await_a_word(victim)
            else:
                time.sleep(self._chance.uniform(0, 1.5))  # the instant is the point
            if self._chance.random() < 0.3:
                self._stop_one()
            os.kill(victim, signal.SIGCONT)

    def finish(self) -> None:
        """Wakes all, and lets every run come to its end."""
        for pid in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        wait_until(lambda: not self._of_status(*LIVE), "a run is wedged", ENDED_SECONDS)

    def _await_a_word(self, victim: int) -> None:
        """Waits until a run is said to stand still, if it is one's worker, and it hasn't ended."""
        deadline = time.monotonic() + STALLED_SECONDS + 3
        while time.monotonic() < deadline and not self._of_status("stalled"):
            os.kill(victim, 0)
            time.sleep(0.1)
        self.said += len(self._of_status("stalled"))

    def _stop_one(self) -> None:
        if live := self._of_status("running", "stalled"):
            path = f"/api/runs/{self._chance.choice(live)['id']}"
            answer = self._server.client.patch(path, json={"status": "stopped"})
            if answer.status_code == 409:  # it came to its end by itself on the way
                assert self._server.client.get(path).json()["status"] == "finished", answer.text
            else:
                assert answer.status_code in (200, 202), answer.text

    def _of_status(self, *statuses: str) -> list[dict[str, Any]]:
        runs = self._server.client.get("/api/runs", params={"limit": 100}).json()["runs"]
        return [run for run in runs if run["status"] in statuses]

    def _processes(self) -> list[int]:
        workers = workers_of(self._server.process.pid)
        return [*workers, *(share for worker in workers for share in children_of(worker))]


def test_whatever_is_stopped_whenever_no_run_hangs_unsaid_and_no_process_stays(
    tmp_path: Path, cache_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pranks = tries(4, 100)
    variables = {"FILTERSCOPE_STALLED": str(STALLED_SECONDS), "FILTERSCOPE_RUNS": "2"}
    with RunningServer(tmp_path, **variables) as server:
        prankster = Prankster(server, random.Random(11))
        patience = Patience(server.url)
        patience.start()
        for _ in range(pranks):
            prankster.keep_busy()
            prankster.play()
        prankster.finish()
        patience.leave()
        assert server.client.get("/healthz").status_code == 200
        runs = server.client.get("/api/runs", params={"limit": 100}).json()["runs"]
    wait_until_gone(list(prankster.seen))
    assert {run["status"] for run in runs} <= {"finished", "stopped"}
    assert patience.unsaid < UNSAID_SECONDS
    assert_sound(tmp_path / NAME)
    assert_reproduced(tmp_path, cache_folder)
    with capsys.disabled():
        said = f"{pranks} stops, {len(runs)} runs, {prankster.said} said to stand still"
        sys.stderr.write(f"\n{said}, {patience.unsaid:.1f} s without a word at most\n")


def test_nothing_that_was_stopped_outlives_a_server_that_is_killed(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        body = {"preset": "dead-leaves", "steps": 100_000}
        path = f"/api/runs/{server.client.post('/api/runs', json=body).json()['id']}"
        wait_until(lambda: bool(server.client.get(path).json()["step"] > 20), "it never trained")
        workers = workers_of(server.process.pid)
        forked = [share for worker in workers for share in children_of(worker)]
        for pid in [*workers, *forked]:
            os.kill(pid, signal.SIGSTOP)
        server.stop(signal.SIGKILL)
    wait_until_gone([*workers, *forked])
