"""Following a run: no gap, no duplicate, and no viewer that holds up another."""

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPResponse
from pathlib import Path

import httpx
import pytest

from app.events import EncodedEvent, typed_array
from app.web import channel, hub
from tests.store.samples import finished, kernel, snapshot, started, status, steps
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server
from tests.web.sse import Received, events_in, received, watching

MANY = 60


def _story(count: int = MANY) -> list[EncodedEvent]:
    told = [started(), snapshot(0)]
    for step in range(1, count):
        told += [steps(step), snapshot(step)]
    return [*told, finished(count)]


def _seqs(events: list[Received]) -> list[int]:
    return [event.seq for event in events]


def test_an_ended_run_is_told_from_its_first_event_to_its_last(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", *_story())
    events = received(client)
    assert _seqs(events) == list(range(1, 2 * MANY + 2))
    assert events[-1].kind == "run_finished"
    assert events[1].data["kernel"] == typed_array(kernel(0))


@pytest.mark.parametrize("how", ["header", "query", "both"])
def test_a_viewer_that_resumes_after_event_7_gets_8_next(
    scripted: ScriptedServer, client: httpx.Client, how: str
) -> None:
    scripted.create("run", *_story())
    request = {
        "header": {"headers": {"Last-Event-ID": "7"}},
        "query": {"params": {"after": 7}},
        "both": {"headers": {"Last-Event-ID": "7"}, "params": {"after": 3}},
    }[how]
    assert _seqs(received(client, **request)) == list(range(8, 2 * MANY + 2))


def test_who_has_seen_all_of_an_ended_run_gets_an_end_at_once(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), finished(0))
    assert received(client, params={"after": 2}) == []


@pytest.mark.parametrize("after", ["3", "-1", "x", "1e3", "9" * 30])
def test_a_cursor_that_is_none_is_refused(
    scripted: ScriptedServer, client: httpx.Client, after: str
) -> None:
    scripted.create("run", started(), finished(0))
    asked = client.get("/api/runs/run/events", params={"after": after})
    resumed = client.get("/api/runs/run/events", headers={"Last-Event-ID": after})
    assert (asked.status_code, resumed.status_code) == (422, 422)
    assert asked.json()["error"]["field"] == "after"


def test_a_viewer_that_comes_in_mid_run_sees_all_from_frame_0_and_then_live(
    scripted: ScriptedServer,
) -> None:
    told = _story()
    scripted.create("run", *told[:50])
    with watching(scripted) as events:
        past = [next(events) for _ in range(50)]
        scripted.tell("run", *told[50:80])
        live = [next(events) for _ in range(30)]
        scripted.tell("run", *told[80:])
        rest = list(events)
    assert _seqs([*past, *live, *rest]) == list(range(1, len(told) + 1))


def test_viewers_that_join_while_events_pour_in_all_see_the_same_story(
    scripted: ScriptedServer,
) -> None:
    told = _story(120)
    scripted.create("run", told[0])
    some_are_told = threading.Event()

    def tell() -> None:
        for number, event in enumerate(told[1:]):
            scripted.tell("run", event)
            if number == 20:
                some_are_told.set()

    def watch(_number: int) -> list[int]:
        some_are_told.wait()
        with watching(scripted) as events:
            return _seqs(list(events))

    with ThreadPoolExecutor() as pool:
        telling = pool.submit(tell)
        stories = list(pool.map(watch, range(6)))
        telling.result()
    assert stories == [list(range(1, len(told) + 1))] * 6


def test_a_paused_run_keeps_its_viewers_waiting(scripted: ScriptedServer) -> None:
    scripted.create("run", started(), steps(1), status("paused", 1))
    with watching(scripted) as events:
        assert [next(events).kind for _ in range(3)][-1] == "status_changed"
        scripted.tell("run", finished(1))
        assert [event.kind for event in events] == ["run_finished"]


