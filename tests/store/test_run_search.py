"""Runs that are asked for, in the order that is asked for, whatever became of some of them."""

from pathlib import Path

import apsw
import pytest

from app.recipe import described
from app.store import Reading, RunSearch, Sort, SortKey, Store
from tests.external.guest import described as guest
from tests.store.samples import (
    RECIPE,
    evaluated,
    finished,
    new_run,
    open_store,
    snapshot,
    started,
    steps,
)
from tests.store.test_check_values import as_an_older_version_left_it, change


def _ids(store: Reading, search: RunSearch, limit: int = 100) -> list[str]:
    return [run.id for run in store.search(search, limit).rows]


def _paged(store: Reading, search: RunSearch, limit: int) -> list[str]:
    ids: list[str] = []
    after: SortKey | None = None
    while True:
        found = store.search(search, limit, after)
        assert len(found.rows) <= limit
        ids += [run.id for run in found.rows]
        after = found.last
        if after is None:
            return ids


def _named(store: Store, run_id: str, name: str) -> None:
    known = described(RECIPE).model_copy(update={"name": name})
    store.create_run(new_run(run_id, described=known)).result()


@pytest.fixture
def filled(store: Store) -> Store:
    """Besides `run`, which is queued: runs that got as far as their ids say."""
    for run_id, name in (
        ("begun", "Zebra"),
        ("seen", "apple"),
        ("over", "Mango"),
        ("bad", "apple"),
    ):
        _named(store, run_id, name)
    store.record("begun", [started(), steps(1)], 0).result()
    store.record("seen", [started(), snapshot(0), steps(1), evaluated(1)], 0).result()
    store.record("over", [started(), snapshot(0), finished(1)], 0).result()
    return store


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("newest", ["bad", "over", "seen", "begun", "run"]),
        ("oldest", ["run", "begun", "seen", "over", "bad"]),
        ("name", ["bad", "seen", "run", "over", "begun"]),
        ("accuracy", ["seen", "begun", "bad", "over", "run"]),
        ("edges", ["over", "seen", "bad", "begun", "run"]),
    ],
)
@pytest.mark.parametrize("limit", [1, 2, 5, 6])
def test_each_order_is_read_page_by_page_with_no_run_twice(
    filled: Store, sort: Sort, ids: list[str], limit: int
) -> None:
    assert _paged(filled, RunSearch(sort=sort), limit) == ids


def test_a_page_goes_on_where_the_last_one_ended_whatever_happened_between(filled: Store) -> None:
    search = RunSearch(sort="edges")
    first = filled.search(search, 2)
    filled.delete_run("seen").result()
    _named(filled, "new", "New")
    rest = filled.search(search, 9, first.last)
    assert [run.id for run in rest.rows] == ["new", "bad", "begun", "run"]


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        (RunSearch(words=("apple",)), ["bad", "seen"]),
        (RunSearch(words=("zeb", "strokes")), ["begun"]),
        (RunSearch(words=("%",)), []),
        (RunSearch(words=("over",)), ["over"]),
        (RunSearch(status="running"), ["seen", "begun"]),
        (RunSearch(preset="mnist-strokes", status="finished"), ["over"]),
        (RunSearch(preset="dead-leaves"), []),
        (RunSearch(source="watched"), []),
        (RunSearch(seed=0, status="finished"), ["over"]),
        (RunSearch(seed=1), []),
    ],
)
def test_only_runs_that_fit_are_found(filled: Store, search: RunSearch, ids: list[str]) -> None:
    assert _ids(filled, search) == ids


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pinned_runs_come_first_in_every_order_if_asked_for(filled: Store, limit: int) -> None:
    for run_id in ("run", "seen"):
        filled.annotate_run(run_id, {"pinned": True}).result()
    newest, named = RunSearch(pins_first=True), RunSearch(pins_first=True, sort="name")
    assert _paged(filled, newest, limit) == ["seen", "run", "bad", "over", "begun"]
    assert _paged(filled, named, limit) == ["seen", "run", "bad", "over", "begun"]
    filled.annotate_run("seen", {"pinned": None}).result()
    assert _paged(filled, newest, limit) == ["run", "bad", "over", "seen", "begun"]


