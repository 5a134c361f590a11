"""What becomes of more connections than are kept, over real sockets."""

import errno
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from app.connections.acceptor import Acceptor
from tests.store.samples import started, steps
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server

KEPT = 8
PATIENCE_SECONDS = 30
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
EVENTS = b"GET /api/runs/run/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
BUNDLE = b"GET /static/vendor/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[ScriptedServer]:
    """A server that keeps eight connections of this machine, and has a run to watch."""
    with scripted_server(tmp_path, connections_per_address=KEPT) as running:
        running.create("run", started())
        yield running


@pytest.fixture
def undo() -> Iterator[ExitStack]:
    """Closes what a test opened."""
    with ExitStack() as opened:
        yield opened


def _connected(scripted: ScriptedServer, undo: ExitStack, said: bytes = b"") -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(PATIENCE_SECONDS)
    client.connect(("127.0.0.1", scripted.port))
    client.sendall(said)
    return undo.enter_context(client)


def _to_the_end(client: socket.socket) -> bytes:
    heard = b""
    while more := client.recv(65536):
        heard += more
    return heard


def _watching(scripted: ScriptedServer, undo: ExitStack) -> socket.socket:
    viewer = _connected(scripted, undo, EVENTS)
    assert b" 200 " in viewer.recv(300)
    return viewer


def test_whoever_says_nothing_gives_way_to_who_asks(small: ScriptedServer, undo: ExitStack) -> None:
    viewer = _watching(small, undo)
    silent = [_connected(small, undo) for _ in range(3 * KEPT)]
    for _ in range(3 * KEPT):
        assert b" 200 " in _to_the_end(_connected(small, undo, HEALTH))
    assert len(small.server.roster) <= KEPT
    assert all(_is_closed(client) for client in silent[: 2 * KEPT])
    small.tell("run", steps(1))
    heard = b""
    while b"id: 2" not in heard:
        heard += viewer.recv(65536)


def _is_closed(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionError:
        return True


def test_when_all_are_being_answered_a_new_one_is_told_so(
    small: ScriptedServer, undo: ExitStack
) -> None:
    viewers = [_watching(small, undo) for _ in range(KEPT)]
    head, _, body = _to_the_end(_connected(small, undo)).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503")
    assert b"Retry-After: 10" in head or b"retry-after: 10" in head
    assert json.loads(body)["error"]["code"] == "too_many_connections"
    viewers[0].close()
    wait_until(lambda: len(small.server.roster) < KEPT)
    assert b" 200 " in _to_the_end(_connected(small, undo, HEALTH))


def test_who_is_refused_and_asks_nevertheless_can_read_why(
    small: ScriptedServer, undo: ExitStack
) -> None:
    for _ in range(KEPT):
        _watching(small, undo)
    assert _to_the_end(_connected(small, undo, HEALTH)).startswith(b"HTTP/1.1 503")


def test_a_system_without_files_is_waited_for(
    scripted: ScriptedServer, undo: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    acceptor: Any = scripted.server._acceptor
    assert isinstance(acceptor, Acceptor)
    silent = [_connected(scripted, undo) for _ in range(3)]
    wait_until(lambda: len(scripted.server.roster) == len(silent))
    listener, failures = acceptor._listener, []

    class Scarce:
        """A listener whose system has no file left, three times."""

        def accept(self) -> Any:
            if len(failures) < 3:
                failures.append(1)
                raise OSError(errno.EMFILE, "Too many open files")
            return listener.accept()

        def fileno(self) -> int:
            return int(listener.fileno())

    monkeypatch.setattr(acceptor, "_listener", Scarce())
    assert b" 200 " in _to_the_end(_connected(scripted, undo, HEALTH))
    assert len(failures) == 3
    assert all(_is_closed(client) for client in silent)
    monkeypatch.undo()


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="the system has no word for it")
def test_peers_that_vanished_are_noticed_by_the_system(
    scripted: ScriptedServer, undo: ExitStack
) -> None:
    _connected(scripted, undo)
    wait_until(lambda: bool(scripted.server.server_state.connections))
    connection: Any = next(iter(scripted.server.server_state.connections))
    accepted = connection.transport.get_extra_info("socket")
    assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
    assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_readers_that_are_slow_keep_no_file_open(scripted: ScriptedServer, undo: ExitStack) -> None:
    readers = [_connected(scripted, undo, BUNDLE * 4) for _ in range(10)]
    assert all(b" 200 " in reader.recv(300) for reader in readers)
    wait_until(lambda: len(scripted.server.server_state.tasks) == len(readers))
    files = [_target(link) for link in Path("/proc/self/fd").iterdir()]
    assert not [file for file in files if "swagger-ui" in file]


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # closed in between
        return ""
