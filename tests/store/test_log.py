"""The event log and what the catalogue makes of it."""

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.events import LAST_KINDS, EncodedEvent, Event, StatusChanged
from app.store import DatabaseUnusable, RunUnknown, Store, StoreError
from app.store.projection import project
from tests.store.samples import (
    evaluated,
    failed,
    finished,
    new_run,
    open_store,
    snapshot,
    started,
    status,
    steps,
)

_ANY_EVENT = st.one_of(
    st.integers(1, 1000).map(steps),
    st.integers(0, 1000).map(snapshot),
    st.integers(0, 1000).map(evaluated),
    st.sampled_from(["running", "paused", "stopping"]).map(status),
)


def test_every_kind_of_event_has_its_projection() -> None:
    kinds = {event.model_fields["kind"].default for event in get_args(get_args(Event)[0])}
    for kind in kinds - {"steps"}:
        body = {
            "status": "paused", "layer_score": 0, "oriented": 0, "counts": {}, "code": "",
            "message": "", "advice": "", "validation_loss": 0, "validation_accuracy": 0,
            "total_steps": 9,
        }  # fmt: skip
        assert project([EncodedEvent(kind, 3, json.dumps(body))], 0.0)["step"] == 3


def test_a_run_goes_from_queued_to_finished_with_its_newest_numbers(store: Store) -> None:
    queued = store.run("run")
    assert queued is not None
    assert (queued.status, queued.last_seq, queued.loss, queued.label_counts) == (
        *("queued", 0, None, None),
    )
    store.record("run", [started(), snapshot(0), evaluated(0)], 0.5).result()
    store.record("run", [steps(1, 2), steps(3, 4), finished(4)], 2.5).result()
    run = store.run("run")
    assert run is not None
    assert (run.status, run.step, run.last_seq, run.training_seconds) == ("finished", 4, 6, 2.5)
    assert (run.loss, run.accuracy, run.validation_accuracy) == (0.25, 0.5, 0.875)
    assert (run.score, run.oriented, run.label_counts) == (0.25, 1.0, {"edge": 1})
    assert run.started_at is not None
    assert run.ended_at is not None
    assert run.created_at <= run.started_at <= run.ended_at


def test_a_failed_run_keeps_why(store: Store) -> None:
    store.record("run", [started(), steps(1), failed(1)], 0).result()
    run = store.run("run")
    assert run is not None
    assert run.status == "failed"
    assert run.error == {"code": "diverged", "message": "It grew.", "advice": "Try less."}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(batches=st.lists(st.lists(_ANY_EVENT, max_size=4), max_size=6))
def test_however_events_come_seqs_are_contiguous_and_the_row_is_their_projection(
    batches: list[list[EncodedEvent]], store: Store
) -> None:
    store.delete_run("run").result()
    store.create_run(new_run()).result()
    for batch in batches:
        store.record("run", batch, 1.0).result()
    told = [event for batch in batches for event in batch]
    logged = store.events_after("run", 0, 1000)
    assert [(event.seq, event.kind, event.body) for event in logged] == [
        (seq, event.kind, event.body) for seq, event in enumerate(told, start=1)
    ]
    row = store.run("run")
    assert row is not None
    assert row.last_seq == len(told)
    expected = {**project(told, 0.0), "label_counts": row.label_counts}
    assert expected.items() <= {**row._asdict(), "label_counts": row.label_counts}.items()


def test_events_from_many_threads_are_numbered_without_gap_or_duplicate(store: Store) -> None:
    def tell() -> None:
        for future in [store.record("run", [steps(n)], 0) for n in range(1, 26)]:
            future.result()

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.seq for event in store.events_after("run", 0, 1000)] == list(range(1, 101))


def test_readers_see_whole_batches_while_others_write(store: Store) -> None:
    writing = threading.Event()
    odd: list[int] = []

    def read() -> None:
        while not writing.is_set():
            row = store.run("run")
            assert row is not None
            seen = len(store.events_after("run", 0, 10_000))
            if row.last_seq % 3 or seen % 3 or seen < row.last_seq:
                odd.append(seen)

    reader = threading.Thread(target=read)
    reader.start()
    futures = [store.record("run", [steps(n), snapshot(n), evaluated(n)], 0) for n in range(1, 99)]
    for future in futures:
        future.result()
    writing.set()
    reader.join()
    assert not odd


def test_events_are_published_only_once_another_connection_can_read_them(tmp_path: Path) -> None:
    seen: list[tuple[list[int], int]] = []
    store: Store

    def publish(run_id: str, numbered: list[tuple[int, EncodedEvent]]) -> None:
        on_disk = store.run(run_id)
        assert on_disk is not None
        seen.append(([seq for seq, _ in numbered], on_disk.last_seq))

    with open_store(tmp_path, publish=publish) as store:
        store.create_run(new_run()).result()
        last = [store.record("run", [steps(n), snapshot(n)], 0) for n in range(1, 20)][-1]
        last.result()
        published = [seq for seqs, _ in seen for seq in seqs]
        assert published == list(range(1, 39)), "published in order, before the future resolves"
        assert all(seqs[-1] <= on_disk for seqs, on_disk in seen)


def test_a_publisher_that_fails_loses_no_event(tmp_path: Path) -> None:
    def publish(*_anything: object) -> None:
        raise RuntimeError("nobody at home")

    with open_store(tmp_path, publish=publish) as store:
        store.create_run(new_run()).result()
        store.record("run", [started()], 0).result()
        assert len(store.events_after("run", 0, 9)) == 1


