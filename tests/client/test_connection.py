"""What lies between a program and its server: slow lines, certificates, and who listens there."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.client import settings
from app.client.answering import Away, Connection
from app.client.run import WatchedRun
from tests.client.quick import FAST, watched
from tests.client.stub_server import StubServer
from tests.web.scripted import scripted_server

KERNEL = np.ones((3, 3, 1, 2), "f4")
TOKEN = "a-token-that-somebody-chose"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files go that no server takes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tell(run: WatchedRun) -> None:
    run.step(KERNEL)
    run.close()


class SlowTaker:
    """Takes a request over most of a second, and answers; or takes a part and hangs."""

    def __init__(self, *, hangs: bool = False) -> None:
        self._hangs = hangs
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**14)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.taken = 0
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._enough.set()
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        client, _ = self._listener.accept()
        client.settimeout(0.1)
        with client:
            while not self._enough.wait(0.02):
                if self._hangs and self.taken > 2**18:
                    continue
                try:
                    self.taken += len(client.recv(2**15, socket.MSG_WAITALL))
                except TimeoutError:
                    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                    return


@pytest.mark.parametrize("hangs", [False, True])
def test_a_slow_line_has_time_as_long_as_it_takes_something(hangs: bool) -> None:
    taker = SlowTaker(hangs=hangs)
    connection = Connection(taker.url, None, 0.5)
    began = time.monotonic()
    try:
        if hangs:
            with pytest.raises(Away, match="no answer in time"):
                connection.ask("PUT", "/", bytes(2**21), "application/x")
        else:
            assert connection.ask("PUT", "/", bytes(2**20), "application/x").status == 200
            assert time.monotonic() - began > 0.5
            assert taker.taken > 2**20
    finally:
        connection.close()
        taker.close()


def test_nobody_who_only_listens_where_a_server_would_be_sees_the_token(
    stub: StubServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "DEFAULT_URL", stub.url)
    monkeypatch.setenv("FILTERSCOPE_TOKEN", TOKEN)
    monkeypatch.delenv("FILTERSCOPE_URL", raising=False)
    tell(watched(None))
    assert "doesn't answer as Filterscope does" in capsys.readouterr().err
    assert [path.partition("?")[0] for _, path, _ in stub.requests] == ["/api/proof"]
    assert TOKEN not in str(stub.requests)
    tell(watched(stub.url))
    assert TOKEN in str(stub.requests), "to whom one names it is shown"


def test_a_server_where_one_would_be_is_shown_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted_server(tmp_path / "data", token=TOKEN) as server:
        monkeypatch.setattr(settings, "DEFAULT_URL", server.url)
        monkeypatch.setenv("FILTERSCOPE_TOKEN", TOKEN)
        run = watched(None, FAST._replace(answer=20, close=30))
        tell(run)
        assert run.url is not None
        assert run.file is None


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[StubServer]:
    """A server with a certificate that its owner made."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl isn't here to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with StubServer(context=context) as server:
        yield server


def test_what_it_cannot_verify_gets_nothing_and_the_reason_is_one_line(
    encrypted: StubServer, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = watched(encrypted.url, FAST._replace(answer=10), token=TOKEN)
    tell(run)
    assert encrypted.requests == []
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(f"filterscope: no Filterscope answers at {encrypted.url} ")
    assert "(its certificate can't be verified: self" in said[0]
    assert len(said) == 2, "the other says where the run is kept"
    assert run.file is not None


def test_a_certificate_of_ones_own_is_trusted_where_one_says_so(
    encrypted: StubServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "certificate.pem"))
    tell(watched(encrypted.url, FAST._replace(answer=10, close=30)))
    assert encrypted.steps() == [0]
    assert encrypted.has_ended
