"""Following a run of which some snapshots are no more: told so, then told all that is left."""

import threading

import httpx
import pytest

from app.store import thinning
from tests.store.samples import finished, snapshot, started, status, steps
from tests.web.scripted import ScriptedServer
from tests.web.sse import Received, received, watching

HALTS = range(201, 260)
SCHEDULED = (220, 240, 250)
STAY = 5
LAST_SEQ = 2 + 3 * len(HALTS) + 1


@pytest.fixture
def halted(scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> ScriptedServer:
    """A finished run that was halted more often than snapshots stay."""
    monkeypatch.setattr(thinning, "MOST_HALTS", STAY)
    scripted.create("run", started(), snapshot(0))
    _halt(scripted, HALTS)
    scripted.tell("run", finished(HALTS[-1]))
    return scripted


def _halt(scripted: ScriptedServer, at: range) -> None:
    told = [[steps(step), snapshot(step), status("paused", step)] for step in at]
    scripted.tell("run", *[event for events in told for event in events])


def _missing(events: list[Received], first: int = 1) -> set[int]:
    return set(range(first, LAST_SEQ + 1)) - {event.seq for event in events}


def _seq_of_halt(step: int) -> int:
    return 4 + 3 * HALTS.index(step)


def _thinned() -> set[int]:
    return {_seq_of_halt(step) for step in HALTS[:-STAY] if step not in SCHEDULED}


@pytest.mark.parametrize("after", [0, 1, 50, _seq_of_halt(253) - 1])
def test_a_cursor_before_thinned_history_is_reset_and_gets_all_that_is_left(
    halted: ScriptedServer, client: httpx.Client, after: int
) -> None:
    first, *rest = received(client, params={"after": after})
    assert (first.kind, first.data) == ("reset", {})
    assert [event.seq for event in rest] == sorted({event.seq for event in rest})
    assert _missing(rest) == _thinned()
    assert rest == received(client, headers={"Last-Event-ID": str(after)})[1:]


def test_a_cursor_beyond_thinned_history_misses_nothing_and_is_not_reset(
    halted: ScriptedServer, client: httpx.Client
) -> None:
    after = max(_thinned())
    events = received(client, params={"after": after})
    assert _missing(events, after + 1) == set()
    assert "reset" not in {event.kind for event in events}


def test_losses_and_what_was_done_are_told_whatever_was_thinned(
    halted: ScriptedServer, client: httpx.Client
) -> None:
    events = received(client)
    told = [step for event in events if event.kind == "steps" for step in event.data["step"]]
    assert told == list(HALTS)
    assert sum(event.kind == "status_changed" for event in events) == len(HALTS)
    assert all("kernel" in event.data for event in events if event.kind == "snapshot")


def test_who_watches_live_sees_every_halt_and_no_reset(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "MOST_HALTS", STAY)
    scripted.create("run", started(), snapshot(0))
    with watching(scripted) as events:
        seen = [next(events), next(events)]
        for step in HALTS:
            _halt(scripted, range(step, step + 1))
            seen += [next(events) for _ in range(3)]
        scripted.tell("run", finished(HALTS[-1]))
        seen += list(events)
    assert [event.seq for event in seen] == list(range(1, LAST_SEQ + 1))


def test_viewers_who_come_while_history_is_thinned_know_of_every_gap(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "MOST_HALTS", STAY)
    scripted.create("run", started(), snapshot(0))

    def halt_often() -> None:
        for first in range(HALTS.start, HALTS.stop, 4):
            _halt(scripted, range(first, min(first + 4, HALTS.stop)))
        scripted.tell("run", finished(HALTS[-1]))

    halting = threading.Thread(target=halt_often)
    halting.start()
    stories: list[list[Received]] = []
    while halting.is_alive():
        with watching(scripted) as events:
            stories.append(list(events))
    halting.join()
    for story in stories:
        resets = [place for place, event in enumerate(story) if event.kind == "reset"]
        assert len(resets) <= 1
        told = [event.seq for event in story[resets[0] + 1 if resets else 0 :]]
        assert told == sorted(set(told))
        missing = set(range(1, LAST_SEQ + 1)) - set(told)
        assert missing <= (_thinned() if resets else set())


def test_a_thinned_snapshot_is_nowhere_to_be_had(
    halted: ScriptedServer, client: httpx.Client
) -> None:
    left = client.get("/api/runs/run/snapshots").json()["steps"]
    assert left == [0, *SCHEDULED, *HALTS[-STAY:]]
    assert client.get("/api/runs/run/film").json()["steps"] == left
    gone = client.get("/api/runs/run/snapshots/230")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "no_snapshot")
