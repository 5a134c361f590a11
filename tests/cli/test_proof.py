"""Commands show nothing to a program that only listens where the server did."""

import http.server
import json
import os
import re
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.cli.address import announce, announced
from app.cli.client import Client
from app.cli.taking import plain_name
from app.web.proving import proof_of
from tests.cli.test_commands import command
from tests.running_server import CHECKOUT, RunningServer

CHOSEN = "a-token-that-somebody-chose"


class Listener(http.server.ThreadingHTTPServer):
    """Another program on the port: it answers what it likes and keeps all that it is told."""

    def __init__(self, answers: dict[str, bytes], status: int = 200) -> None:
        self.heard: list[str] = []
        heard = self.heard

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                heard.append(f"{self.requestline}\n{self.headers}")
                body = answers.get(self.path.partition("?")[0], b'{"status": "ok"}')
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                if status >= 300:
                    self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/x")
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_arguments: object) -> None: ...

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture(
    params=[
        ({}, 200),
        ({"/api/proof": json.dumps({"proof": "0" * 64}).encode()}, 200),
        ({"/api/proof": json.dumps({"proof": None}).encode()}, 200),
        ({"/api/proof": b"[" * 5000}, 200),
        ({"/api/proof": b"not JSON"}, 500),
        ({}, 307),
    ],
    ids=["health", "zeros", "null", "deep", "failure", "redirect"],
)
def listener(request: pytest.FixtureRequest) -> Iterator[Listener]:
    with Listener(*request.param) as opened:
        thread = threading.Thread(target=opened.serve_forever, args=(0.01,))
        thread.start()
        yield opened
        opened.shutdown()
        thread.join()


def test_a_listener_without_the_key_is_not_recognized_and_told_nothing(
    listener: Listener,
) -> None:
    client = Client(listener.url)
    assert not client.recognizes(b"k" * 32)
    assert len(listener.heard) == 1
    assert "authorization" not in listener.heard[0].lower()


def test_a_command_trains_by_itself_where_another_program_took_the_port(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    environment = {**os.environ, "FILTERSCOPE_DATA": str(folder), "FILTERSCOPE_TOKEN": CHOSEN}
    with Listener({}) as other:
        thread = threading.Thread(target=other.serve_forever, args=(0.01,))
        thread.start()
        announce(folder, other.url, b"k" * 32)  # left by a server that was killed
        trained = command("train", "mnist-strokes", "--set", "steps=2", environment=environment)
        other.shutdown()
        thread.join()
    assert trained.returncode == 0, trained.stderr
    assert other.heard, "it was asked"
    assert all(line.startswith("GET /api/proof?nonce=") for line in other.heard)
    assert CHOSEN not in "".join(other.heard)


def test_a_command_reaches_a_closed_server_by_the_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with RunningServer(folder, FILTERSCOPE_TOKEN=CHOSEN):
        word = folder / "server.json"
        assert stat.S_IMODE(word.stat().st_mode) == 0o600
        assert CHOSEN not in word.read_text()
        known = announced(folder)
        assert known is not None
        assert httpx.get(f"{known.url}/api/runs", trust_env=False).status_code == 401
        environment = {**os.environ, "FILTERSCOPE_DATA": str(folder)}
        trained = command("train", "mnist-strokes", "--set", "steps=2", environment=environment)
        assert trained.returncode == 0, trained.stderr
        assert f"Watch it at {known.url}/runs/" in trained.stdout
    assert not word.exists()


def test_a_server_asks_for_a_token_on_loopback_too_when_told_so(tmp_path: Path) -> None:
    asking = ("sh", "-c", 'exec "$@" --ask-token', "sh", *CHECKOUT)
    with RunningServer(tmp_path / "data", command=asking) as server:
        known = announced(tmp_path / "data")
        assert known is not None
        assert re.fullmatch(rf"{known.url}/\?token=[\w-]{{22}}", server.url)
        assert httpx.get(f"{known.url}/api/runs", trust_env=False).status_code == 401
        link = httpx.get(server.url, trust_env=False, follow_redirects=True)
        assert link.status_code == 200


def test_a_proof_is_of_this_nonce_and_this_key(tmp_path: Path) -> None:
    with RunningServer(tmp_path / "data") as server:
        known = announced(tmp_path / "data")
        assert known is not None
        nonce = "0123456789abcdef" * 2
        answer = server.client.get("/api/proof", params={"nonce": nonce})
        assert answer.json() == {"proof": proof_of(known.key, nonce)}
        assert proof_of(known.key, nonce[::-1]) != proof_of(known.key, nonce)
        assert Client(known.url).recognizes(known.key)
        assert not Client(known.url).recognizes(b"k" * 32)
        for wrong in ("", "0" * 31, "0" * 129, "g" * 32, "0" * 31 + "\n"):
            refused = server.client.get("/api/proof", params={"nonce": wrong})
            assert refused.status_code == 422


@pytest.mark.parametrize(
    "told", ["", "null", "{}", '{"url": 5, "key": 5}', '{"url": "http://x"}', "http://x", "\0"]
)
def test_a_torn_word_of_where_the_server_is_is_none(tmp_path: Path, told: str) -> None:
    (tmp_path / "server.json").write_text(told)
    assert announced(tmp_path) is None


@pytest.mark.parametrize(
    "told",
    ["../film.gif", "/etc/passwd", "a/b.gif", "..", ".", ".profile", "", "a\\b.gif", "a\0b", "C:x"],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="no plain name"):
        plain_name(told)
    assert plain_name("filterscope-run.gif") == "filterscope-run.gif"
