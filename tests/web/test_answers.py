"""Answers worked out aside: who may wait for one, who is dropped, and who is cut off."""

import asyncio
import json
import os
import signal
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from app.connections import protocol
from app.web import asking, pacing
from app.web.aside import Aside
from tests.processes import workers_of
from tests.running_server import RunningServer
from tests.store.samples import finished, snapshot, started
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server

FRAMES = 24
KERNEL_BYTES = 400_000  # more together than the system holds for a socket that isn't read
UNREAD = 6


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    """A server with a run whose film is large."""
    with scripted_server(tmp_path_factory.mktemp("answers")) as scripted:
        frames = [snapshot(step, size=KERNEL_BYTES) for step in range(FRAMES)]
        scripted.create("run", started(), *frames, finished(FRAMES))
        yield scripted


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reaches the processes aside, in order."""
    calls: list[str] = []
    call = Aside._call

    def noted(aside: Aside, made: Any) -> Any:
        calls.append(getattr(made.function, "function", repr(made.function)))
        return call(aside, made)

    monkeypatch.setattr(Aside, "_call", noted)
    return calls


def until_there(path: Path) -> None:
    """Keeps whoever calls it at work until there is such a file."""
    while not path.exists():
        time.sleep(0.01)


@contextmanager
def _at_work(scripted: ScriptedServer, aside: Aside, path: Path) -> Iterator[None]:
    """Keeps a process aside at work for so long, or until there is something at `path`."""
    call = aside.run(until_there, path)
    busy = asyncio.run_coroutine_threadsafe(call, scripted.hub._loop)
    wait_until(lambda: aside.waiting > 0)
    try:
        yield
    finally:
        path.touch()
        busy.result()


def _asking(port: int | None, path: str, room: int | None = None) -> socket.socket:
    asker = socket.socket()
    if room is not None:
        asker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    asker.settimeout(30)
    asker.connect(("127.0.0.1", port))
    asker.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return asker


@pytest.mark.parametrize(
    ("path", "aside_of"),
    [
        ("/api/runs/run/film", lambda scripted: scripted.app.state.services.aside),
        (
            "/api/runs/run/export?format=npz",
            lambda scripted: scripted.app.state.services.exports,
        ),
    ],
)
def test_who_left_while_waiting_costs_nothing(
    told: ScriptedServer,
    reached: list[str],
    tmp_path: Path,
    path: str,
    aside_of: Callable[[Any], Aside],
) -> None:
    aside = aside_of(told)
    with _at_work(told, aside, tmp_path / "enough"):
        askers = [_asking(told.port, path) for _ in range(5)]
        wait_until(lambda: aside.waiting == 6)
        staying = askers.pop()
        for asker in askers:
            asker.close()
        wait_until(lambda: aside.waiting == 2)
    with closing(staying):
        assert staying.recv(12) == b"HTTP/1.1 200"
    assert len(reached) == 2


def test_who_asks_when_too_many_wait_is_told_to_come_again(
    told: ScriptedServer, reached: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside: Aside = told.app.state.services.aside
    places = 8
    monkeypatch.setattr(asking, "_QUESTIONS", asking._QUESTIONS._replace(most_of_one=places))

    def asked(_number: int) -> httpx.Response:
        with told.client() as client:
            return client.get("/api/runs/run/snapshots/0")

    with ThreadPoolExecutor(places + 8) as together:
        with _at_work(told, aside, tmp_path / "enough"):
            waiting = [together.submit(asked, number) for number in range(places + 8)]
            wait_until(lambda: sum(one.done() for one in waiting) == 8, "nobody was refused")
            assert aside.waiting == 1 + places
            refused = [one.result() for one in waiting if one.done()]
        assert sum(one.result().status_code == 200 for one in waiting) == places
    assert len(reached) == 1 + places
    for answer in refused:
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert answer.json()["error"]["code"] == "too_many_questions"


def test_a_class_that_draws_is_told_when_to_ask_again_before_anything_is_looked_up(
    told: ScriptedServer, tmp_path: Path
) -> None:
    services, path = told.app.state.services, "/api/runs/run/snapshots/0/activations?maps=0"
    drawing = {"image": [[0]]}
    with (
        told.client() as client,
        told.client() as other,
        _at_work(told, services.aside, tmp_path / "enough"),
        ThreadPoolExecutor(1) as phone,
    ):
        waiting = phone.submit(other.post, path, json=drawing)
        wait_until(lambda: services.drawing_line.is_full)
        drawn = client.post(path, json=drawing)
        assert (drawn.status_code, drawn.headers["retry-after"]) == (503, "2")
        assert drawn.json()["error"]["code"] == "too_many_questions"
        unknown = client.post(path.replace("/run/", "/none/"), json=drawing)
        assert unknown.status_code == 503
        assert client.post(path, content=b"").status_code == 503
        (tmp_path / "enough").touch()
        assert waiting.result().status_code != 503
    with told.client() as client:
        unknown = client.post(path.replace("/run/", "/none/"), json=drawing)
        assert unknown.json()["error"]["code"] == "run_unknown"


@pytest.mark.parametrize("query", ["maps=0", "maps=false", "maps=no", "maps=%30"])
def test_a_drawing_whose_body_comes_slowly_finds_the_line_full_too(
    told: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    services, path = told.app.state.services, "/api/runs/run/snapshots/0/activations"
    line, content, is_read = services.drawing_line, b'{"image": [[0]]}', threading.Event()
    read = Request.stream

    def noted(request: Request) -> AsyncIterator[bytes]:
        is_read.set()
        return read(request)

    monkeypatch.setattr(Request, "stream", noted)

    def slowly() -> Iterator[bytes]:
        yield content[:5]
        wait_until(lambda: line.is_full)
        yield content[5:]

    def drawn(query: str, body: Any) -> httpx.Response:
        headers = {"Content-Type": "application/json"}
        with told.client() as phone:
            return phone.post(f"{path}?{query}", content=body, headers=headers)

    with (
        _at_work(told, services.aside, tmp_path / "enough"),
        ThreadPoolExecutor(2) as phones,
    ):
        slow = phones.submit(drawn, query, slowly())
        assert is_read.wait(30)
        first = phones.submit(drawn, "maps=0", content)
        wait_until(lambda: slow.done() or len(line) > 1)
        (tmp_path / "enough").touch()
        assert slow.result().status_code == 503
        error = slow.result().json()["error"]
        assert error["message"].startswith("1 question waits to be answered already")
        assert first.result().status_code != 503


def test_who_does_not_read_a_large_answer_is_cut_and_it_is_let_go(
    told: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "BLOCKED_SECONDS", 0.5)
    spool = told.app.state.services.spool
    with told.client() as client, ExitStack() as undo:
        whole = client.get("/api/runs/run/film").content
        assert len(json.loads(whole)["steps"]) == FRAMES
        unread = [
            undo.enter_context(_asking(told.port, "/api/runs/run/film", room=4096))
            for _ in range(UNREAD)
        ]
        wait_until(lambda: len(spool._held) > 0)
        wait_until(lambda: told.app.state.services.aside.waiting == 0)
        wait_until(lambda: spool.bytes == 0, "nobody was cut")
        for asker in unread:
            assert _what_came(asker) < len(whole)


def _what_came(asker: socket.socket) -> int:
    size = 0
    with suppress(ConnectionError):
        while part := asker.recv(65536):
            size += len(part)
    return size


def test_any_large_body_goes_in_pieces() -> None:
    body = os.urandom(3 * pacing.PIECE_BYTES + 1)
    message = {"type": "http.response.body", "body": body, "more_body": False}
    sent: list[Any] = []

    async def take(piece: Any) -> None:
        sent.append(piece)

    asyncio.run(pacing.paced(take)(message))
    assert b"".join(piece["body"] for piece in sent) == body
    assert [piece["more_body"] for piece in sent] == [True, True, True, False]
    assert max(len(piece["body"]) for piece in sent) == pacing.PIECE_BYTES


def test_a_question_and_an_export_that_wait_when_the_server_stops_are_told_so(
    tmp_path: Path,
) -> None:
    with RunningServer(tmp_path) as running:
        recipe = {"preset": "mnist-strokes", "steps": 3}
        run = running.client.post("/api/runs", json=recipe).json()["id"]
        at = f"/api/runs/{run}"
        wait_until(lambda: running.client.get(at).json()["status"] == "finished")
        paths = [f"{at}/film", f"{at}/export?format=csv"]
        workers = set(workers_of(running.process.pid))
        for path in paths:
            assert running.client.get(path).status_code == 200
        for helper in set(workers_of(running.process.pid)) - workers:
            os.kill(helper, signal.SIGSTOP)
        askers = [_asking(running.client.base_url.port, path) for path in paths * 2]
        for _ in range(5):  # while these are answered, those before get into line
            running.client.get(at)
        running.process.send_signal(signal.SIGTERM)
        for asker in askers:
            with asker, HTTPResponse(asker) as answer:
                answer.begin()
                assert answer.status == 503
                assert json.load(answer)["error"]["code"] == "shutting_down"