def test_a_job_that_fails_leaves_its_neighbours_alone(store: Store) -> None:
    before = store.record("run", [steps(1)], 0)
    wrong = store.record("nobody", [steps(1)], 0)
    after = store.record("run", [steps(2)], 0)
    with pytest.raises(RunUnknown, match="nobody"):
        wrong.result()
    before.result()
    after.result()
    assert [event.seq for event in store.events_after("run", 0, 9)] == [1, 2]


def test_an_event_that_cannot_be_stored_takes_its_whole_batch_back(store: Store) -> None:
    broken = EncodedEvent("run_failed", 1, "{}")
    with pytest.raises(KeyError):
        store.record("run", [steps(1), broken], 0).result()
    assert store.events_after("run", 0, 9) == []


def test_nobody_can_change_an_event(store: Store) -> None:
    store.record("run", [started()], 0).result()
    change: Callable[[apsw.Connection], object] = lambda writer: writer.execute(  # noqa: E731
        "UPDATE events SET body = '{}'"
    )
    with pytest.raises(apsw.ConstraintError, match="never changed"):
        store._recorder.submit(change).result()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.record("run", [started()], 0).result()


def test_a_snapshot_comes_back_bit_for_bit(store: Store) -> None:
    told = snapshot(7)
    store.record("run", [told], 0).result()
    there = store.snapshot("run", 7)
    assert there is not None
    assert there.arrays == {array.name: array for array in told.arrays}
    assert there.body == json.loads(told.body)
    assert store.events_after("run", 0, 1)[0].kernel == told.arrays[0]
    assert store.snapshot("run", 8) is None


def test_an_array_whose_bytes_changed_is_not_passed_off_as_stored(
    store: Store, tmp_path: Path
) -> None:
    store.record("run", [snapshot(7)], 0).result()
    store._recorder.submit(lambda writer: writer.execute("UPDATE arrays SET data = x'00'")).result()
    with pytest.raises(DatabaseUnusable, match="conv1/kernel is damaged"):
        store.snapshot("run", 7)


def test_a_film_has_every_frame_and_a_long_one_keeps_its_ends(store: Store) -> None:
    store.record("run", [snapshot(step, size=400) for step in range(100)], 0).result()
    assert [frame.step for frame in store.film("run", "conv1", 10**6)] == list(range(100))
    thinned = [frame.step for frame in store.film("run", "conv1", 10 * 400)]
    assert len(thinned) == 10
    assert (thinned[0], thinned[-1]) == (0, 99)
    assert thinned == sorted(set(thinned))
    assert all(frame.body is None for frame in store.film("run", "conv2", 10**6))
    assert store.film("run", "conv9", 10**6) == []


def test_a_reader_gets_large_snapshots_a_few_at_a_time_but_always_one(store: Store) -> None:
    store.record("run", [snapshot(step, size=1_500_000) for step in range(4)], 0).result()
    seqs, after = [], 0
    while events := store.events_after("run", after, 64):
        assert len(events) < 4
        seqs += [event.seq for event in events]
        after = seqs[-1]
    assert seqs == [1, 2, 3, 4]


def test_deleting_a_run_removes_all_of_it_and_frees_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "filterscope.sqlite3"
    with open_store(tmp_path) as store:
        store.create_run(new_run("kept")).result()
        store.record("kept", [started(), snapshot(0)], 0).result()
    before = path.stat().st_size
    with open_store(tmp_path) as store:
        store.create_run(new_run("gone")).result()
        store.record("gone", [snapshot(n, size=100_000) for n in range(30)], 0).result()
        store.delete_run("gone").result()
        assert store.run("gone") is None
        assert store.events_after("gone", 0, 9) == []
        with pytest.raises(RunUnknown):
            store.delete_run("gone").result()
    assert path.stat().st_size < before + 100_000
    tables = {}
    with sqlite3.connect(path) as database:
        for table in ("runs", "events", "arrays"):
            (tables[table],) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    database.close()
    assert tables == {"runs": 1, "events": 3, "arrays": 3}


def test_pages_of_the_list_hold_every_run_once_newest_first(store: Store) -> None:
    for number in range(5):
        store.create_run(new_run(f"r{number}")).result()
    seen, before = [], None
    while page := store.runs(2, before):
        seen += [run.id for run in page]
        before = page[-1].number
    assert seen == ["r4", "r3", "r2", "r1", "r0", "run"]


def test_runs_are_counted_by_status(store: Store) -> None:
    store.create_run(new_run("other")).result()
    store.record("other", [started(), finished(1)], 0).result()
    assert store.count_by_status() == {"queued": 1, "finished": 1}


def test_the_last_kinds_are_those_after_which_a_run_is_over(store: Store) -> None:
    for kind in LAST_KINDS:
        body = {"code": "", "message": "", "advice": ""}
        columns = project([EncodedEvent(kind, 1, json.dumps(body))], 5.0)
        assert columns["ended_at"] == 5.0
    assert "ended_at" not in project([status("interrupted")], 5.0)
    assert StatusChanged.model_fields["kind"].default not in LAST_KINDS


def test_bodies_come_one_by_one_as_they_come_all_at_once(store: Store) -> None:
    told = [evaluated(step) for step in range(700)]
    store.record("run", [started(), *told], 1.0).result()
    for after_step in (-1, 0, 400, 699):
        each = list(store.each_body("run", "evaluated", after_step))
        assert each == store.bodies("run", "evaluated", after_step)
        assert len(each) == 699 - after_step
    assert list(store.each_body("gone", "evaluated")) == []
