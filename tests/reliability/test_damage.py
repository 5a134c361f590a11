"""Whatever a disk does to the database: no answer is given that isn't what was recorded."""

import json
import logging
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from app.events import Status
from app.store import Store, StoreError
from app.vocabulary.snapshot_steps import is_snapshot_step
from app.workers import pool, worker
from tests.reliability.damages import damage
from tests.reliability.inner_server import InnerServer
from tests.reliability.scale import IS_FULL, tries
from tests.reliability.thread_worker import ThreadWorker
from tests.store.samples import (
    evaluated,
    finished,
    new_run,
    open_store,
    snapshot,
    started,
    status,
    steps,
)
from tests.store.test_salvage import copy_as_it_lies

NAME = "filterscope.sqlite3"
RUNS = 6
SAYS_SO = {"data_damaged", "store_unavailable"}
LISTS = ("/api/runs?limit=100", "/api/runs?limit=100&sort=name")
QUESTIONS = (
    "",
    "/metrics",
    "/metrics?after_step=7",
    "/metrics?format=csv",
    "/snapshots",
    "/snapshots/latest",
    "/snapshots/10?layer=conv1",
    "/film",
    "/events",
)


def _fill(store: Store) -> None:
    """Runs of many sizes that are over, one with thinned weights, and one that was interrupted."""
    chance = random.Random(1)
    for number in range(RUNS):
        run_id = f"run{number}"
        store.create_run(new_run(run_id, total_steps=100_000)).result()
        store.record(run_id, [started(), snapshot(0)], 0).result()
        for step in range(1, chance.choice([11, 40, 150])):
            events = [steps(step)]
            if is_snapshot_step(step, 100_000) or number == 3:
                events.append(snapshot(step, size=chance.choice([0, 4000, 20_000])))
            if step % 10 == 0:
                events.append(evaluated(step))
            if step % 25 == 0:
                events += [status("paused", step), status("running", step)]
            store.record(run_id, events, step / 10, chance.randbytes(9000)).result()
        if number:
            store.record(run_id, [finished(step)], 30).result()
        if number % 2:
            store.annotate_run(run_id, {"note": "Für die Vorlesung", "pinned": True}).result()


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after a kill, in `killed`, whose log holds much, and after a stop, in `stopped`."""
    folder = tmp_path_factory.mktemp("recorded")
    for name in ("killed", "stopped"):
        (folder / name).mkdir()
    with open_store(folder, stays=is_snapshot_step) as store:
        _fill(store)
        copy_as_it_lies(store, folder, folder / "killed")
    shutil.copy(folder / NAME, folder / "stopped")
    return folder


@pytest.fixture
def without_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WorkerProcess", ThreadWorker)
    monkeypatch.setattr(worker, "warm_up", lambda _cache_folder: None)


class Answers:
    """What a server says to all questions, and whether that is what was recorded."""

    def __init__(self, server: InnerServer) -> None:
        self.server = server
        self.expected: dict[str, Any] = {}

    def learn(self) -> None:
        """Asks everything of an undamaged server."""
        self.expected = {path: answer.content for path, answer in self._asked()}
        assert len(json.loads(self.expected["/api/runs?limit=100"])["runs"]) == RUNS

    def compare(self) -> set[str]:
        """Asks everything of a damaged one; returns the runs that it says are damaged.

        Fails where an answer is neither what was recorded nor says that it is damaged.
        """
        damaged = set()
        for path, answer in self._asked():
            run_id = path.split("/")[3].split("?")[0] if path.count("/") > 2 else ""
            if answer.status_code != 200:
                code = answer.json()["error"]["code"]
                assert code in SAYS_SO, f"{path}: {answer.status_code} {answer.text}"
                damaged.add(run_id)
            elif path.endswith("/events"):
                damaged |= {run_id} if self._compare_stream(path, answer.text) else set()
            elif path == "/healthz" or path.startswith("/api/runs?"):
                damaged |= self._compare_list(path, answer.json())
            elif path.count("/") == 3:
                assert as_recorded(answer.json()) == as_recorded(json.loads(self.expected[path]))
            else:
                assert answer.content == self.expected[path], path
        return damaged

    def _compare_stream(self, path: str, text: str) -> bool:
        expected = self.expected[path].decode()
        if text == expected:
            return False
        whole, _, last = text.rpartition("event: data_damaged\n")
        assert expected.startswith(whole), path
        assert json.loads(last.removeprefix("data: "))["message"], "it says so in a sentence"
        return True

    def _compare_list(self, path: str, answer: dict[str, Any]) -> set[str]:
        expected = json.loads(self.expected[path])
        if path == "/healthz":
            assert set(answer["runs"]) <= set(get_args(Status))
            assert sum(answer["runs"].values()) <= RUNS + 1
            return set()
        damaged = set(answer.get("damaged") or []) - {"new"}
        listed = [run for run in answer["runs"] if run["id"] != "new"]
        assert len(listed) + len(damaged) >= RUNS, "a run is missing without a word"
        for run in listed:
            assert as_recorded(run) in map(as_recorded, expected["runs"])
        return damaged

    def _asked(self) -> Iterator[tuple[str, Any]]:
        runs = [
            f"/api/runs/run{number}{question}" for number in range(RUNS) for question in QUESTIONS
        ]
        for path in ("/healthz", *LISTS, *runs):
            if path != "/api/runs/run0/events":  # it was interrupted, so it goes on for ever
                yield path, self.server.ask("GET", path)


def as_recorded(run: dict[str, Any]) -> dict[str, Any]:
    """Leaves out whether a start could say of the run that it was interrupted."""
    if run["status"] in ("running", "interrupted"):
        return {**run, "status": "live", "last_seq": 0}
    return run


def _opened(folder: Path) -> InnerServer | None:
    """A server on the folder; None where it says that it can't be one."""
    server = InnerServer(folder)
    try:
        server.open(resume="wait")
    except StoreError:
        server.end()
        return None
    return server


