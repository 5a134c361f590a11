"""Runs that were asked for together: made wholly or not at all, checked, gone on with, salvaged."""

from pathlib import Path

import pytest

from app.store import DataDamaged, NewRun, RunSearch, Store, SweepChanged, SweepUnknown
from app.store.salvage import salvage
from tests.store.samples import (
    evaluated,
    failed,
    finished,
    new_run,
    open_store,
    snapshot,
    started,
    status,
)
from tests.store.test_check_values import change

PLAN = '{"axes": []}'


def members(count: int = 3, sweep: str = "map", keep: str | None = None) -> list[NewRun]:
    return [
        new_run(f"{sweep}{place}", sweep=sweep, place=place, keep=keep) for place in range(count)
    ]


def test_a_sweep_is_there_with_all_of_its_runs_or_not_at_all(store: Store) -> None:
    taken = [*members(2), new_run("run", sweep="map", place=2)]
    with pytest.raises(Exception, match="UNIQUE"):
        store.create_sweep("map", "Rates", PLAN, taken).result()
    assert (store.sweep("map"), store.sweeps(9)) == (None, [])
    assert [run.id for run in store.runs(9)] == ["run"]
    store.create_sweep("map", "Rates", PLAN, members()).result()
    kept = store.sweep("map")
    assert kept is not None
    assert (kept.name, kept.status, kept.plan) == ("Rates", "running", PLAN)
    assert [run.id for run in store.runs_of_sweep("map")] == ["map0", "map1", "map2"]
    assert [run.id for run in store.search(RunSearch(sweep="map"), 9).rows] == [
        *("map2", "map1", "map0")
    ]


def test_what_its_runs_have_come_to_is_listed_in_their_order(store: Store) -> None:
    store.create_sweep("map", "Rates", PLAN, members()).result()
    store.record("map1", [started(), snapshot(0), evaluated(0), finished(5)], 1.0).result()
    store.record("map2", [started(), failed(3)], 1.0).result()
    told = [
        (run.status, run.swept and run.swept.step, run.edges, run.accuracy)
        for run in store.runs_of_sweep("map")
    ]
    assert told == [
        ("queued", 0, None, None),
        ("finished", 5, 1.0, 0.875),
        ("failed", 3, None, None),
    ]
    failure = store.runs_of_sweep("map")[2].swept
    assert failure is not None
    assert failure.error == "diverged"


