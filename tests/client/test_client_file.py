"""`watch` in one file: it runs alone beside NumPy, where there is no Filterscope."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.web.client_file import PATH
from tests.client.stub_server import StubServer
from tests.running_server import RunningServer

_TRAINING = """
import sys
import numpy as np
assert "app" not in sys.modules
from filterscope_watch import watch
assert not any(name.startswith(("app", "filterscope.", "pydantic")) for name in sys.modules)

kernel = np.arange(18, dtype="f4").reshape(3, 3, 1, 2)
run = watch(to=sys.argv[1], total_steps=3)
for step in range(3):
    run.step(lambda: {"conv1": kernel}, step=step, loss=float(step))
    kernel += 1
if len(sys.argv) > 2:
    raise ValueError("diverged")
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Asks a server that asks for a token, and shows none."""
    folder = tmp_path_factory.mktemp("data")
    with RunningServer(folder, FILTERSCOPE_TOKEN="a-token-of-its-own") as server:
        url = server.url.partition("?")[0]
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as opened:
            yield opened


@pytest.fixture
def folder(client: httpx.Client, tmp_path: Path) -> Path:
    """Holds the file, and a training that uses it."""
    answer = client.get(PATH)
    assert answer.status_code == 200
    (tmp_path / "filterscope_watch.py").write_bytes(answer.content)
    (tmp_path / "mine.py").write_text(_TRAINING, encoding="utf-8")
    return tmp_path


def run(folder: Path, *said: str) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "mine.py", *said]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)


def test_a_training_tells_of_itself_by_the_file_alone(folder: Path, stub: StubServer) -> None:
    ran = run(folder, stub.url)
    assert ran.returncode == 0, ran.stderr
    assert stub.steps() == [0, 1, 2, 3]
    assert float(stub.arrays[3][0, "kernel"].min()) == 3
    assert stub.registrations[0]["name"] == "mine"
    assert stub.items[-1]["outcome"] == "finished"


def test_a_script_that_fails_says_so_at_its_end(folder: Path, stub: StubServer) -> None:
    assert run(folder, stub.url, "fails").returncode == 1
    assert stub.items[-1]["outcome"] == "failed"
    assert stub.items[-1]["message"] == "ValueError: diverged"


def test_where_no_server_is_it_names_the_command_that_opens_the_film(folder: Path) -> None:
    ran = run(folder, "http://127.0.0.1:9")
    assert "`filterscope open mine.fscope` shows it" in ran.stderr
    assert (folder / "mine.fscope").exists()


def test_the_file_can_be_read_and_what_goes_wrong_in_it_be_found(folder: Path) -> None:
    text = (folder / "filterscope_watch.py").read_text(encoding="utf-8")
    ast.parse(text)
    assert "\n    def snapshot(self, step: int, arrays: Sequence[Taken]) -> None:\n" in text
    program = "from filterscope_watch import watch; watch([])"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True
    )
    assert "raise TypeError(" in ran.stderr


def test_it_needs_no_token_and_is_fetched_once(client: httpx.Client) -> None:
    assert client.get("/api/runs").status_code == 401
    first = client.get(PATH)
    assert first.headers["content-encoding"] == "gzip"
    again = client.get(PATH, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get(PATH, headers={"Accept-Encoding": "identity"})
    assert plain.content == first.content
