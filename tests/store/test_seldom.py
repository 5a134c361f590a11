"""What a run told besides its steps, a part at a time."""

from pathlib import Path

import pytest

from app.store import DataDamaged, Store
from tests.store.samples import evaluated, new_run, open_store, snapshot, started, steps

EVENTS = 30


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        told = [started()]
        for step in range(1, EVENTS, 3):
            told += [steps(step), snapshot(step), evaluated(step)]
        store.record("run", told, 1.0).result()
        yield store


def seqs_of(store: Store, seq: int, until: int, limit_bytes: int) -> tuple[list[int], int]:
    events, reached = store.seldom_after("run", seq, until, limit_bytes)
    return [event.seq for event in events], reached


def test_parts_make_up_all_but_the_steps(store: Store) -> None:
    all_of_them, end = seqs_of(store, 0, EVENTS, 10**9)
    assert end == EVENTS
    assert all_of_them == [1, *(seq for seq in range(2, EVENTS + 1) if seq % 3 != 2)]
    seq, parts = 0, []
    while seq < EVENTS:
        found, seq = seqs_of(store, seq, EVENTS, 1)
        assert len(found) <= 1
        parts += found
    assert parts == all_of_them


def test_a_part_reads_no_more_than_it_tells(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.store import rows

    read = []
    event = rows._event
    monkeypatch.setattr(rows, "_event", lambda *known: read.append(known) or event(*known))
    for seq in (0, 10, 20):
        seqs_of(store, seq, EVENTS, 1)
    assert len(read) <= 6


def test_a_missing_event_is_noticed_whatever_it_told(store: Store, tmp_path: Path) -> None:
    for seq in (2, 3):  # steps, and a snapshot
        store._writer.execute("DELETE FROM events WHERE seq = ?", (seq,))
        with pytest.raises(DataDamaged):
            store.seldom_after("run", 0, EVENTS, 10**9)
        assert seqs_of(store, 4, EVENTS, 10**9)[1] == EVENTS
