"""What one connection may take of the server's time and room, over real sockets."""

import contextlib
import json
import logging
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.cli import server
from app.connections import protocol, reading
from tests.store.samples import started, steps
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server

PATIENCE_SECONDS = 30
DEADLINE_SECONDS = 0.5
HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /api/recipes/preview HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """A server that waits half a second for a request."""
    monkeypatch.setattr(server, "REQUEST_SECONDS", DEADLINE_SECONDS)
    monkeypatch.setattr(server, "_TICKS_A_SECOND", 1)  # looks as often as it can
    with scripted_server(tmp_path) as running:
        yield running


@pytest.fixture(autouse=True)
def nothing_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No test here may leave a line in the log, let alone a traceback."""
    caplog.set_level(logging.WARNING)
    yield
    assert [record.getMessage() for record in caplog.get_records("call")] == []


def _connected(scripted: ScriptedServer, said: bytes = b"") -> socket.socket:
    client = socket.create_connection(("127.0.0.1", scripted.port), timeout=PATIENCE_SECONDS)
    client.sendall(said)
    return client


def _to_the_end(client: socket.socket) -> bytes:
    """All that the server says until it closes."""
    heard = b""
    with client:
        while more := client.recv(65536):
            heard += more
    return heard


def _one_answer(client: socket.socket) -> bytes:
    """Receives an answer whole, from a connection that stays."""
    answer = b""
    whole = re.compile(rb"content-length: (\d+)\r\n.*?\r\n\r\n(.*)", re.DOTALL | re.IGNORECASE)
    while not (found := whole.search(answer)) or len(found[2]) < int(found[1]):
        more = client.recv(65536)
        assert more, "it closed the connection"
        answer += more
    return answer


def _error(answer: bytes) -> tuple[int, Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-security-policy" in head.lower()
    assert b"connection: close" in head.lower()
    return int(head.split()[1]), json.loads(body)["error"]


def test_who_says_nothing_is_let_go_without_a_word(impatient: ScriptedServer) -> None:
    assert _to_the_end(_connected(impatient)) == b""


@pytest.mark.parametrize(
    "half",
    [
        b"GET /healthz HT",
        b"GET /healthz HTTP/1.1\r\n" + HOST,
        POST + b"Content-Length: 100\r\n\r\n{",
        POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    ],
)
def test_half_a_request_is_answered_that_it_took_too_long(
    impatient: ScriptedServer, half: bytes
) -> None:
    status, error = _error(_to_the_end(_connected(impatient, half)))
    assert (status, error["code"]) == (408, "too_slow")
    wait_until(lambda: len(impatient.server.roster) == 0)


def test_a_body_that_comes_byte_by_byte_has_no_more_time(impatient: ScriptedServer) -> None:
    client = _connected(impatient, POST + b"Content-Length: 1000\r\n\r\n")
    client.settimeout(0.05)
    answer, deadline = b"", time.monotonic() + PATIENCE_SECONDS
    while not answer:
        assert time.monotonic() < deadline
        client.sendall(b" ")
        try:
            answer = client.recv(65536)
        except TimeoutError:
            continue
    client.close()
    assert _error(answer)[0] == 408


def test_a_body_that_keeps_coming_has_as_much_time_for_each_part(
    impatient: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "REQUEST_SECONDS", 2 * DEADLINE_SECONDS)
    monkeypatch.setattr(protocol, "PROGRESS_BYTES", 40_000)
    key = "0123456789abcdef0123456789abcdef"
    batch = b"PUT /api/external/" + key.encode() + b"/batches/1 HTTP/1.1\r\n" + HOST
    batch += b"Content-Type: application/vnd.filterscope.batch\r\nContent-Length: 600000\r\n\r\n"
    with _connected(impatient, batch) as client:
        began = time.monotonic()
        for _ in range(15):
            client.sendall(bytes(40_000))
            time.sleep(0.1)
        assert time.monotonic() - began > 2 * DEADLINE_SECONDS
        status = client.recv(65536).split()[1]
        assert status == b"422", "it came whole, and is no packet"
    client = _connected(impatient, batch + bytes(50_000))
    assert _error(_to_the_end(client))[0] == 408


def test_who_goes_on_sending_after_a_refusal_harms_nobody(impatient: ScriptedServer) -> None:
    half = b"POST /api/datasets?name=slow HTTP/1.1\r\n" + HOST + b"Content-Length: 1000000\r\n\r\n"
    client = _connected(impatient, half)
    assert b"408" in client.recv(65536)
    with client, contextlib.suppress(ConnectionError):
        while True:
            client.sendall(b" ")
            time.sleep(DEADLINE_SECONDS / 20)
    with impatient.client() as other:
        assert other.get("/healthz").status_code == 200


def test_the_second_request_of_a_connection_has_as_much_time_as_the_first(
    impatient: ScriptedServer,
) -> None:
    client = _connected(impatient, b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
    assert _one_answer(client).startswith(b"HTTP/1.1 200")
    client.sendall(b"GET /healthz HTTP/1.1\r\n")
    assert _error(_to_the_end(client))[0] == 408


def test_a_stream_outlasts_what_a_request_may_take(impatient: ScriptedServer) -> None:
    impatient.create("run", started())
    stream = b"GET /api/runs/run/events HTTP/1.1\r\n" + HOST + b"\r\n"
    with _connected(impatient, stream) as viewer:
        assert b" 200 " in viewer.recv(65536)
        assert _to_the_end(_connected(impatient)) == b""  # connected later, closed before
        impatient.tell("run", steps(1))
        heard = b""
        while b"id: 2" not in heard:
            heard += viewer.recv(65536)


@pytest.mark.parametrize(
    "headers",
    [
        b"".join(b"X-%d: y\r\n" % number for number in range(10_000)),
        b"X: " + b"y" * 40_000 + b"\r\n",
        b"X: " + b"y" * 1_000_000,
    ],
)
def test_headers_without_end_are_refused(scripted: ScriptedServer, headers: bytes) -> None:
    client = _connected(scripted)
    client.settimeout(PATIENCE_SECONDS)
    with suppress(ConnectionError):  # refused before all was sent: the answer is there all the same
        client.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + headers + b"\r\n")
    status, error = _error(_to_the_end(client))
    assert (status, error["code"]) == (431, "headers_too_large")
    assert error["limit"] == reading.MOST_HEAD_BYTES


def test_headers_within_bounds_are_taken(scripted: ScriptedServer) -> None:
    headers = b"".join(b"X-%d: %s\r\n" % (number, b"y" * 250) for number in range(98))
    request = b"GET /healthz HTTP/1.1\r\n" + HOST + headers + b"Connection: close\r\n\r\n"
    assert _to_the_end(_connected(scripted, request)).startswith(b"HTTP/1.1 200")


def test_what_is_no_request_is_told_so(scripted: ScriptedServer) -> None:
    status, error = _error(_to_the_end(_connected(scripted, b"\x16\x03\x01\x02\r\n\r\n")))
    assert (status, error["code"]) == (400, "bad_request")


def test_an_offer_of_another_protocol_is_answered_in_this_one(scripted: ScriptedServer) -> None:
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n"
    answer = _to_the_end(
        _connected(scripted, b"GET /healthz HTTP/1.1\r\n" + HOST + offer + b"\r\n")
    )
    assert answer.startswith(b"HTTP/1.1 200")


def test_requests_sent_ahead_are_answered_in_order_and_bounded(scripted: ScriptedServer) -> None:
    request = b"GET /api/runs/%d HTTP/1.1\r\n" + HOST + b"\r\n"
    with _connected(scripted, b"".join(request % number for number in range(5))) as client:
        heard = b""
        while heard.count(b"HTTP/1.1 404") < 5:
            heard += client.recv(65536)
        assert [heard.find(b"run %d" % number) for number in range(5)] == sorted(
            heard.find(b"run %d" % number) for number in range(5)
        )
    many = _connected(scripted, b"".join(request % number for number in range(1000)))
    heard = b""
    with many, suppress(ConnectionError):
        while more := many.recv(65536):
            heard += more
    assert heard.count(b"HTTP/1.1") < 20


@pytest.mark.parametrize(
    "half",
    [
        POST + b"Content-Length: 100\r\n\r\n{",
        POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    ],
)
def test_who_hangs_up_in_the_middle_of_a_body_leaves_nothing_behind(
    scripted: ScriptedServer, half: bytes
) -> None:
    client = _connected(scripted, half)
    wait_until(lambda: len(scripted.server.roster) == 1)
    client.close()
    state = scripted.server.server_state
    wait_until(lambda: not len(scripted.server.roster) and not state.tasks)


def test_who_takes_nothing_of_an_answer_is_cut(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "BLOCKED_SECONDS", 0.5)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(PATIENCE_SECONDS)
    client.connect(("127.0.0.1", scripted.port))
    request = b"GET /static/vendor/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\n" + HOST + b"\r\n"
    with client:
        client.sendall(request * 8)  # more than a system holds for one socket
        wait_until(lambda: len(scripted.server.roster) == 1)
        wait_until(lambda: len(scripted.server.roster) == 0)


def test_a_body_in_crumbs_is_refused_as_soon_as_there_are_too_many(
    scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks = []
    count = reading.BoundedReading.on_chunk_header

    def counted(self: reading.BoundedReading) -> None:
        chunks.append(1)
        count(self)

    monkeypatch.setattr(reading.BoundedReading, "on_chunk_header", counted)
    crumbs = b"1\r\n \r\n" * 2 * reading.MOST_CHUNKS
    client = _connected(scripted, POST + b"Transfer-Encoding: chunked\r\n\r\n" + crumbs)
    status, error = _error(_to_the_end(client))
    assert (status, error["code"], error["limit"]) == (400, "bad_request", reading.MOST_CHUNKS)
    assert len(chunks) == reading.MOST_CHUNKS + 1


def test_a_body_in_as_many_chunks_as_may_be_is_taken(scripted: ScriptedServer) -> None:
    spaces = b"10\r\n" + b" " * 16 + b"\r\n"
    body = spaces * (reading.MOST_CHUNKS - 2) + b"2\r\n[]\r\n0\r\n\r\n"
    client = _connected(scripted, POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
    client.sendall(body)
    assert _error(_to_the_end(client))[0] == 422
