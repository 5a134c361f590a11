"""What a run that isn't over goes on from: its log, and a checkpoint that never knows more."""

import hashlib
import json
from pathlib import Path

import pytest

from app import events
from app.events import encode
from app.external.described import Continues
from app.numerics import Numerics
from app.past import Handover
from app.store import NewRun, Reading, RunUnknown, StateNotKept, Store, checkpoints
from app.store.errors import DatabaseUnusable, DataDamaged
from app.workers import server_events
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


@pytest.mark.parametrize("how", ["failed", "ended without its state", "deleted"])
def test_a_run_that_is_over_or_gone_has_neither_past_nor_checkpoint(store: Store, how: str) -> None:
    store.record("run", [started()], 0, b"state").result()
    if how == "failed":
        failed = events.RunFailed(step=1, code="diverged", message="Too fast.", advice="Slower.")
        store.record("run", [encode(failed, 1)], 0, b"never needed").result()
    elif how == "deleted":
        store.delete_run("run").result()
    else:
        store.record("run", [finished(1)], 0).result()
    assert store.past("run") is None
    assert _checkpoints(store) == 0


def continuing(run_id: str = "next", of: str = "run", step: int = 1) -> NewRun:
    continues = Continues(run=of, step=step)
    known = new_run().described.model_copy(update={"continues": continues})
    return new_run(run_id, described=known)


def test_a_run_begins_with_the_state_at_the_end_of_another_whatever_becomes_of_that(
    store: Store,
) -> None:
    store.record("run", [started(), finished(1)], 0, b"end").result()
    store.create_continuation(continuing()).result()
    assert store.beginning("run") is None
    store.delete_run("run").result()
    beginning = store.beginning("next")
    assert beginning == Handover(Continues(run="run", step=1), b"end")
    store._recorder.submit(
        lambda writer: writer.execute("UPDATE beginnings SET data = x'00'")
    ).result()
    with pytest.raises(DataDamaged, match="the state that it begins with"):
        store.beginning("next")
    store.delete_run("next").result()
    assert store.beginning("next") is None


def test_nobody_goes_on_from_an_end_that_is_not_kept_or_not_there(store: Store) -> None:
    store.record("run", [started(), finished(1)], 0).result()
    with pytest.raises(StateNotKept, match="'run' isn't kept"):
        store.create_continuation(continuing()).result()
    with pytest.raises(RunUnknown):
        store.create_continuation(continuing(of="gone")).result()
    assert store.run("next") is None


def test_of_the_states_at_ends_those_of_the_newest_runs_stay(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "ENDS_BYTES", 25)
    store.record("run", [started()], 0, b"live: stays anyway").result()
    for run_id in ("a", "b", "c"):
        store.create_run(new_run(run_id)).result()
        store.record(run_id, [started(), finished(1)], 0, b"ten bytes.").result()
    with pytest.raises(StateNotKept):
        store.create_continuation(continuing(of="a")).result()
    for run_id in ("b", "c"):
        store.create_continuation(continuing(f"after {run_id}", run_id)).result()
    past = store.past("run")
    assert past is not None
    assert past.checkpoint == b"live: stays anyway"


def test_what_computed_a_run_is_noted_with_what_it_told(store: Store) -> None:
    first = Numerics(version="1", numpy="2", blas="b 1", kernel="Haswell", simd="AVX2", cpu="x")
    other = first.model_copy(update={"kernel": "SkylakeX"})
    store.record("run", [started(), steps(1)], 0, b"state", first).result()
    past = store.past("run")
    assert past is not None
    assert past.numerics == first
    assert (past.is_bound(first), past.is_bound(other)) == (True, False)
    changed = server_events.numerics_changed(1, first, other)
    store.record("run", [changed], 0, None, other).result()
    past = store.past("run")
    assert past is not None
    assert (past.numerics, past.numerics_seq) == (other, 3)
    assert not past.is_bound(other), "the checkpoint is from before the change"
    store.record("run", [steps(2)], 0, b"newer").result()
    past = store.past("run")
    assert past is not None
    assert past.is_bound(other)
    assert json.loads(changed.body)["changes"] == ["matrix kernel: Haswell before, SkylakeX now"]
    store._recorder.submit(
        lambda writer: writer.execute("UPDATE numerics SET told = '{}'")
    ).result()
    assert store.numerics(1) is None


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
