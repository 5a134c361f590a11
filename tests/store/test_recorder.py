"""Whatever raises in the recorder's thread, every job is settled and the next ones are done."""

import threading
from concurrent.futures import Future
from pathlib import Path

import apsw
import pytest

from app import heartbeat
from app.store import Store, jobs, recorder, transaction
from tests.injecting import Place, Watched, calling_places, in_order
from tests.reliability.scale import IS_FULL
from tests.store.samples import new_run, open_store, started, steps
from tests.waiting import wait_until

PATIENCE_SECONDS = 30
PLACES = calling_places([Path(str(part.__file__)) for part in (recorder, jobs, transaction)])
_NO_ROOM = apsw.FullError("database or disk is full")


def _fails(_writer: apsw.Connection) -> None:
    raise ValueError("no")


def _loses_the_transaction(writer: apsw.Connection) -> None:
    writer.execute("ROLLBACK")
    raise ValueError("no")


class _Full:
    """A job for which there is no room until there is."""

    def __init__(self) -> None:
        self.is_room = False

    def __call__(self, _writer: apsw.Connection) -> None:
        if not self.is_room:
            raise _NO_ROOM


def _go_through_everything(store: Store) -> list["Future[None]"]:
    """Has the recorder meet all it can: events, failures, a lost transaction, a disk that fills."""
    submit = store._recorder.submit
    holding = threading.Event()
    held = submit(lambda _writer: holding.wait(PATIENCE_SECONDS))
    futures = [store.record("run", [started()], 0), submit(_fails), submit(_loses_the_transaction)]
    futures += [store.record("run", [steps(number)], 0) for number in range(1, 4)]
    holding.set()
    futures.append(held)
    full = _Full()
    stuck = submit(full, is_patient=True)
    futures += [stuck, store.record("run", [steps(4)], 0), submit(full), submit(_fails)]
    futures.append(submit(lambda _writer: None))
    wait_until(lambda: store.trouble is not None or stuck.done(), "it was never full")
    full.is_room = True
    return futures


def _await_all(futures: list["Future[None]"]) -> int:
    """How many succeeded, of those that all have an outcome now."""
    return sum(future.exception(PATIENCE_SECONDS) is None for future in futures)


def _reachable(tmp_path: Path) -> set[Place]:
    with Watched("recorder", PLACES) as watched, open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        _await_all(_go_through_everything(store))
        wait_until(lambda: store.trouble is None, "it is still full")
    return watched.seen


@pytest.mark.parametrize(
    "error", [RuntimeError, apsw.IOError, *([MemoryError, apsw.FullError] if IS_FULL else [])]
)
def test_an_exception_at_any_call_of_the_recorder_leaves_no_job_unsettled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setattr(recorder, "_RETRY_SECONDS", 0.01)
    monkeypatch.setattr(recorder, "_AFTER_TROUBLE_SECONDS", 0.001)
    places = _reachable(tmp_path)
    assert len(places) > 25
    for number, place in enumerate(in_order(places)):
        folder = tmp_path / str(number)
        with Watched("recorder", PLACES, place, error) as watched, open_store(folder) as store:
            store.create_run(new_run()).result(PATIENCE_SECONDS)
            watched.arm()
            succeeded = _await_all(_go_through_everything(store))
            store.record("run", [steps(5)], 0).result(PATIENCE_SECONDS)
            kept = store.events_after("run", 0, 99)
            assert store.standstill is None, place
        assert [event.seq for event in kept] == list(range(1, len(kept) + 1)), place
        told = [event.body for event in kept if event.kind == "steps"]
        assert len(told) == len(set(told)), place
        assert succeeded >= 7, place  # of 12, three fail by themselves and one has no room


def test_a_recorder_that_hangs_or_ended_is_a_standstill_and_an_idle_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "_HEARTBEAT_SECONDS", 0.01)
    with open_store(tmp_path) as store:
        before = store._recorder.heartbeat.beat_at
        wait_until(lambda: store._recorder.heartbeat.beat_at > before, "it has no heartbeat")
        monkeypatch.setattr(heartbeat, "SILENT_SECONDS", 0.2)
        assert store.standstill is None
        goes_on = threading.Event()
        store._recorder.submit(lambda _writer: goes_on.wait(PATIENCE_SECONDS))
        wait_until(lambda: store.standstill is not None, "nobody noticed that it hangs")
        assert "records what runs tell did nothing for" in str(store.standstill)
        goes_on.set()
        wait_until(lambda: store.standstill is None, "it goes on, and nobody noticed")
    assert "has ended" in str(store.standstill)