def test_what_waits_in_a_sweep_goes_on_waiting_and_what_trained_was_interrupted(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        store.create_sweep("map", "Rates", PLAN, members()).result()
        store.record("map0", [started()], 0.0).result()
    with open_store(tmp_path) as store:
        assert store.waiting_at_open == [("map", "map1"), ("map", "map2")]
        assert {run.id: run.status for run in store.runs(9)} == {
            "run": "interrupted",
            "map0": "interrupted",
            "map1": "queued",
            "map2": "queued",
        }
        recipe = store.recipe_of("map1")
        assert recipe is not None
        assert recipe.name == "Handwritten strokes"
        assert store.recipe_of("map0") is None


def test_the_latest_run_is_none_that_waits_in_a_sweep_but_where_all_do(store: Store) -> None:
    def latest() -> str:
        run = store.latest()
        assert run is not None
        return run.id

    store.create_sweep("map", "Rates", PLAN, members()).result()
    assert latest() == "run"
    store.record("map1", [started()], 0.0).result()
    assert latest() == "map1"
    for run_id in ("run", "map1"):
        store.delete_run(run_id).result()
    assert latest() == "map2"


def test_only_what_nobody_trains_is_ended_by_hand_and_once(store: Store) -> None:
    told: list[str] = []
    store._publish = lambda run_id, _events: told.append(run_id)
    store.create_sweep("map", "Rates", PLAN, members(4)).result()
    store.record("map1", [started()], 0.0).result()
    store.record("map2", [started(), status("interrupted", 0)], 0.0).result()
    store.record("map3", [started(), finished(1)], 0.0).result()
    told.clear()
    for _ in range(2):
        store.stop_waiting(["map0", "map1", "map2", "map3", "gone"]).result()
    assert [run.status for run in store.runs_of_sweep("map")] == [
        *("stopped", "running", "stopped", "finished")
    ]
    assert told == ["map0", "map2"]
    assert [event.kind for event in store.events_after("map0", 0, 9)] == ["run_stopped"]


def test_what_was_stopped_stays_stopped_and_takes_a_name(store: Store) -> None:
    store.create_sweep("map", "Rates", PLAN, members()).result()
    store.change_sweep("map", status="paused").result()
    store.change_sweep("map", status="stopped").result()
    store.change_sweep("map", status="running", name="Too late").result()
    kept = store.sweep("map")
    assert kept is not None
    assert (kept.name, kept.status) == ("Too late", "stopped")
    with pytest.raises(SweepUnknown):
        store.change_sweep("other", status="paused").result()


def test_it_is_deleted_with_all_of_its_runs_and_no_other(store: Store) -> None:
    store.create_sweep("map", "Rates", PLAN, members()).result()
    store.create_sweep("next", "Sizes", PLAN, members(1, "next")).result()
    store.delete_run("map1").result()
    store.delete_sweep("map").result()
    assert [sweep.id for sweep in store.sweeps(9)] == ["next"]
    assert [run.id for run in store.runs(9)] == ["next0", "run"]
    with pytest.raises(SweepUnknown):
        store.delete_sweep("map").result()


def test_of_runs_that_keep_their_ends_the_first_and_newest_weights_stay(store: Store) -> None:
    store.create_sweep("map", "Rates", PLAN, members(1, keep="ends")).result()
    for step in (0, 1, 2, 5):
        store.record("map0", [snapshot(step)] if step else [started(), snapshot(0)], 0.0).result()
        assert store.snapshot_steps("map0") == sorted({0, step})
    assert [body["step"] for body in store.bodies("map0", "snapshot")] == [0, 1, 2, 5]
    assert [len(event.arrays) for event in store.kept("map0")] == [0, 3, 3, 3, 3]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE runs SET sweep = NULL",
        "UPDATE runs SET sweep = 'other'",
        "UPDATE runs SET place = place + 1",
        "UPDATE runs SET keep = NULL",
    ],
)
def test_what_a_run_is_one_of_is_never_told_otherwise(store: Store, sql: str) -> None:
    store.create_sweep("map", "Rates", PLAN, members(1, keep="ends")).result()
    store.annotate_run("map0", {"note": "with a note"}).result()
    change(store, f"{sql} WHERE id = 'map0'")
    with pytest.raises(DataDamaged):
        store.run("map0")
    assert store.runs_of_sweep("map") == []


def test_runs_are_added_wholly_and_only_to_what_was_seen(store: Store) -> None:
    store.create_sweep("map", "Rates", PLAN, members(2)).result()
    seen = store.sweep("map")
    assert seen is not None
    after = seen._replace(plan='{"axes": [], "seeds": 2}')
    with pytest.raises(Exception, match="UNIQUE"):
        store.extend_sweep(seen, after, members(3)).result()
    assert (store.sweep("map"), len(store.runs_of_sweep("map"))) == (seen, 2)
    store.extend_sweep(seen, after, members(4)[2:]).result()
    assert store.sweep("map") == after
    assert [run.id for run in store.runs_of_sweep("map")] == ["map0", "map1", "map2", "map3"]
    with pytest.raises(SweepChanged):
        store.extend_sweep(seen, after, members(5)[4:]).result()
    with pytest.raises(SweepUnknown):
        store.extend_sweep(seen._replace(id="other"), after, []).result()


def test_a_damaged_sweep_says_so(store: Store) -> None:
    store.create_sweep("map", "Rates", PLAN, members()).result()
    change(store, "UPDATE sweeps SET plan = '{}'")
    with pytest.raises(DataDamaged, match="the sweep map"):
        store.sweep("map")
    with pytest.raises(DataDamaged):
        store.change_sweep("map", status="paused").result()


def test_salvage_keeps_sweeps_with_their_runs(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    with open_store(old) as store:
        store.create_sweep("map", "Rates", PLAN, members(2, keep="ends")).result()
        store.record("map0", [started(), snapshot(0), finished(1)], 0.0).result()
        before, runs = store.sweep("map"), store.runs_of_sweep("map")
    salvage(old, new)
    with open_store(new) as store:
        assert store.sweep("map") == before
        assert [run.swept for run in store.runs_of_sweep("map")] == [run.swept for run in runs]
        assert [run.keep for run in store.runs(9)] == ["ends", "ends"]
