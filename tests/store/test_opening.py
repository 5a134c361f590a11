"""Blank, older, newer, foreign, damaged and abandoned databases."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from app.external.described import Can
from app.recipe import described
from app.store import DatabaseGone, DatabaseInUse, DatabaseUnusable, Store, StoreError
from app.store.migrations import APPLICATION_ID, MIGRATIONS, migrate, take
from tests.store.samples import RECIPE, new_run, open_store, started, steps
from tests.waiting import wait_until


def _schema(connection: apsw.Connection) -> set[tuple[str, ...]]:
    return set(connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL"))


def _bring_to(connection: apsw.Connection, version: int) -> None:
    """Makes a blank database what a Filterscope of that schema left behind."""
    for step in MIGRATIONS[:version]:
        take(connection, step)
    connection.pragma("user_version", version)
    connection.pragma("application_id", APPLICATION_ID)


def _database(folder: Path) -> apsw.Connection:
    return apsw.Connection(str(folder / "filterscope.sqlite3"))


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_a_database_of_any_older_schema_ends_up_like_a_blank_one(version: int) -> None:
    blank, older = apsw.Connection(":memory:"), apsw.Connection(":memory:")
    migrate(blank)
    _bring_to(older, version)
    migrate(older)
    assert _schema(older) == _schema(blank)
    assert older.pragma("user_version") == blank.pragma("user_version") == len(MIGRATIONS)


def test_runs_of_the_first_schema_survive_the_migration(tmp_path: Path) -> None:
    database = _database(tmp_path)
    database.execute(MIGRATIONS[0])
    database.pragma("user_version", 1)
    database.pragma("application_id", APPLICATION_ID)
    database.execute(
        "INSERT INTO runs (id, name, recipe, layers, total_steps, created_at, status) "
        "VALUES ('old', 'Old', '{}', '[\"conv1\"]', 10, 5.0, 'finished')"
    )
    database.close()
    with open_store(tmp_path) as store:
        run = store.run("old")
        assert run is not None
        assert (run.name, run.status, run.layers) == ("Old", "finished", ["conv1"])


@pytest.mark.parametrize("version", range(1, 5))
def test_runs_of_every_schema_with_a_recipe_are_described_and_keep_all_they_have(
    version: int, tmp_path: Path
) -> None:
    database = _database(tmp_path)
    _bring_to(database, version)
    database.pragma("foreign_keys", True)
    for name in ("first", "second", "deleted"):
        database.execute(
            "INSERT INTO runs (id, name, preset, recipe, layers, total_steps, created_at, "
            "training_seconds, status, step, last_seq, label_counts) VALUES "
            "(?, 'Strokes', 'mnist-strokes', ?, '[\"conv1\"]', 400, 5.0, 1.5, 'finished', 2, 1, "
            "'{\"edge\": 1}')",
            (name, RECIPE.model_dump_json(exclude_none=True)),
        )
    body, data = '{"kind":"snapshot","layer":"conv1","step":2}', b"\0" * 4
    database.execute(
        "INSERT INTO events VALUES (2, 1, 'snapshot', 2, ?, 6.0);"
        "INSERT INTO arrays VALUES (2, 1, 'conv1/kernel', 2, '[1,1,1,1]', ?, ?);"
        "DELETE FROM runs WHERE id = 'deleted'",
        (body, data, hashlib.sha256(data).digest()),
    )
    database.close()
    with open_store(tmp_path) as store:
        run = store.run("second")
        assert run is not None
        assert run.described == described(RECIPE)
        assert run.described.can == Can(steer=True, rerun=True, look="data")
        assert run.recipe == RECIPE.model_dump_json(exclude_none=True)
        assert (run.number, run.preset, run.total_steps, run.step) == (2, "mnist-strokes", 400, 2)
        assert (run.training_seconds, run.label_counts) == (1.5, {"edge": 1})
        assert store.snapshot_steps("second") == [2], "its events and arrays are still there"
        store.create_run(new_run("next")).result()
        later = store.run("next")
        assert later is not None
        assert later.number == 4, "a number is never used twice, not even a deleted run's"
        store.delete_run("second").result()
        assert store.kept("second") == [], "what belongs to a run still goes with it"


def test_migrating_twice_changes_nothing() -> None:
    connection = apsw.Connection(":memory:")
    migrate(connection)
    before = _schema(connection)
    migrate(connection)
    assert _schema(connection) == before


def test_a_newer_schema_is_refused_with_the_way_out(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    database = _database(tmp_path)
    database.pragma("user_version", len(MIGRATIONS) + 1)
    database.close()
    with pytest.raises(DatabaseUnusable, match=r"newer Filterscope.*FILTERSCOPE_DATA"):
        open_store(tmp_path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    database = _database(tmp_path)
    database.execute("CREATE TABLE theirs (x)")
    database.close()
    with pytest.raises(DatabaseUnusable, match="another program"):
        open_store(tmp_path)
    assert {name for _, name, _ in _schema(_database(tmp_path))} == {"theirs"}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "filterscope.sqlite3").write_bytes(b"a letter to my aunt, " * 100)
    with pytest.raises(DatabaseUnusable, match="isn't a database"):
        open_store(tmp_path)


def test_a_second_opener_is_told_that_the_database_is_in_use(tmp_path: Path) -> None:
    with open_store(tmp_path), pytest.raises(DatabaseInUse, match="in use"):
        open_store(tmp_path)
    open_store(tmp_path).close()


def test_live_runs_of_the_last_process_are_interrupted(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        for name in ("queued", "running"):
            store.create_run(new_run(name)).result()
        store.record("running", [started(), steps(1, 2)], 1.5).result()
    with open_store(tmp_path) as store:
        for name, seq, step in (("queued", 1, 0), ("running", 3, 2)):
            run = store.run(name)
            assert run is not None
            assert (run.status, run.last_seq, run.step) == ("interrupted", seq, step)
            last = store.events_after(name, seq - 1, 9)
            assert [(event.seq, event.kind) for event in last] == [(seq, "status_changed")]
    with open_store(tmp_path) as store:
        again = store.run("running")
        assert again is not None
        assert again.last_seq == 3, "an interrupted run is interrupted once"
        assert again.training_seconds == 1.5


_ABANDONED = """
import os, sys
from pathlib import Path
from tests.store.samples import new_run, open_store, started, snapshot
store = open_store(Path(sys.argv[1]))
store.create_run(new_run()).result()
for step in range(20):
    store.record("run", [snapshot(step, size=4000)], 0).result()
