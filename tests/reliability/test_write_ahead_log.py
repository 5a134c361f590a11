"""A database whose write-ahead log was cut off anywhere holds a prefix of what was told."""

import random
import shutil
from pathlib import Path

import pytest

from app.store import Store
from tests.reliability.ledger import assert_sound, told
from tests.reliability.scale import tries
from tests.store.samples import evaluated, new_run, open_store, snapshot, started, steps

NAME = "filterscope.sqlite3"
RUNS = ("a", "b", "c")


def _fill(store: Store) -> None:
    """Three runs' events, as they mingle when runs train at the same time."""
    chance = random.Random(1)
    for run_id in RUNS:
        store.create_run(new_run(run_id)).result()
        store.record(run_id, [started(), snapshot(0)], 0).result()
    for step in range(1, 60):
        run_id = chance.choice(RUNS)
        events = [steps(step), snapshot(step, size=chance.choice([0, 4000, 40_000]))]
        if step % 7 == 0:
            events.append(evaluated(step))
        checkpoint = chance.randbytes(20_000) if step % 5 == 0 else None
        store.record(run_id, events, 0, checkpoint).result()


@pytest.fixture(scope="module")
def abandoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it lies there after a kill: the file, and a log that wasn't put into it."""
    folder = tmp_path_factory.mktemp("abandoned")
    live = tmp_path_factory.mktemp("live")
    with open_store(live) as store:
        store._recorder.submit(lambda writer: writer.pragma("wal_autocheckpoint", 0)).result()
        _fill(store)
        for suffix in ("", "-wal"):
            shutil.copy(live / (NAME + suffix), folder / (NAME + suffix))
    return folder


def test_wherever_the_log_is_cut_a_prefix_is_left(abandoned: Path, tmp_path: Path) -> None:
    whole = told(abandoned / NAME)
    wal = (abandoned / f"{NAME}-wal").read_bytes()
    assert len(wal) > 500_000
    chance = random.Random(2)
    for number in range(tries(40, 1000)):
        end = chance.randrange(len(wal) + 1)
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(abandoned / NAME, folder / NAME)
        (folder / f"{NAME}-wal").write_bytes(wal[:end])
        with open_store(folder) as store:
            for run in store.runs(10):
                logged = store.events_after(run.id, 0, 10_000)
                before = [event for event in logged if "interrupted" not in event.body]
                expected = whole[run.id][: len(before)]
                assert [(e.seq, e.kind, e.body) for e in before] == expected, f"cut at {end}"
                assert len(logged) - len(before) == 1, "the restart itself is told once"
                past = store.past(run.id)
                assert past is not None
                assert past.checkpoint_seq <= len(before), "a checkpoint of what isn't there"
        assert_sound(folder / NAME)
        shutil.rmtree(folder)


def test_a_log_with_a_changed_byte_is_not_believed_from_there_on(
    abandoned: Path, tmp_path: Path
) -> None:
    whole = told(abandoned / NAME)
    wal = bytearray((abandoned / f"{NAME}-wal").read_bytes())
    place = len(wal) // 2
    wal[place] ^= 0xFF
    shutil.copy(abandoned / NAME, tmp_path / NAME)
    (tmp_path / f"{NAME}-wal").write_bytes(wal)
    with open_store(tmp_path) as store:
        found = {run.id: store.events_after(run.id, 0, 10_000) for run in store.runs(10)}
    lengths = []
    for run_id, logged in found.items():
        before = [event for event in logged if "interrupted" not in event.body]
        assert [e.body for e in before] == [body for _, _, body in whole[run_id][: len(before)]]
        lengths.append(len(before))
    assert 0 < sum(lengths) < sum(map(len, whole.values()))
    assert_sound(tmp_path / NAME)
