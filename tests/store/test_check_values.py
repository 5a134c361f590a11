"""Each row is compared with what was written, and all of them are counted."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.store import DataDamaged, LoggedEvent, Reading, Store
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
from tests.waiting import wait_until

NAME = "filterscope.sqlite3"
TOLD = [started(), snapshot(0), steps(1), snapshot(1), evaluated(1), status("paused", 1)]


def change(store: Store, sql: str) -> None:
    """Writes as a disk might: past everything that keeps check values."""
    unguarded = "DROP TRIGGER IF EXISTS events_are_append_only;" + sql
    store._recorder.submit(lambda writer: writer.execute(unguarded).fetchall()).result()


def all_events(store: Reading) -> list[LoggedEvent]:
    """Reads as a stream does: on from the last event, until there are no more."""
    told: list[LoggedEvent] = []
    while more := store.events_after("run", told[-1].seq if told else 0, 100):
        told += more
    return told


QUESTIONS: dict[str, Callable[[Reading], Any]] = {
    "events": all_events,
    "steps": lambda store: store.bodies("run", "steps"),
    "snapshots": lambda store: store.snapshot_steps("run"),
    "snapshot": lambda store: store.snapshot("run", 1),
    "film": lambda store: store.film("run", "conv1", 10**6),
    "first": lambda store: store.first_array("run", "conv1/kernel"),
    "kept": lambda store: store.kept("run"),
    "past": lambda store: store.past("run"),
    "run": lambda store: store.run("run"),
}

DAMAGES = [
    ("UPDATE events SET body = body || ' ' WHERE kind = 'steps'", "events steps kept"),
    ("UPDATE events SET step = 2 WHERE seq = 4", "events snapshots snapshot film kept"),
    ("UPDATE events SET kind = 'alert' WHERE kind = 'steps'", "events steps kept"),
    ("DELETE FROM events WHERE kind = 'steps'", "events steps kept"),
    ("DELETE FROM events WHERE seq = 6", "events kept past"),
    ("DELETE FROM events WHERE seq = 4", "events snapshots snapshot film kept"),
    ("DELETE FROM arrays WHERE seq = 2 AND name = 'conv2/kernel'", "snapshots film first kept"),
    ("DELETE FROM arrays WHERE seq = 2", "events snapshots film first kept"),
    ("UPDATE arrays SET shape = '[1,2,1,1]' WHERE seq = 4", "events snapshot film kept"),
    ("UPDATE arrays SET name = 'x' WHERE name = 'conv1/kernel'", "events film first kept"),
    ("UPDATE arrays SET data = zeroblob(12) WHERE seq = 2", "events film first"),
    ("UPDATE arrays SET seq = 3 WHERE seq = 2", "events snapshots film first kept"),
    ("UPDATE runs SET recipe = replace(recipe, 'mnist', 'nmist')", " ".join(QUESTIONS)),
    ("UPDATE runs SET step = 7", " ".join(QUESTIONS)),
    ("UPDATE runs SET last_seq = 5", " ".join(QUESTIONS)),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "asked"), DAMAGES)
def test_what_was_changed_is_never_told(store: Store, sql: str, asked: str) -> None:
    store.record("run", TOLD, 0).result()
    before = {name: QUESTIONS[name](store) for name in QUESTIONS}
    change(store, sql)
    for name, ask in QUESTIONS.items():
        if name in asked.split():
            with pytest.raises(DataDamaged, match=r"run run .*is damaged on the disk"):
                ask(store)
        else:
            with contextlib.suppress(DataDamaged):
                assert ask(store) == before[name], name


def test_a_damaged_run_leaves_the_others_alone_and_is_named_in_the_list(store: Store) -> None:
    for run_id in ("a", "b", "c"):
        store.create_run(new_run(run_id)).result()
    change(store, "UPDATE runs SET described = described || ' ' WHERE id = 'b'")
    page = store.page(10)
    assert [run.id for run in page.rows] == ["c", "a", "run"]
    assert [run.id for run in page.damaged] == ["b"]
    assert [run.id for run in store.runs(10)] == ["c", "a", "run"]
    latest = store.latest()
    assert latest is not None
    assert latest.id == "c"
    change(store, "UPDATE runs SET described = described || ' ' WHERE id = 'c'")
    with pytest.raises(DataDamaged, match="run c"):
        store.latest()


def test_nothing_is_recorded_on_top_of_damage(store: Store) -> None:
    store.record("run", TOLD, 0).result()
    change(store, "UPDATE runs SET recipe = 'x'")
    with pytest.raises(DataDamaged):
        store.record("run", [finished(1)], 0).result()


def test_a_damaged_run_does_not_keep_a_server_from_starting(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        for run_id in ("a", "b"):
            store.create_run(new_run(run_id)).result()
            store.record(run_id, TOLD, 0).result()
        change(store, "UPDATE runs SET recipe = 'x' WHERE id = 'a'")
    with open_store(tmp_path) as store:
        assert [run.id for run in store.interrupted()] == ["b"]


def as_an_older_version_left_it(store: Store) -> None:
    change(
        store,
        "UPDATE events SET check_value = NULL, arrays = NULL; DELETE FROM array_checks;"
        "UPDATE runs SET check_value = NULL, told = NULL;"
        "INSERT INTO unchecked_runs (run) SELECT number FROM runs",
    )


def unchecked(store: Store) -> int:
    sql = "SELECT count(*) FROM unchecked_runs"
    return int(store._recorder.submit(lambda writer: writer.execute(sql).get).result())


def test_what_older_versions_recorded_gets_its_check_values_while_the_server_works(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        for run_id in ("a", "b"):
            store.create_run(new_run(run_id)).result()
            store.record(run_id, [*TOLD, *map(steps, range(2, 1300))], 0).result()
        as_an_older_version_left_it(store)
        before = {name: store.kept(name) for name in ("a", "b")}
    with open_store(tmp_path) as store:
        store.record("b", [steps(1300)], 0).result()
        wait_until(lambda: unchecked(store) == 0, "it never ended")
        for run_id in ("a", "b"):
            assert store.kept(run_id)[: len(before[run_id])] == before[run_id]
            assert len(store.bodies(run_id, "steps")) == 1299 + (run_id == "b")
            assert store.film(run_id, "conv1", 10**6)[1].step == 1
        change(store, "UPDATE events SET check_value = NULL WHERE run = 1 AND seq = 3")
        with pytest.raises(DataDamaged, match="event 3"):
            store.kept("a")
