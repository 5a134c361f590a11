"""What `watch` wrote into files is sent by `upload` and shown by `open`: what is whole, once."""

import base64
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.__main__ import main
from app.external.packets import encode_packet, packets_in
from app.kernels import kernels_in_full
from tests.cli.test_commands import command
from tests.client.training import Training
from tests.contracts.repository import ROOT
from tests.external.restarted import KILLED_AT, STEPS, record_twice
from tests.web.scripted import ScriptedServer, scripted_server

FULL, SEND = "a-token-that-somebody-chose", "another-token-for-scripts"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A killed training's file, and that of the process which went on."""
    return record_twice(tmp_path_factory.mktemp("cluster"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    folder = tmp_path_factory.mktemp("data")
    with scripted_server(folder, host="0.0.0.0", token=FULL, send_token=SEND) as running:
        yield running


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FILTERSCOPE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FILTERSCOPE_TOKEN", SEND)


def upload(server: ScriptedServer, *files: Path, token: str | None = None) -> int:
    options = ["--to", server.url, *(["--token", token] if token else [])]
    return main(["upload", *options, *map(str, files)])


def run_in(told: str) -> str:
    found = re.search(r"/runs/(\w+)", told)
    assert found, told
    return found[1]


def assert_is_whole(http: httpx.Client, run_id: str) -> None:
    """Holds a run against what its program trained."""
    run = http.get(f"/api/runs/{run_id}").json()
    assert (run["status"], run["step"]) == ("finished", STEPS)
    assert http.get(f"/api/runs/{run_id}/metrics").json()["step"] == list(range(STEPS))
    training = Training()
    for _ in range(STEPS):
        training.update()
    film = http.get(f"/api/runs/{run_id}/film?layer=conv1").json()
    kept = b"".join(training.kept[step].tobytes() for step in film["steps"])
    assert base64.b64decode(film["kernels"]["bdata"]) == kept
    assert film["steps"] == sorted(set(film["steps"]))
    assert {0, KILLED_AT, STEPS} <= set(film["steps"])


def test_files_of_a_program_that_was_killed_and_went_on_become_one_run_and_count_once(
    server: ScriptedServer, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = files
    assert upload(server, second, first) == 0, "the order on the command line doesn't matter"
    said = capsys.readouterr().out
    assert said.splitlines()[0].startswith(f"{first}: ")
    run_id = run_in(said)
    with server.client(headers={"Authorization": f"Bearer {FULL}"}) as http:
        assert_is_whole(http, run_id)
        last = http.get(f"/api/runs/{run_id}").json()["last_seq"]
        for again in ((first,), (second,), files, (second, second)):
            assert upload(server, *again) == 0
            lines = capsys.readouterr().out.splitlines()
            assert set(lines) <= set(said.splitlines()), "the same items are there"
        assert http.get(f"/api/runs/{run_id}").json()["last_seq"] == last


def test_what_is_whole_in_a_cut_file_is_there_and_the_rest_follows_when_it_comes(
    server: ScriptedServer,
    files: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = "5" * 32
    data = [path.read_bytes() for path in _copies(files, tmp_path, other)]
    paths = [tmp_path / "one.fscope", tmp_path / "two.fscope"]
    paths[0].write_bytes(data[0])
    paths[1].write_bytes(data[1][:-5])
    assert upload(server, *paths) == 0
    said = capsys.readouterr().out
    assert "the rest of the file isn't whole: its last packet ends 5 bytes too early" in said
    run_id = run_in(said)
    paths[1].write_bytes(data[1])
    assert upload(server, paths[1]) == 0
    with server.client(headers={"Authorization": f"Bearer {FULL}"}) as http:
        assert_is_whole(http, run_id)


def test_a_token_is_asked_for_and_the_one_on_the_command_line_counts(
    server: ScriptedServer,
    files: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FILTERSCOPE_TOKEN")
    assert upload(server, files[0]) == 1
    assert re.search(r"train\.fscope can't be sent: .*token", capsys.readouterr().err)
    assert upload(server, files[0], token="wrong") == 1
    assert upload(server, files[0], token=FULL) == 0


def test_what_is_no_file_of_ours_is_refused_and_the_others_are_sent(
    server: ScriptedServer,
    files: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    missing, wrong, empty = (tmp_path / name for name in ("missing", "wrong", "empty"))
    wrong.write_bytes(b"PK\x03\x04" + bytes(50))
    empty.touch()
    assert upload(server, missing, wrong, empty, files[0]) == 1
    said = capsys.readouterr()
    assert f"{missing} can't be sent: [Errno 2] No such file" in said.err
    assert f"{wrong} can't be sent: it is no .fscope file" in said.err
    assert f"{empty} can't be sent: it is empty" in said.err
    assert f"{files[0]}: {server.url}/runs/" in said.out
    assert main(["upload", "--to", "http://127.0.0.1:9", str(files[0])]) == 1
    assert "refused" in capsys.readouterr().err


def test_open_starts_a_server_shows_the_file_and_upload_finds_that_server(
    files: tuple[Path, Path],
) -> None:
    first, second = map(str, files)
    environment = {name: text for name, text in os.environ.items() if name != "FILTERSCOPE_TOKEN"}
    opening = subprocess.Popen(
        [sys.executable, "-m", "app", "open", "--port", "0", first],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert opening.stdout is not None
        said = [opening.stdout.readline() for _ in range(4)]
        assert re.fullmatch(r"Filterscope is at http://127\.0\.0\.1:\d+\n", said[0])
        assert said[1] == f"Compiled kernels: {kernels_in_full()}\n"
        assert re.match(rf"{first}: http://127\.0\.0\.1:\d+/runs/\w+  All \d+ items", said[3])
        sent = command("upload", second, environment=environment)
        assert sent.returncode == 0, sent.stderr
        with httpx.Client(base_url=said[0].split()[-1], trust_env=False) as http:
            assert_is_whole(http, run_in(sent.stdout))
    finally:
        opening.send_signal(signal.SIGTERM)
        opening.wait(30)
        opening.stdout.close()


def _copies(files: tuple[Path, Path], folder: Path, key: str) -> Iterator[Path]:
    """The same files of another run."""
    for path in files:
        data = path.read_bytes()
        copy = folder / path.name
        copy.write_bytes(_with_key(data, key))
        yield copy


def _with_key(data: bytes, key: str) -> bytes:

    packets = packets_in(io.BytesIO(data))
    header, _ = next(packets)
    head = b"".join(encode_packet({**header, "key": key}))
    return head + data[len(b"".join(encode_packet(header))) :]
