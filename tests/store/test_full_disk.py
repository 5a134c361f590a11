"""A disk without room: what is told waits in its order, and nothing is lost."""

import threading
from pathlib import Path

import apsw
import pytest

from app.store import Store, StoreError
from tests.store.samples import new_run, open_store, snapshot, started, steps

_LONG = 1_000_000
PATIENCE_SECONDS = 30


def leave_pages(store: Store, count: int) -> None:
    """Lets the database grow by `count` pages and no more."""

    def limit(writer: apsw.Connection) -> None:
        writer.pragma("max_page_count", writer.pragma("page_count") + count)

    store._recorder.submit(limit).result()


def make_room(store: Store) -> None:
    store._recorder.submit(lambda writer: writer.pragma("max_page_count", 2**31)).result()


def stuck_store(folder: Path) -> Store:
    """A store with a run whose snapshot is too large for what is left."""
    store = open_store(folder)
    store.create_run(new_run()).result()
    leave_pages(store, 20)
    return store


def test_what_does_not_fit_waits_and_all_that_follows_waits_behind_it(tmp_path: Path) -> None:
    with stuck_store(tmp_path) as store:
        told = [started(), snapshot(1, size=_LONG), steps(2)]
        first, *others = [store.record("run", [event], 0) for event in told]
        first.result(PATIENCE_SECONDS)
        with pytest.raises(TimeoutError):
            others[0].result(0.2)
        assert store.trouble == "the disk is full"
        assert not others[1].done(), "it would stand in the place of what came before it"
        make_room(store)
        for waited in others:
            waited.result(PATIENCE_SECONDS)
        logged = store.events_after("run", 0, 9)
        assert [(event.seq, event.kind) for event in logged] == [
            (seq, event.kind) for seq, event in enumerate(told, start=1)
        ]
        store.create_run(new_run("next")).result()
        assert store.trouble is None


def test_a_new_run_is_refused_rather_than_kept_waiting(tmp_path: Path) -> None:
    with stuck_store(tmp_path) as store:
        stuck = store.record("run", [snapshot(1, size=_LONG)], 0)
        large = new_run("large", recipe="x" * _LONG)
        with pytest.raises(StoreError, match=r"could be written.*full"):
            store.create_run(large).result(PATIENCE_SECONDS)
        assert not stuck.done()
        make_room(store)
        stuck.result(PATIENCE_SECONDS)


def test_deleting_a_run_makes_room_for_what_waits(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.create_run(new_run("old")).result()
        store.record("old", [snapshot(1, size=2 * _LONG)], 0).result()
        store.create_run(new_run()).result()
        leave_pages(store, 20)
        stuck = store.record("run", [snapshot(1, size=_LONG)], 0)
        with pytest.raises(TimeoutError):
            stuck.result(0.2)
        store.delete_run("old").result(PATIENCE_SECONDS)
        stuck.result(PATIENCE_SECONDS)
        assert store.snapshot_steps("run") == [1]


def test_closing_with_a_full_disk_says_what_was_not_written(tmp_path: Path) -> None:
    store = stuck_store(tmp_path)
    stuck = store.record("run", [snapshot(1, size=_LONG)], 0)
    closing = threading.Thread(target=store.close)
    closing.start()
    closing.join(PATIENCE_SECONDS)
    assert not closing.is_alive()
    with pytest.raises(StoreError, match="the disk is full"):
        stuck.result(0)
