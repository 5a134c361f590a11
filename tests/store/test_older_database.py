"""A database that the version before wrote: its rows are believed, found, and gone on with."""

from pathlib import Path

import apsw
import pytest

from app.store import DataDamaged, LoggedEvent, RunSearch, Store
from app.store.migrations import MIGRATIONS
from tests.store.samples import new_run, open_store, started, steps
from tests.store.test_check_values import unchecked

_WRITTEN = Path(__file__).with_name("schema_9.sql")


def written(folder: Path, and_then: str = "") -> None:
    database = apsw.Connection(str(folder / "filterscope.sqlite3"))
    database.execute(_WRITTEN.read_text())
    assert database.pragma("user_version") == 9 < len(MIGRATIONS)
    database.execute(and_then)
    database.close()


def _events(store: Store, run_id: str) -> list[LoggedEvent]:
    return store.events_after(run_id, 0, 99)


def test_all_that_it_holds_is_as_it_was_and_is_gone_on_with(tmp_path: Path) -> None:
    written(tmp_path)
    for _ in range(2):
        with open_store(tmp_path) as store:
            assert unchecked(store) == 0
            rows, damaged = store.page(9)
            assert [(run.id, run.status) for run in rows] == [
                *(("guest", "running"), ("seen", "failed"), ("live", "interrupted")),
                ("over", "finished"),
            ]
            assert damaged == []
            assert [event.kind for event in _events(store, "over")] == [
                *("run_started", "snapshot", "steps", "evaluated", "snapshot", "run_finished"),
            ]
            assert store.snapshot_steps("over") == [0, 1]
            past = store.past("live")
            assert past is not None
            assert past.checkpoint == b"state"
            found = store.search(RunSearch(words=("<b>netz</b>", "🌿"), source="watched"), 9)
            assert [(run.id, run.name) for run in found.rows] == [("guest", "Mein <b>Netz</b> 🌿")]
            best = store.search(RunSearch(sort="accuracy"), 1)
            assert [(run.id, run.validation_accuracy) for run in best.rows] == [("over", 0.875)]
    with open_store(tmp_path) as store:
        store.record("guest", [steps(3)], 1.0).result()
        store.create_run(new_run("next")).result()
        store.record("next", [started()], 0).result()
        assert [event.seq for event in _events(store, "guest")] == [1, 2, 3]
        assert [run.number for run in store.runs(1)] == [6]


def test_damage_of_its_time_is_still_told(tmp_path: Path) -> None:
    written(tmp_path, "UPDATE runs SET preset = 'keras-mnist' WHERE id = 'over'")
    with open_store(tmp_path) as store:
        with pytest.raises(DataDamaged):
            store.run("over")
        found = store.search(RunSearch(preset="keras-mnist"), 9)
        assert (found.rows, [run.id for run in found.damaged]) == ([], ["over"])