def test_a_quiet_stream_says_that_it_is_alive_and_moves_no_cursor(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 0.0)
    scripted.create("run", started())
    with scripted.client() as client, client.stream("GET", "/api/runs/run/events") as answer:
        lines = answer.iter_lines()
        before = next(line for line in lines if line == "event: alive")
        data, end = next(lines), next(lines)
    assert (before, end) == ("event: alive", "")  # no id: an EventSource keeps the last one
    told = datetime.fromisoformat(json.loads(data.removeprefix("data: "))["time"])
    assert abs((datetime.now(UTC) - told).total_seconds()) < 60


@pytest.mark.parametrize("thinned", [{}, {"steps": "thinned"}])
def test_who_does_not_wait_is_told_what_there_is_and_then_the_answer_ends(
    scripted: ScriptedServer, client: httpx.Client, thinned: dict[str, str]
) -> None:
    now = {"wait": "0", **thinned}
    scripted.create("run", started(), steps(1), status("paused", 1))
    assert _seqs(received(client, params=now)) == [1, 2, 3]
    assert received(client, params={**now, "after": 3}) == []
    with watching(scripted) as events:  # what is told comes from memory while somebody watches
        assert [next(events).seq for _ in range(3)][-1] == 3
        scripted.tell("run", status("running", 1), steps(2))
        assert [next(events).seq for _ in range(2)] == [4, 5]
        assert _seqs(received(client, params={**now, "after": 3})) == [4, 5]
    scripted.tell("run", finished(2))
    assert _seqs(received(client, params={**now, "after": 4})) == [5, 6]
    assert received(client, params={**now, "after": 6}) == []
    refused = client.get("/api/runs/run/events", params={"wate": "0"})
    assert "wait is the nearest" in refused.json()["error"]["message"]


def test_deleting_an_interrupted_run_ends_its_streams(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), status("interrupted"))
    with watching(scripted) as events:
        assert [next(events).kind for _ in range(2)][-1] == "status_changed"
        assert client.delete("/api/runs/run").status_code == 204
        assert list(events) == []


def test_closing_the_hub_ends_all_streams_and_lets_no_new_one_in(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started())
    with watching(scripted) as events:
        next(events)
        scripted.hub.close()
        assert list(events) == []
    refused = client.get("/api/runs/run/events")
    assert refused.status_code == 503
    assert refused.json()["error"]["code"] == "shutting_down"


def test_one_viewer_too_many_is_told_so(tmp_path: Path) -> None:
    with scripted_server(tmp_path, max_viewers=1) as scripted:
        scripted.create("run", started())
        with watching(scripted) as events, scripted.client() as client:
            next(events)
            refused = client.get("/api/runs/run/events")
            assert refused.status_code == 503
            assert refused.json()["error"] == {
                "code": "too_many_viewers",
                "message": "1 viewers watch already; close one, or try again in a while.",
                "field": None,
                "limit": 1,
            }
            scripted.tell("run", finished(1))
            assert len(list(events)) == 1
            scripted.create("other", started(), finished(0))
            assert len(received(client, "other")) == 2