os._exit(9)
"""


def _abandon(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", _ABANDONED, str(folder)], check=False)


def test_what_was_acknowledged_survives_a_process_that_vanished(tmp_path: Path) -> None:
    _abandon(tmp_path)
    with open_store(tmp_path) as store:
        events = store.events_after("run", 0, 100)
        assert [event.seq for event in events] == list(range(1, 22))
        assert store.snapshot_steps("run") == list(range(20))


def test_damage_is_found_after_an_unclean_stop(tmp_path: Path) -> None:
    _abandon(tmp_path)
    database = _database(tmp_path)
    database.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    page_size = int(database.pragma("page_size"))
    root = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'events'").get
    database.close()
    with (tmp_path / "filterscope.sqlite3").open("r+b") as file:
        file.seek((root - 1) * page_size)
        file.write(b"\xff" * page_size)
    with pytest.raises(DatabaseUnusable, match="damaged"):
        open_store(tmp_path)


def test_the_folder_is_made_and_left_with_one_file_of_data(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    with open_store(folder) as store:
        store.create_run(new_run()).result()
        assert store.run("run") is not None
    assert sorted(path.name for path in folder.iterdir()) == [
        "filterscope.lock",
        "filterscope.sqlite3",
    ]


def test_the_sqlite_in_use_is_one_that_cannot_lose_commits() -> None:
    assert tuple(map(int, apsw.sqlite_lib_version().split("."))) >= (3, 51, 3)


def test_every_commit_is_forced_to_disk(store: Store) -> None:
    pragmas = store._recorder.submit(
        lambda writer: [writer.pragma(name) for name in ("journal_mode", "synchronous")]
    )
    assert pragmas.result() == ["wal", 2]


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_database_that_is_taken_away_is_noticed_and_waited_for(
    is_replaced: bool, tmp_path: Path
) -> None:
    folder, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    with open_store(folder) as store:
        store.create_run(new_run()).result()
        folder.rename(elsewhere)
        if is_replaced:
            open_store(folder).close()
        with pytest.raises(DatabaseGone, match="restart the server"):
            store.run("run")
        with pytest.raises(StoreError, match="restart the server"):
            store.create_run(new_run("next")).result(30)
        told = store.record("run", [started()], 0)
        wait_until(lambda: store.trouble == "the database was taken away")
        assert not told.done()
        if is_replaced:
            shutil.rmtree(folder)
        elsewhere.rename(folder)
        told.result(30)
        assert [event.seq for event in store.events_after("run", 0, 9)] == [1]
        wait_until(lambda: store.trouble is None)
