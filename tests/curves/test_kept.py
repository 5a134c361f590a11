"""Curves kept in a file: worth no more than the log that they were read from."""

import os
from pathlib import Path

import numpy as np
import pytest

from app.curves import kept
from app.curves.columns import CurveColumns
from app.store import Store
from tests.store.samples import evaluated, new_run, open_store, started, steps


@pytest.fixture(autouse=True)
def _short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FEWEST_STEPS", 10)


def told(store: Store, run_id: str, *numbers: range) -> None:
    store.record(run_id, [steps(*told) for told in numbers], 1.0).result()


def same(one: CurveColumns, other: CurveColumns) -> bool:
    pairs = [(one.steps, other.steps), (one.events, other.events)]
    pairs += [(one.rows[name], other.rows[name]) for name in one.rows]
    return all(np.array_equal(*pair, equal_nan=True) for pair in pairs)


def test_a_run_that_goes_on_is_read_from_where_its_file_ends(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        store.record("run", [started(), evaluated(0)], 1.0).result()
        told(store, "run", range(1, 21), range(21, 41))
        kept.columns_of(store, tmp_path, "run")
        (file,) = (tmp_path / "curves").iterdir()
        before = file.stat().st_ino
        told(store, "run", range(41, 43))
        assert kept.columns_of(store, tmp_path, "run").steps.tolist() == list(range(1, 43))
        assert file.stat().st_ino == before  # for two steps it isn't made anew
        told(store, "run", range(43, 61))
        columns = kept.columns_of(store, tmp_path, "run")
        assert file.stat().st_ino != before
        assert same(columns, CurveColumns.of(store.each_text("run", "steps")))
        assert same(kept.columns_of(store, tmp_path, "run"), columns)
        assert [path.name for path in (tmp_path / "curves").iterdir()] == ["run.columns"]


def test_a_file_of_another_past_is_not_believed(tmp_path: Path) -> None:
    for folder, factor in ((tmp_path / "one", 1), (tmp_path / "other", 2)):
        with open_store(folder) as store:
            store.create_run(new_run()).result()
            told(store, "run", range(factor, factor + 20))
            columns = kept.columns_of(store, tmp_path, "run")
            assert columns.steps.tolist() == list(range(factor, factor + 20))


@pytest.mark.parametrize("harm", ["cut", "empty", "no header"])
def test_a_broken_file_is_made_anew(tmp_path: Path, harm: str) -> None:
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        told(store, "run", range(1, 21))
        kept.columns_of(store, tmp_path, "run")
        file = tmp_path / "curves" / "run.columns"
        content = file.read_bytes()
        file.write_bytes({"cut": content[:-8], "empty": b"", "no header": b"x" * 300}[harm])
        assert kept.columns_of(store, tmp_path, "run").steps.tolist() == list(range(1, 21))
        assert file.read_bytes() == content


def test_the_oldest_files_give_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path) as store:
        for name in ("one", "two", "three"):
            store.create_run(new_run(name)).result()
            told(store, name, range(1, 21))
            kept.columns_of(store, tmp_path, name)
            (size,) = {path.stat().st_size for path in (tmp_path / "curves").iterdir()}
            monkeypatch.setattr(kept, "MOST_BYTES", 2 * size)
        assert {path.stem for path in (tmp_path / "curves").iterdir()} == {"two", "three"}


def test_a_file_in_whose_place_another_comes_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        told(store, "run", range(1, 21))
        kept.columns_of(store, tmp_path, "run")
        file = tmp_path / "curves" / "run.columns"
        before = file.read_bytes()
        told(store, "run", range(21, 61))
        kept.columns_of(store, tmp_path, "run")
        later = file.rename(tmp_path / "later")
        file.write_bytes(before)
        size = kept._size

        def replaced(steps: int, events: int) -> int:
            later.replace(file)
            return size(steps, events)

        monkeypatch.setattr(kept, "_size", replaced)
        assert kept.columns_of(store, tmp_path, "run").steps.tolist() == list(range(1, 61))


def test_a_file_whose_run_was_deleted_goes_though_no_room_could_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(_newest: Path) -> None:
        store.delete_run("run").result()
        raise PermissionError

    monkeypatch.setattr(kept, "_make_room", stuck)
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        told(store, "run", range(1, 21))
        kept.columns_of(store, tmp_path, "run")
    assert not list((tmp_path / "curves").iterdir())


def test_what_vanishes_meanwhile_and_what_holds_no_curves_takes_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere.columns").write_bytes(bytes(30))
    newest, older = tmp_path / "newest.columns", tmp_path / "older.columns"
    for path in (older, newest, tmp_path / "being-written.new"):
        path.write_bytes(bytes(30))
    (tmp_path / "vanished.columns").symlink_to(tmp_path / "nowhere")
    os.utime(tmp_path / "elsewhere.columns", (0, 0))
    monkeypatch.setattr(kept, "MOST_BYTES", 60)
    kept._make_room(newest)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"newest.columns", "older.columns", "being-written.new", "vanished.columns"}
