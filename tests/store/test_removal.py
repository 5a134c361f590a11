"""Runs that were deleted together and can be taken back for a while, whatever ends the process."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.store import (
    DeletionOver,
    Reading,
    RunSearch,
    RunUnknown,
    Store,
    SweepChanged,
    SweepRemoved,
    SweepUnknown,
)
from tests.contracts.repository import ROOT
from tests.store.samples import finished, new_run, open_store, snapshot, started, steps
from tests.store.test_check_values import as_an_older_version_left_it

SECONDS = 30.0


def _fill(store: Store, *ids: str) -> None:
    for run_id in ids:
        store.create_run(new_run(run_id)).result()
        told = [started(), snapshot(0), steps(1), snapshot(1, 500), finished(1)]
        store.record(run_id, told, 0.1 + 0.2, checkpoint=b"state").result()
        store.annotate_run(run_id, {"note": "“…”"}).result()


def _all_of(store: Reading, run_id: str) -> list[object]:
    film = store.film(run_id, "conv1", 1_000_000)
    return [store.run(run_id), store.kept(run_id), [frame.kernel.data for frame in film]]


def test_removed_runs_are_in_no_answer_and_come_back_to_the_last_bit(store: Store) -> None:
    _fill(store, "a", "b", "c")
    before = [_all_of(store, run_id) for run_id in "abc"]
    store.remove_runs("one", ["a", "c"], SECONDS).result()
    assert [run.id for run in store.runs(9)] == ["b", "run"]
    assert [run.id for run in store.search(RunSearch(sort="name"), 9).rows] == ["b", "run"]
    assert store.run("a") is None
    assert store.count_by_status() == {"finished": 1, "queued": 1}
    assert store.film("a", "conv1", 1_000_000) == []
    assert store.take_back("one").result() == ["a", "c"]
    assert [_all_of(store, run_id) for run_id in "abc"] == before
    assert [run.id for run in store.runs(9)] == ["c", "b", "a", "run"]


def _swept(store: Store, sweep_id: str, *ids: str) -> None:
    members = [
        new_run(run_id)._replace(sweep=sweep_id, place=place) for place, run_id in enumerate(ids)
    ]
    store.create_sweep(sweep_id, f"“{sweep_id}”", "{}", members).result()


def test_a_removed_sweep_comes_back_with_its_runs_to_the_last_bit(store: Store) -> None:
    for name in "xyz":
        _swept(store, name, f"{name}0", f"{name}1")
    before = store.sweeps(9), [store.runs_of_sweep(name) for name in "xyz"]
    store.remove_sweep("one", "z", SECONDS).result()
    store.remove_sweep("two", "x", SECONDS).result()
    assert [sweep.id for sweep in store.sweeps(9)] == ["y"]
    assert [run.id for run in store.runs(9)] == ["y1", "y0", "run"]
    assert (store.sweep("z"), store.runs_of_sweep("z")) == (None, [])
    assert store.take_back("two").result() == ["x0", "x1"]
    assert store.take_back("one").result() == ["z0", "z1"]
    assert (store.sweeps(9), [store.runs_of_sweep(name) for name in "xyz"]) == before
    with pytest.raises(DeletionOver):
        store.take_back("one").result()
    with pytest.raises(SweepUnknown):
        store.remove_sweep("three", "none", SECONDS).result()


def test_a_removed_sweep_comes_back_before_those_that_were_made_meanwhile(store: Store) -> None:
    _swept(store, "x", "x0")
    store.remove_sweep("one", "x", SECONDS).result()
    _swept(store, "y", "y0")
    store.remove_sweep("two", "y", SECONDS).result()
    _swept(store, "z", "z0")
    store.take_back("one").result()
    store.take_back("two").result()
    assert [sweep.id for sweep in store.sweeps(9)] == ["z", "y", "x"]


def test_a_run_comes_back_after_the_sweep_that_was_removed_after_it(store: Store) -> None:
    _swept(store, "x", "x0", "x1")
    before = store.runs_of_sweep("x")
    store.remove_runs("one", ["x0"], SECONDS).result()
    store.remove_sweep("two", "x", SECONDS).result()
    with pytest.raises(SweepRemoved, match="'x' was deleted later"):
        store.take_back("one").result()
    assert store.run("x0") is None
    store.take_back("two").result()
    store.take_back("one").result()
    assert store.runs_of_sweep("x") == before


def test_a_run_whose_sweep_is_gone_for_good_comes_back_alone(store: Store) -> None:
    _swept(store, "x", "x0", "x1")
    store.remove_runs("one", ["x1"], SECONDS).result()
    store.delete_sweep("x").result()
    assert store.take_back("one").result() == ["x1"]
    run = store.run("x1")
    assert run is not None
    assert (run.sweep, run.place) == (None, None)
    assert "x1" in [listed.id for listed in store.runs(9)]


def test_a_sweep_with_other_runs_than_were_seen_stays(store: Store) -> None:
    _swept(store, "x", "x0", "x1")
    for asked in (
        lambda: store.remove_sweep("one", "x", SECONDS, ["x0"]),
        lambda: store.delete_sweep("x", ["x0"]),
    ):
        with pytest.raises(SweepChanged):
            asked().result()
    assert [run.id for run in store.runs_of_sweep("x")] == ["x0", "x1"]
    store.remove_sweep("one", "x", SECONDS, ["x1", "x0"]).result()
    assert store.sweep("x") is None


def test_a_sweep_without_runs_comes_back_and_one_that_does_not_is_gone(tmp_path: Path) -> None:
    now = [1000.0]
    with open_store(tmp_path, clock=lambda: now[0]) as store:
        _swept(store, "x", "x0")
        store.delete_run("x0").result()
        store.remove_sweep("one", "x", SECONDS).result()
        assert store.take_back("one").result() == []
        assert [sweep.id for sweep in store.sweeps(9)] == ["x"]
        store.remove_sweep("two", "x", SECONDS).result()
    now[0] = 1060.0
    with open_store(tmp_path, clock=lambda: now[0]) as store:
        _fill(store, "a")
    with open_store(tmp_path, clock=lambda: now[0]) as store, pytest.raises(DeletionOver):
        store.take_back("two").result()


def test_of_runs_of_which_one_is_not_there_none_is_removed(store: Store) -> None:
    _fill(store, "a")
    with pytest.raises(RunUnknown, match="gone"):
        store.remove_runs("one", ["a", "gone"], SECONDS).result()
    assert store.run("a") is not None
    with pytest.raises(DeletionOver, match="one"):
        store.take_back("one").result()


def test_after_their_time_they_are_gone_for_good_and_give_back_their_room(tmp_path: Path) -> None:
    now = [1000.0]
    with open_store(tmp_path, clock=lambda: now[0]) as store:
        _fill(store, "a", "b")
        assert store.remove_runs("one", ["a"], SECONDS).result() == 1030.0
        now[0] = 1029.9
        store.annotate_run("b", {"pinned": True}).result()
        assert store.take_back("one").result() == ["a"]
        store.remove_runs("two", ["a"], SECONDS).result()
    now[0] = 1060.0
    with open_store(tmp_path, clock=lambda: now[0]) as store:
        store.annotate_run("b", {"pinned": None}).result()
    with open_store(tmp_path, clock=lambda: now[0]) as store:
        with pytest.raises(DeletionOver):
            store.take_back("two").result()
        with store._readers.connection() as connection:
            for table in ("events", "arrays", "checkpoints", "deleted_runs", "removed_runs"):
                of_a = f"SELECT count(*) FROM {table}"
                whose = " WHERE run = 1" if table not in ("deleted_runs", "removed_runs") else ""
                assert connection.execute(of_a + whose).get == 0, table
        assert [run.id for run in store.runs(9)] == ["b"]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.store.samples import open_store
from tests.store.test_removal import _fill
store = open_store(Path(sys.argv[1]))
_fill(store, "a", "b")
store.remove_runs("one", ["a", "b"], 30.0).result()
if sys.argv[2] == "back":
    store.take_back("one").result()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("end", ["removed", "back"])
def test_what_was_acknowledged_holds_after_the_process_was_killed(tmp_path: Path, end: str) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), end]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    with open_store(tmp_path) as store:
        if end == "removed":
            assert store.runs(9) == []
            assert store.take_back("one").result() == ["a", "b"]
        assert [run.id for run in store.runs(9)] == ["b", "a"]
        assert len(store.kept("a")) == 5


def test_runs_of_an_older_version_come_back_though_not_all_of_them_was_checked(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        _fill(store, "a")
        as_an_older_version_left_it(store)
    with open_store(tmp_path) as store:
        store.remove_runs("one", ["a"], SECONDS).result()
        store.take_back("one").result()
        assert store.run("a") is not None
    with open_store(tmp_path) as store:
        assert len(store.kept("a")) == 5
