"""What a run may weigh: halts give way to newer ones, and nothing else does."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store import NewRun, Store, thinning
from app.vocabulary.snapshot_steps import is_snapshot_step
from tests.external.guest import described as guest
from tests.store.samples import finished, new_run, open_store, snapshot, started, status, steps

TOTAL = 100_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that thins as the server's does, with a run that has begun."""
    with open_store(tmp_path, stays=is_snapshot_step) as opened:
        opened.create_run(new_run(total_steps=TOTAL)).result()
        opened.record("run", [started(), snapshot(0)], 0.0).result()
        yield opened


def halt(store: Store, *at: int, size: int = 0) -> None:
    """Pauses after so many updates each, as training tells them, on record at once."""
    told = [[steps(step), snapshot(step, size=size), status("paused", step)] for step in at]
    store.record("run", [event for events in told for event in events], 0.0).result()


def scheduled(until: int) -> list[int]:
    return [step for step in range(until + 1) if is_snapshot_step(step, TOTAL)]


def test_the_newest_halts_stay_beside_all_that_was_kept_by_schedule(store: Store) -> None:
    last = 1002
    for first in range(1, last, 167):
        halt(store, *range(first, first + 167))
    left = store.snapshot_steps("run")
    halts = [step for step in range(last + 1) if not is_snapshot_step(step, TOTAL)]
    assert left == sorted(scheduled(last) + halts[-thinning.MOST_HALTS :])
    assert [frame.step for frame in store.film("run", "conv1", 10**9)] == left


def test_a_run_without_halts_keeps_everything_whatever_its_length(store: Store) -> None:
    store.record("run", [snapshot(step) for step in scheduled(TOTAL)[1:]], 0.0).result()
    assert store.snapshot_steps("run") == scheduled(TOTAL)
    assert not store.is_thinned_after("run", 0)


def test_large_weights_are_thinned_by_their_bytes_but_the_newest_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "HALTS_BYTES", 10_000)
    for step in (1001, 1002, 1003):
        halt(store, step, size=4000)
    assert store.snapshot_steps("run") == [0, 1002, 1003]
    halt(store, 1004, size=40_000)
    assert store.snapshot_steps("run") == [0, 1004]
    assert store.snapshot("run", 1003) is None


def test_events_and_hashes_of_what_was_thinned_stay_on_record(store: Store) -> None:
    halt(store, *range(1001, 1101))
    before = store.kept("run")
    assert not store.is_thinned_after("run", 0)
    halt(store, *range(1101, 1301))
    assert store.is_thinned_after("run", 0)
    assert store.kept("run")[: len(before)] == before
    run = store.run("run")
    assert run is not None
    assert [event.seq for event in store.kept("run")] == list(range(1, run.last_seq + 1))


def test_the_file_grows_no_more_by_halts_than_by_what_they_say(
    store: Store, tmp_path: Path
) -> None:
    size = 20_000
    database = tmp_path / "filterscope.sqlite3"
    store._recorder.submit(lambda writer: writer.pragma("wal_autocheckpoint", 10)).result()
    for first in range(1001, 1601, 50):
        halt(store, *range(first, first + 50), size=size)
        if first == 1151:
            once = database.stat().st_size
    said = sum(len(event.body) for event in store.kept("run"))
    assert database.stat().st_size - once < 3 * said < 100 * size


def test_what_comes_after_a_cursor_leaves_thinned_snapshots_out(store: Store) -> None:
    halt(store, *range(1001, 1201))
    store.record("run", [finished(1200)], 0.0).result()
    events = store.events_after("run", 0, 10_000)
    there = {event.seq for event in events}
    run = store.run("run")
    assert run is not None
    missing = set(range(1, run.last_seq + 1)) - there
    thinned = {
        event.seq
        for event in store.kept("run")
        if event.kind == "snapshot" and json.loads(event.body)["step"] <= 1200 - 100
    }
    # Of the 200 steps two were kept by schedule, so that 98 halts gave way to 100.
    assert missing < thinned
    assert store.is_thinned_after("run", min(missing) - 1)
    assert not store.is_thinned_after("run", max(missing))


def test_deleting_a_run_forgets_what_was_thinned_too(store: Store) -> None:
    halt(store, *range(1001, 1201))
    store.record("run", [finished(1200)], 0.0).result()
    store.delete_run("run").result()
    count = store._recorder.submit(lambda c: c.execute("SELECT count(*) FROM thinned").get)
    assert count.result() == 0


def places_left(folder: Path, opened: int, size: int = 0) -> list[int]:
    """Which of so many opened files keep their weights; their steps follow no schedule."""
    with open_store(folder, stays=is_snapshot_step) as store:
        store.create_run(NewRun("film", guest(source="opened", step_unit="epoch"))).result()
        for number in range(opened):
            store.record("film", [snapshot(7 * number + 3, size=size)], 0.0).result()
        return [(step - 3) // 7 for step in store.snapshot_steps("film")]


def test_a_film_of_files_keeps_every_epoch_that_fits(tmp_path: Path) -> None:
    assert places_left(tmp_path, 150) == list(range(150))


def test_a_film_too_large_is_spread_evenly_and_keeps_its_first_and_its_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "OPENED_BYTES", 40_000)
    assert places_left(tmp_path, 30, size=4000) == [0, 4, 8, 12, 16, 20, 24, 28, 29]


def test_a_training_elsewhere_keeps_its_schedule_though_its_end_is_open(tmp_path: Path) -> None:
    with open_store(tmp_path, stays=is_snapshot_step) as store:
        store.create_run(NewRun("guest", guest())).result()
        store.record("guest", [snapshot(step) for step in range(1003)], 0.0).result()
        kept = store.snapshot_steps("guest")
    assert set(scheduled(1002)) <= set(kept)
    assert len(kept) == len(scheduled(1002)) + thinning.MOST_HALTS
