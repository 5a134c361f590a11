"""Viewers that read slowly or not at all: what they may cost, and that they can come back."""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from app.store import log
from app.web import channel, hub, stream
from tests.store.samples import finished, snapshot, started, steps
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server
from tests.web.sse import Received, events_in, received, watching

STALLED = 5
PATIENCE_SECONDS = 30
LARGE = 400_000  # bytes of a kernel, so that few fill what the system holds for a socket
BACKLOG = 12


def _never_reading(scripted: ScriptedServer, after: int = 0) -> socket.socket:
    viewer = socket.socket()
    viewer.settimeout(PATIENCE_SECONDS)
    viewer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    viewer.connect(("127.0.0.1", scripted.port))
    request = f"GET /api/runs/run/events?after={after} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    viewer.sendall(request.encode())
    return viewer


def _what_had_come(viewer: socket.socket) -> list[Received]:
    """The events that a viewer got in full before it was cut; reads to the end."""
    lines: list[str] = []
    with viewer, HTTPResponse(viewer) as answer:
        answer.begin()
        with suppress(OSError, HTTPException):  # cut in the middle
            lines += (line.decode().removesuffix("\n") for line in _lines(answer))
    return list(events_in(iter(lines)))


def _lines(answer: HTTPResponse) -> Iterator[bytes]:
    while (line := answer.readline()).endswith(b"\n"):
        yield line


def test_who_never_reads_is_cut_alone_and_gets_the_rest_when_it_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "BLOCKED_SECONDS", 0.5)
    with scripted_server(tmp_path) as scripted, ExitStack() as undo:
        backlog = [snapshot(step, size=LARGE) for step in range(BACKLOG)]
        scripted.create("run", started(), *backlog)
        stalled = [undo.enter_context(_never_reading(scripted)) for _ in range(STALLED)]
        readers = [
            undo.enter_context(watching(scripted, params={"after": 1 + BACKLOG})) for _ in range(3)
        ]
        _wait_for_viewers(scripted, STALLED + len(readers))
        stories: list[list[Received]] = [[] for _ in readers]
        step = BACKLOG
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(scripted.hub._viewers) > len(readers):
            assert time.monotonic() < deadline, "nobody was cut"
            step += 1
            scripted.tell("run", steps(step))
            for events, story in zip(readers, stories, strict=True):
                story.append(next(events))
        scripted.tell("run", finished(step))
        last_seq = 1 + BACKLOG + (step - BACKLOG) + 1
        for events, story in zip(readers, stories, strict=True):
            story += list(events)
            assert [event.seq for event in story] == list(range(2 + BACKLOG, last_seq + 1))
        with scripted.client() as client:
            for viewer in stalled:
                before = _what_had_come(viewer)
                cursor = before[-1].seq if before else 0
                assert cursor < 1 + BACKLOG
                rest = received(client, headers={"Last-Event-ID": str(cursor)})
                told = [event.seq for event in [*before, *rest]]
                assert told == list(range(1, last_seq + 1))


def _wait_for_viewers(scripted: ScriptedServer, count: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(scripted.hub._viewers) < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


async def _parts_of(scripted: ScriptedServer, seq: int) -> list[bytes]:
    """What a stream hands to the connection, piece by piece."""
    sent: list[bytes] = []

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))

    async def receive() -> Any:
        await asyncio.Event().wait()

    told = stream.EventStream(scripted.hub, scripted.store, "run", seq)
    await told({"type": "http"}, receive, send)
    return sent


def test_no_more_is_held_for_a_viewer_than_it_is_sent_at_once(scripted: ScriptedServer) -> None:
    size = 5000
    scripted.create("run", started(), *[snapshot(step, size=size) for step in range(80)])
    scripted.tell("run", finished(80))
    loop = scripted.hub._loop
    parts = asyncio.run_coroutine_threadsafe(_parts_of(scripted, 0), loop).result(PATIENCE_SECONDS)
    largest = max(map(len, parts))
    assert 2 * size < largest < 2 * stream.PART_BYTES
    assert sum(map(len, parts)) > 80 * size


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """How often each event is read from the log from here on."""
    times: Counter[int] = Counter()
    after = log.after

    def counted(*args: Any, **named: Any) -> list[log.LoggedEvent]:
        events = after(*args, **named)
        times.update(event.seq for event in events)
        return events

    monkeypatch.setattr(log, "after", counted)
    return times


def _fallen_behind(scripted: ScriptedServer, ahead: int) -> socket.socket:
    """A viewer that saw the beginning, and then nothing of what filled its connection."""
    scripted.create("run", started(), snapshot(0))
    viewer = _never_reading(scripted)
    _wait_for_viewers(scripted, 1)
    (watcher,) = scripted.hub._viewers
    wait_until(lambda: watcher.is_live)
    for step in range(1, BACKLOG + 1):
        scripted.tell("run", steps(step), snapshot(step, size=LARGE))
    wait_until(lambda: watcher.sending_since is not None)
    for step in range(BACKLOG + 1, BACKLOG + ahead + 1):
        scripted.tell("run", *[steps(*range(50 * step, 50 * step + 50)) for _ in range(20)])
    scripted.tell("run", snapshot(10**6))
    return viewer


def test_catching_up_reads_each_event_once_however_slow_the_reader(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch, reads: Counter[int]
) -> None:
    monkeypatch.setattr(channel, "_RING_FRAMES", 8)
    ahead = 100
    with _fallen_behind(scripted, ahead) as viewer:
        scripted.tell("run", *[steps(2 * 10**6 + step) for step in range(20)], finished(3 * 10**6))
        last_seq = 2 + 2 * BACKLOG + 20 * ahead + 1 + 21
        told = _what_had_come(viewer)
    assert told[-1].seq == last_seq
    losses = [step for event in told if event.kind == "steps" for step in event.data["step"]]
    assert len(losses) == BACKLOG + 20 * ahead * 50 + 20
    assert len(reads) > 20 * ahead
    assert max(reads.values()) == 1


def test_who_left_while_catching_up_costs_no_further_work(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch, reads: Counter[int]
) -> None:
    monkeypatch.setattr(channel, "_RING_FRAMES", 8)
    with _fallen_behind(scripted, 100) as viewer:
        before = reads.total()
        while viewer.recv(1 << 16) and reads.total() == before:
            pass
    wait_until(lambda: not scripted.hub._viewers)
    assert before < reads.total() < 1000


def test_who_catches_up_with_a_run_that_is_deleted_is_let_go(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "_RING_FRAMES", 8)
    with _fallen_behind(scripted, 1) as viewer:
        scripted.store.delete_run("run").result()
        scripted.hub._loop.call_soon_threadsafe(scripted.hub.forget, "run")
        assert _what_had_come(viewer)
    wait_until(lambda: not scripted.hub._viewers)
