"""A new folder of what is whole in a damaged one."""

import hashlib
import random
import shutil
from pathlib import Path

import pytest

from app.events import encode, run_started
from app.external.described import Continues
from app.past import Handover
from app.store import Store, StoreError
from app.store.salvage import salvage
from app.vocabulary.snapshot_steps import is_snapshot_step
from tests.external.guest import described as guest
from tests.reliability.damages import PAGE, damage
from tests.reliability.ledger import assert_sound, told
from tests.reliability.scale import tries
from tests.store.samples import RECIPE, finished, new_run, open_store, snapshot, started, steps

NAME = "filterscope.sqlite3"
RUNS = ("first", "second", "guest", "live")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a killed server leaves it: much lies in the log, and one run was deleted."""
    live, folder = (tmp_path_factory.mktemp(name) for name in ("live", "recorded"))
    with open_store(live, stays=is_snapshot_step) as store:
        store.create_run(new_run("gone")).result()
        for run_id in RUNS:
            run = new_run(run_id, total_steps=100_000)
            if run_id == "guest":
                run = run._replace(described=guest(), recipe=None, preset=None)
            store.create_run(run).result()
            store.record(run_id, [started(), snapshot(0)], 0).result()
            for first in range(1, 200, 10):
                events = [
                    event
                    for step in range(first, min(first + 10, 200))
                    for event in (steps(step), snapshot(step, size=9000 if step % 20 == 0 else 0))
                ]
                store.record(run_id, events, first).result()
            if run_id != "live":
                store.record(run_id, [finished(199)], 199).result()
        store.record("gone", [started(), snapshot(0), finished(1)], 0).result()
        store.delete_run("gone").result()
        copy_as_it_lies(store, live, folder)
    return folder


def copy_as_it_lies(store: Store, live: Path, folder: Path) -> None:
    """Copies a database with its log while nothing is written."""

    def copy(_writer: object) -> None:
        for suffix in ("", "-wal"):
            shutil.copy(live / (NAME + suffix), folder / (NAME + suffix))

    store._recorder.submit(copy).result()


def fingerprint(folder: Path) -> dict[str, bytes]:
    return {path.name: hashlib.sha256(path.read_bytes()).digest() for path in folder.iterdir()}


def test_an_undamaged_folder_is_taken_over_as_it_is(recorded: Path, tmp_path: Path) -> None:
    before = fingerprint(recorded)
    reports = salvage(recorded, tmp_path / "new")
    assert fingerprint(recorded) == before, "nothing is written into the old one"
    assert [(report.id, report.is_whole) for report in reports] == [(name, True) for name in RUNS]
    copy = tmp_path / "copy"
    shutil.copytree(recorded, copy)
    assert told(tmp_path / "new" / NAME) == told(copy / NAME)
    with open_store(copy) as old, open_store(tmp_path / "new") as new:
        for run_id in RUNS:
            assert new.kept(run_id)[:-1] == old.kept(run_id)[:-1], "thinned weights' hashes too"
            assert new.film(run_id, "conv1", 10**9) == old.film(run_id, "conv1", 10**9)
            assert new.run(run_id) == old.run(run_id) or run_id == "live"
        new.create_run(new_run("next")).result()
        following = new.run("next")
        assert following is not None
        assert following.number == len(RUNS) + 2, "a number is never used twice"
    assert_sound(tmp_path / "new" / NAME)


def test_a_file_without_its_head_and_list_of_tables_gives_all_runs(
    recorded: Path, tmp_path: Path
) -> None:
    with open_store(tmp_path / "stopped") as store:
        store.create_run(new_run("run")).result()
        store.record("run", [started(), snapshot(0), finished(1)], 0).result()
    with (tmp_path / "stopped" / NAME).open("r+b") as file:
        file.write(bytes(PAGE))
    with pytest.raises(StoreError, match=r"isn't a database|damaged"):
        open_store(tmp_path / "stopped")
    (report,) = salvage(tmp_path / "stopped", tmp_path / "new")
    assert report.is_whole
    assert_sound(tmp_path / "new" / NAME)


def test_a_run_that_goes_on_from_another_keeps_what_it_begins_with_and_where_from(
    tmp_path: Path,
) -> None:
    continues = Continues(run="first", step=1)
    known = new_run().described.model_copy(update={"continues": continues})
    state = random.Random(0).randbytes(3 * PAGE)
    begun = encode(run_started(RECIPE, continues), 1)
    with open_store(tmp_path / "old") as store:
        store.create_run(new_run("first")).result()
        store.record("first", [started(), finished(1)], 0, state).result()
        for run_id in ("whole", "cut", "lost"):
            store.create_continuation(new_run(run_id, described=known)).result()
            store.record(run_id, [begun, snapshot(1), steps(2), finished(2)], 0).result()
        number = {run_id: str(store.run(run_id).number) for run_id in ("cut", "lost")}  # type: ignore[union-attr]
        for change in (
            f"UPDATE events SET check_value = 0 WHERE seq = 3 AND run = {number['cut']}",
            f"UPDATE runs SET check_value = 0 WHERE number = {number['cut']}",
            f"UPDATE events SET check_value = 0 WHERE seq = 3 AND run = {number['lost']}",
            f"UPDATE beginnings SET data = x'00' WHERE run = {number['lost']}",
        ):
            store._recorder.submit(lambda writer, sql=change: writer.execute(sql)).result()  # type: ignore[misc]
    reports = {report.id: report for report in salvage(tmp_path / "old", tmp_path / "new")}
    assert {name for name, one in reports.items() if one.is_whole} == {"first", "whole"}
    assert (reports["cut"].goes_on, reports["cut"].is_rebuilt) == (True, True)
    assert not reports["lost"].goes_on
    assert "what it went on from is lost, so it can't be trained again" in reports["lost"].words
    with open_store(tmp_path / "new") as store:
        for run_id in ("whole", "cut"):
            assert store.beginning(run_id) == Handover(continues, state)
        cut, lost = store.run("cut"), store.run("lost")
        assert cut is not None
        assert lost is not None
        assert (cut.status, lost.status) == ("interrupted", "failed")
        assert (cut.described.continues, lost.described.continues) == (continues, continues)


def test_a_run_is_kept_up_to_its_first_gap_and_goes_on_from_there(
    recorded: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(recorded, damaged)
    with open_store(damaged, stays=is_snapshot_step) as store:
        change = "UPDATE events SET check_value = 0 WHERE seq = 101"
        store._recorder.submit(lambda writer: writer.execute(change)).result()
    reports = {report.id: report for report in salvage(damaged, tmp_path / "new")}
    assert {report.kept for report in reports.values()} == {100}
    assert {name for name in RUNS if reports[name].goes_on} == set(RUNS) - {"guest"}
    with open_store(tmp_path / "new") as store:
        for run_id in RUNS:
            run = store.run(run_id)
            assert run is not None
            assert run.status == ("failed" if run_id == "guest" else "interrupted")
            assert (run.last_seq, run.step) == (101, 49)
            assert store.events_after(run_id, 100, 9)[0].kind in ("status_changed", "run_failed")
        failed = store.run("guest")
        assert failed is not None
        assert failed.error is not None
        assert failed.error["code"] == "data_damaged"
    assert_sound(tmp_path / "new" / NAME)


def test_whatever_is_damaged_what_is_kept_is_what_was_recorded(
    recorded: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(recorded, copy)
    whole = told(copy / NAME)
    kept = 0
    for seed in range(tries(5, 200)):
        chance = random.Random(seed)
        damaged, new = tmp_path / f"{seed}", tmp_path / f"{seed}-new"
        shutil.copytree(recorded if chance.random() < 0.5 else copy, damaged)
        for _ in range(chance.choice([1, 1, 5, 20])):
            files = [file for file in damaged.iterdir() if file.stat().st_size > 2 * PAGE]
            if files:  # cut often enough, none of them has two pages left
                damage(chance, chance.choice(files))
        before = fingerprint(damaged)
        reports = salvage(damaged, new)
        assert fingerprint(damaged) == before
        for run_id, events in told(new / NAME).items():
            if run_id == "gone":  # what says that it was deleted stood in what is lost of the log
                continue
            report = next(report for report in reports if report.id == run_id)
            assert events[: report.kept] == whole[run_id][: report.kept], f"seed {seed}"
            kept += report.kept
        assert_sound(new / NAME)
        shutil.rmtree(damaged)
        shutil.rmtree(new)
    assert kept > tries(5, 200) * 300


def test_nothing_is_written_over(recorded: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("mine")
    with pytest.raises(StoreError, match="isn't empty"):
        salvage(recorded, tmp_path)
    with pytest.raises(StoreError, match=r"no filterscope\.sqlite3"):
        salvage(tmp_path, tmp_path / "new")