@contextmanager
def _stalled(scripted: ScriptedServer) -> Iterator[socket.socket]:
    """A viewer that asks for all events and reads none, with little room for what it is sent."""
    with socket.socket() as viewer:
        viewer.settimeout(30)
        viewer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        viewer.connect(("127.0.0.1", scripted.port))
        viewer.sendall(b"GET /api/runs/run/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        yield viewer


@contextmanager
def _events_of(viewer: socket.socket) -> Iterator[Iterator[Received]]:
    with HTTPResponse(viewer) as answer:
        answer.begin()
        yield events_in(line.decode().removesuffix("\n") for line in answer)


def test_a_viewer_that_falls_behind_the_ring_gets_every_loss_but_only_the_newest_snapshot(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "_RING_BYTES", 1 << 20)
    scripted.create("run", started(), snapshot(0))
    last = 80
    with _stalled(scripted) as viewer, _events_of(viewer) as events:
        assert [next(events).kind, next(events).kind] == ["run_started", "snapshot"]
        for step in range(1, last + 1):
            scripted.tell("run", steps(step), snapshot(step, size=400_000))
        scripted.tell("run", finished(last))
        rest = list(events)
    assert _seqs(rest) == sorted(set(_seqs(rest)))
    losses = [step for event in rest if event.kind == "steps" for step in event.data["step"]]
    assert losses == list(range(1, last + 1))
    snapshots = [event.data["step"] for event in rest if event.kind == "snapshot"]
    assert len(snapshots) < last // 2
    assert snapshots[-1] == last
    assert rest[-1].kind == "run_finished"


def test_a_viewer_that_reads_nothing_is_cut_and_gives_its_place_to_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_server(tmp_path, max_viewers=1) as scripted, scripted.client() as client:
        scripted.create("run", *[snapshot(step, size=1_000_000) for step in range(12)])
        scripted.create("other", started(), finished(0))
        with _stalled(scripted) as viewer:
            wait_until(lambda: scripted.hub.is_full)
            refused = client.get("/api/runs/other/events")
            assert refused.status_code == 503
            assert refused.json()["error"]["code"] == "too_many_viewers"
            monkeypatch.setattr(hub, "BLOCKED_SECONDS", 0.0)
            wait_until(lambda: not scripted.hub.is_full)
            assert client.get("/api/runs/other/events").status_code == 200
            assert _size_of_rest(viewer) < 12_000_000


def _size_of_rest(viewer: socket.socket) -> int:
    size = 0
    while part := viewer.recv(1 << 20):
        size += len(part)
    return size


def test_a_long_log_is_told_in_few_steps_to_whoever_asks_for_that(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    told = [steps(*range(at, at + 50)) for at in range(1, 20_001, 50)]
    scripted.create("run", started(), *told[:200], snapshot(10_000), *told[200:], finished(20_000))
    whole = received(client)
    thin = received(client, params={"steps": "thinned"})
    rows = [event.data for event in thin if event.kind == "steps"]
    assert sum(sum(row["count"]) for row in rows) == 20_000
    assert sum(len(row["step"]) for row in rows) < 1000
    assert [(event.seq, event.kind) for event in thin if event.kind != "steps"] == [
        (event.seq, event.kind) for event in whole if event.kind != "steps"
    ]
    assert _seqs(thin) == sorted(set(_seqs(thin)))
    assert (rows[-1]["step"][-1], rows[-1]["loss"][-1]) == (20_000, 1 / 20_000)
    for row in rows:
        assert len(row["step"]) == len(row["learning_rate"]) == len(row["count"])


def test_a_viewer_of_few_steps_hears_what_happens_now_whole(scripted: ScriptedServer) -> None:
    scripted.create("run", started(), steps(*range(1, 500)))
    with watching(scripted, params={"steps": "thinned"}) as events:
        assert [next(events).kind for _ in range(2)] == ["run_started", "steps"]
        scripted.tell("run", steps(*range(500, 600)), finished(600))
        live, last = list(events)
    assert live.data["step"] == list(range(500, 600))
    assert last.kind == "run_finished"


def test_a_stream_that_meets_damage_tells_what_is_whole_and_then_says_so(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run")
    scripted.tell("run", started(), steps(1), steps(2), finished(2))
    scripted.create("whole")
    scripted.tell("whole", started(), finished(0))
    change = "UPDATE events SET check_value = 0 WHERE run = 1 AND seq = 3"
    scripted.store._recorder.submit(lambda writer: writer.execute(change)).result()
    *told, last = received(client)
    assert [event.kind for event in told] == ["run_started", "steps"]
    assert (last.kind, last.seq) == ("data_damaged", 0)
    assert "event 3 is damaged on the disk" in last.data["message"]
    damaged = client.get("/api/runs/run/metrics")
    assert (damaged.status_code, damaged.json()["error"]["code"]) == (500, "data_damaged")
    assert client.get("/runs/run").status_code == 200
    assert [event.kind for event in received(client, "whole")] == ["run_started", "run_finished"]
    assert "damaged" not in client.get("/api/runs").json()
    entry = "UPDATE runs SET step = 77 WHERE id = 'run'"
    scripted.store._recorder.submit(lambda writer: writer.execute(entry)).result()
    listed = client.get("/api/runs").json()
    assert ([run["id"] for run in listed["runs"]], listed["damaged"]) == (["whole"], ["run"])
    page = client.get("/runs/run")
    assert (page.status_code, page.headers["content-type"][:9]) == (500, "text/html")