def _try(recorded: Path, folder: Path, seed: int, expected: dict[str, Any]) -> tuple[str, set[str]]:
    chance = random.Random(seed)
    is_running = chance.random() < 0.5
    source = recorded / chance.choice(["stopped", "killed"])
    shutil.copytree(source, folder)
    words = "" if is_running else damage(chance, folder / NAME)
    server = _opened(folder)
    if server is None:
        return words, {"all"}
    try:
        answers = Answers(server)
        answers.expected = expected
        if is_running:
            files = [file for file in folder.glob(f"{NAME}*") if file.name[-3:] != "shm"]
            files = [file for file in files if file.stat().st_size > 20_000]
            words = "running: " + damage(chance, chance.choice(files))
        damaged = answers.compare()
        _write(server)
        if IS_FULL:
            damaged |= answers.compare()
    finally:
        server.close()
        server.end()
    return words, damaged


def _write(server: InnerServer) -> None:
    """A new run is recorded and deleted, or it is said why it can't be."""
    store: Store = server.app.state.services.store
    try:
        store.create_run(new_run("new")).result(30)
        store.record("new", [started(), snapshot(0), finished(1)], 0).result(30)
    except StoreError:
        pass
    finally:
        deleted = store.delete_run("new")
        assert isinstance(deleted.exception(30), StoreError | None)


@pytest.mark.usefixtures("without_processes")
def test_no_answer_differs_from_what_was_recorded(
    recorded: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    expected: dict[str, dict[str, Any]] = {}
    shutil.copytree(recorded / "stopped", tmp_path / "whole")
    whole = _opened(tmp_path / "whole")
    assert whole is not None
    answers = Answers(whole)
    answers.learn()
    whole.close()
    whole.end()
    expected = answers.expected
    harmless = unusable = partly = 0
    for seed in range(tries(20, 300)):
        caplog.clear()
        words, damaged = _try(recorded, tmp_path / str(seed), seed, expected)
        assert not [record for record in caplog.records if record.exc_info], words
        assert sum(record.levelno >= logging.WARNING for record in caplog.records) < 500, words
        unusable += "all" in damaged
        harmless += not damaged
        partly += bool(damaged) and len(damaged) < RUNS
        shutil.rmtree(tmp_path / str(seed))
    assert partly, "damage to one run leaves the others"
