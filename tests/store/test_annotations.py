"""What people say of a run: on disk before it is acknowledged, checked, and salvaged."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.store import DataDamaged, LoggedEvent, RunSearch, RunUnknown, Store
from app.store.annotations import Annotations
from app.store.salvage import salvage
from tests.external.guest import described as guest
from tests.store.samples import finished, new_run, open_store, snapshot, started
from tests.store.test_check_values import as_an_older_version_left_it, change, unchecked
from tests.store.test_older_database import written
from tests.waiting import wait_until

HOSTILE = "<script>alert(1)</script>\n\x00'; DROP TABLE runs; --\u202e🌿"


def _said(store: Store, run_id: str = "run") -> Annotations:
    run = store.run(run_id)
    assert run is not None
    return run.annotations


def _events(store: Store) -> list[LoggedEvent]:
    return store.events_after("run", 0, 99)


def test_what_is_said_is_text_whatever_it_says_and_what_is_not_said_stays(store: Store) -> None:
    store.annotate_run("run", {"note": HOSTILE}).result()
    store.annotate_run("run", {"name": HOSTILE, "pinned": True}).result()
    assert _said(store) == Annotations(HOSTILE, HOSTILE, True)
    run = store.run("run")
    assert run is not None
    assert run.name == run.described.name == HOSTILE


def test_what_is_taken_back_leaves_the_run_as_if_nothing_had_been_said(store: Store) -> None:
    before = store.run("run")
    store.annotate_run("run", {"name": "Mine", "note": "x", "pinned": True}).result()
    store.annotate_run("run", {"name": None, "note": None, "pinned": None}).result()
    assert store.run("run") == before


def test_no_event_is_made_or_changed_of_it_and_the_run_goes_on(store: Store) -> None:
    store.record("run", [started(), snapshot(0)], 0, b"state").result()
    before = _events(store)
    store.annotate_run("run", {"note": "while it trains"}).result()
    assert _events(store) == before
    store.record("run", [finished(1)], 1.0).result()
    store.annotate_run("run", {"pinned": True}).result()
    assert [event.seq for event in _events(store)] == [1, 2, 3]
    assert _said(store) == Annotations(None, "while it trains", True)


def test_runs_that_nobody_trained_here_are_annotated_and_found_by_it(store: Store) -> None:
    store.create_run(new_run("guest", described=guest(), recipe=None, preset=None)).result()
    store.annotate_run("guest", {"note": "Für die Vorlesung", "pinned": True}).result()
    found = store.search(RunSearch(words=("vorlesung",)), 9)
    assert [run.id for run in found.rows] == ["guest"]
    for pinned, ids in ((True, ["guest"]), (False, ["run"])):
        assert [run.id for run in store.search(RunSearch(pinned=pinned), 9).rows] == ids


def test_a_run_that_is_not_there_cannot_be_annotated(store: Store) -> None:
    with pytest.raises(RunUnknown):
        store.annotate_run("other", {"note": "x"}).result()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE runs SET annotations = NULL",
        "UPDATE runs SET annotations = replace(annotations, 'mine', 'Mine')",
        """UPDATE runs SET annotations = '{"pinned":true}'""",
    ],
)
def test_what_was_said_is_never_told_otherwise(store: Store, sql: str) -> None:
    store.annotate_run("run", {"note": "mine"}).result()
    change(store, sql)
    with pytest.raises(DataDamaged):
        store.run("run")
    assert [run.id for run in store.search(RunSearch(pinned=True), 9).damaged] == ["run"]
    with pytest.raises(DataDamaged):
        store.annotate_run("run", {"note": "nothing is written on top of damage"}).result()


def test_what_was_never_said_is_never_told(store: Store) -> None:
    change(store, """UPDATE runs SET annotations = '{"pinned":true}'""")
    with pytest.raises(DataDamaged):
        store.run("run")


def test_a_database_of_the_version_before_takes_them(tmp_path: Path) -> None:
    written(tmp_path)
    with open_store(tmp_path) as store:
        before = {run.id: run for run in store.runs(9)}
        assert {run.annotations for run in before.values()} == {Annotations()}
        for run_id in before:
            store.annotate_run(run_id, {"note": f"of {run_id}"}).result()
    with open_store(tmp_path) as store:
        for run in store.runs(9):
            assert run.annotations == Annotations(note=f"of {run.id}")
            was = before[run.id]
            assert run.version != was.version
            assert run._replace(annotations=Annotations(), version=was.version) == was


def test_rows_without_check_values_take_them_too_and_get_theirs(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        store.record("run", [started(), finished(1)], 0).result()
        as_an_older_version_left_it(store)
        store.annotate_run("run", {"note": "old"}).result()
    with open_store(tmp_path) as store:
        wait_until(lambda: unchecked(store) == 0, "it never ended")
        assert _said(store) == Annotations(note="old")
        change(store, "UPDATE runs SET annotations = NULL")
        with pytest.raises(DataDamaged):
            store.run("run")


@pytest.mark.parametrize("is_cut", [False, True])
def test_salvage_keeps_them(tmp_path: Path, is_cut: bool) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    with open_store(old) as store:
        for run_id in ("run", "other"):
            store.create_run(new_run(run_id)).result()
            store.record(run_id, [started(), snapshot(0), finished(1)], 0).result()
        store.annotate_run("run", {"name": "Mine", "note": HOSTILE, "pinned": True}).result()
        if is_cut:
            change(store, "DELETE FROM events WHERE seq = 3")
    salvage(old, new)
    with open_store(new) as store:
        assert _said(store) == Annotations("Mine", HOSTILE, True)
        assert _said(store, "other") == Annotations()
        assert len(_events(store)) == 3


_ANNOTATES = """
import sys
from itertools import count
from pathlib import Path
from tests.store.samples import new_run, open_store
store = open_store(Path(sys.argv[1]))
store.create_run(new_run()).result()
for number in count(1):
    store.annotate_run("run", {"note": f"{number}", "pinned": number % 2 == 1}).result()
    print(number, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _ANNOTATES, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(25)]
        os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.readlines()
    acknowledged = int([line for line in told if line.endswith("\n")][-1])
    with open_store(tmp_path) as store:
        said = _said(store)
        assert said.note is not None
        assert int(said.note) in (acknowledged, acknowledged + 1)
        assert said.pinned == (int(said.note) % 2 == 1)
