"""Viewers that read slowly or not at all: what they may cost, and that they can come back."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from app.web import hub, stream
from tests.store.samples import finished, snapshot, started, steps
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
