"""What a run that isn't over goes on from: its log, and a checkpoint that never knows more."""

import hashlib
from pathlib import Path

import pytest

from app import events
from app.events import encode
from app.store import Reading, Store
from app.store.errors import DatabaseUnusable
from tests.store.samples import finished, new_run, open_store, snapshot, started, status, steps


def _checkpoints(store: Store) -> int:
    count: int = store._recorder.submit(
        lambda writer: writer.execute("SELECT count(*) FROM checkpoints").get
    ).result()
    return count


def test_a_checkpoint_stands_behind_the_events_it_came_with(store: Store) -> None:
    store.record("run", [started(), snapshot(0)], 0.5, b"first").result()
    store.record("run", [steps(1)], 1.0).result()
    past = store.past("run")
    assert past is not None
    assert (past.checkpoint, past.checkpoint_seq) == (b"first", 2)
    assert (past.step, past.training_seconds) == (1, 1.0)
    assert [event.seq for event in past.kept] == [1, 2, 3]


def test_only_the_newest_checkpoint_is_kept(store: Store) -> None:
    for step in range(1, 4):
        store.record("run", [steps(step)], 0, b"after %d" % step).result()
    past = store.past("run")
    assert past is not None
    assert (past.checkpoint, past.checkpoint_seq) == (b"after 3", 3)
    assert _checkpoints(store) == 1


def test_a_checkpoint_without_events_belongs_to_the_last_one(store: Store) -> None:
    store.record("run", [started()], 0).result()
    store.record("run", [], 2.0, b"later").result()
    past = store.past("run")
    assert past is not None
    assert (past.checkpoint_seq, past.training_seconds) == (1, 2.0)


@pytest.mark.parametrize("how", ["ended", "deleted"])
def test_a_run_that_is_over_or_gone_has_neither_past_nor_checkpoint(store: Store, how: str) -> None:
    store.record("run", [started()], 0, b"state").result()
    if how == "ended":
        store.record("run", [finished(1)], 0, b"never needed").result()
    else:
        store.delete_run("run").result()
    assert store.past("run") is None
    assert _checkpoints(store) == 0


def test_a_damaged_checkpoint_is_none(store: Store) -> None:
    store.record("run", [started()], 0, b"state").result()
    store._recorder.submit(
        lambda writer: writer.execute("UPDATE checkpoints SET data = x'00'")
    ).result()
    past = store.past("run")
    assert past is not None
    assert past.checkpoint is None
    assert len(past.kept) == 1


def test_what_the_server_said_of_itself_is_no_part_of_what_training_told(store: Store) -> None:
    resumed = events.StatusChanged(step=2, status="running", cause="restart")
    held = events.StatusChanged(step=2, status="paused", cause="disk_full")
    told = [started(), steps(1, 2), status("paused", 2), status("running", 2)]
    said = [status("interrupted", 2), status("queued", 2), encode(resumed, 2), encode(held, 2)]
    store.record("run", [*told, *said, status("stopping", 2)], 0).result()
    past = store.past("run")
    assert past is not None
    assert [event.body for event in past.kept] == [event.body for event in told]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], "queued"),
        ([started()], "running"),
        ([started(), status("paused")], "paused"),
        ([started(), status("paused"), status("running")], "running"),
        ([started(), status("paused"), status("interrupted"), status("queued")], "paused"),
    ],
)
def test_what_training_last_was_survives_what_became_of_the_server(
    store: Store, told: list[events.EncodedEvent], expected: str
) -> None:
    store.record("run", told, 0).result()
    assert store.training_status("run") == expected


def test_arrays_are_known_by_name_shape_and_hash(store: Store) -> None:
    told = snapshot(3)
    store.record("run", [told], 0).result()
    (event,) = store.kept("run")
    assert event.arrays == tuple(
        (array.name, array.shape, hashlib.sha256(array.data).digest()) for array in told.arrays
    )


def test_interrupted_runs_are_listed_oldest_first(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        for run_id in ("a", "b", "c"):
            store.create_run(new_run(run_id)).result()
        store.record("b", [started(), finished(1)], 0).result()
    with open_store(tmp_path) as store:
        assert [run.id for run in store.interrupted()] == ["a", "c"]


def test_a_crash_report_is_kept_with_its_run_and_goes_with_it(store: Store) -> None:
    assert store.crash_report("run") is None
    store.keep_crash_report("run", "Traceback").result()
    assert store.crash_report("run") == "Traceback"
    store.delete_run("run").result()
    assert store.crash_report("run") is None


def test_others_read_beside_the_process_that_writes(store: Store, tmp_path: Path) -> None:
    with Reading.beside(tmp_path / "filterscope.sqlite3") as beside:
        store.record("run", [started(), steps(1)], 0).result()
        assert [event.kind for event in beside.kept("run")] == ["run_started", "steps"]


def test_reading_what_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="there is no database"):
        Reading.beside(tmp_path / "filterscope.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_reading_an_older_schema_says_what_helps(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with open_store(tmp_path) as store:
        store._recorder.submit(lambda writer: writer.pragma("user_version", 1)).result()
    with pytest.raises(DatabaseUnusable, match="schema 1"):
        Reading.beside(tmp_path / "filterscope.sqlite3")