def test_a_page_begins_anywhere_and_says_how_many_runs_there_are(filled: Store) -> None:
    search = RunSearch(sort="name")
    pages = [filled.search(search, 2, start) for start in (0, 2, 4, 6)]
    assert [[run.id for run in page.rows] for page in pages] == [
        *(["bad", "seen"], ["run", "over"], ["begun"], [])
    ]
    assert [page.in_all for page in pages] == [5] * 4
    share = filled.run("over")
    assert share is not None
    assert share.oriented is not None
    for least, ids in ((share.oriented, ["over", "seen"]), (share.oriented + 1e-9, [])):
        assert _ids(filled, RunSearch(edges_from=least)) == ids


def test_what_becomes_of_runs_is_found_at_once_in_all_blocks_of_them(store: Store) -> None:
    for created in [store.create_run(new_run(f"r{number}")) for number in range(200)]:
        created.result()
    queued = RunSearch(status="queued")
    assert len(_ids(store, queued, 300)) == 201
    store.record("r3", [started()], 0).result()
    store.record("r150", [started(), finished(1)], 0).result()
    store.delete_run("r70").result()
    assert len(_ids(store, queued, 300)) == 198
    assert _ids(store, RunSearch(status="running")) == ["r3"]
    assert _ids(store, RunSearch(status="finished")) == ["r150"]
    store.create_run(new_run("guest", described=guest(), recipe=None, preset=None)).result()
    assert _ids(store, RunSearch(source="watched")) == ["guest"]


def test_what_was_read_ahead_is_what_a_search_finds(filled: Store, tmp_path: Path) -> None:
    filled.annotate_run("begun", {"name": "Quince Été", "pinned": True}).result()
    change(filled, "UPDATE runs SET described = replace(described, 'Mango', 'Tango')")
    assert filled.prepare_search()
    assert not filled.prepare_search()
    with Reading.beside(tmp_path / "filterscope.sqlite3") as fresh:
        for search in (RunSearch(words=("été",)), RunSearch(pins_first=True)):
            assert filled.search(search, 9) == fresh.search(search, 9)
    filled.delete_run("begun").result()
    assert _ids(filled, RunSearch(sort="name")) == ["bad", "seen", "run"]


def test_damaged_runs_are_named_beside_those_that_are_found(filled: Store) -> None:
    change(filled, "UPDATE runs SET described = replace(described, 'Mango', 'Tango')")
    found = filled.search(RunSearch(words=("apple",)), 9)
    assert [run.id for run in found.rows] == ["bad", "seen"]
    assert [run.id for run in found.damaged] == ["over"]
    assert _ids(filled, RunSearch(words=("tango",))) == []


def test_a_run_that_is_damaged_later_is_never_told_otherwise_than_it_was(filled: Store) -> None:
    assert _ids(filled, RunSearch(status="finished")) == ["over"]
    change(filled, "UPDATE runs SET status = 'running' WHERE id = 'over'")
    assert _ids(filled, RunSearch(status="running")) == ["seen", "begun"]
    found = filled.search(RunSearch(status="finished"), 9)
    assert (found.rows, [run.number for run in found.damaged]) == ([], [4])


@pytest.mark.parametrize("is_lost", [False, True])
def test_an_index_that_is_damaged_makes_no_answer_wrong(
    filled: Store, tmp_path: Path, is_lost: bool
) -> None:
    path, search = tmp_path / "filterscope.sqlite3", RunSearch(words=("apple",))
    filled.close()
    with apsw.Connection(str(path)) as database:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'runs_checked'"
        root, size = database.execute(sql).get, database.pragma("page_size")
    database.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        page = bytearray(file.read(size))
        page[-1] ^= 1  # of the check value of the first run
        file.seek((root - 1) * size)
        file.write(bytes(size) if is_lost else page)
    with Reading.beside(path) as beside:
        assert _ids(beside, search) == ["bad", "seen"]
        assert _ids(beside, RunSearch(sort="oldest")) == ["run", "begun", "seen", "over", "bad"]


def test_runs_of_an_older_version_are_found_before_and_after_they_have_check_values(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path) as store:
        for run_id in ("a", "b"):
            store.create_run(new_run(run_id)).result()
        as_an_older_version_left_it(store)
    with open_store(tmp_path) as store:
        for _ in range(2):
            assert _ids(store, RunSearch(status="interrupted", sort="oldest")) == ["a", "b"]
        store.record("a", [started()], 0).result()
        assert _ids(store, RunSearch(status="running")) == ["a"]
