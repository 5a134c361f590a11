"""`open`, as a user types it, for files of weights."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from tests.opening.checkpoints import SHAPE, checkpoint, kernel
from tests.running_server import RunningServer


def opened(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", "open", *arguments],
        env={**os.environ, "FILTERSCOPE_DATA": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_describe_prints_what_a_file_holds_and_starts_nothing(tmp_path: Path) -> None:
    path, folder = checkpoint(tmp_path / "net.keras", 1), tmp_path / "data"
    ran = opened(folder, str(path), "--describe")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert (told["format"], told["framework"]) == ("keras", "Keras 3.15.1")
    stem, second = told["layers"]
    assert stem["shape"] == list(SHAPE)
    assert stem["sha256"] == sha256(kernel(1).tobytes()).hexdigest()
    assert (stem["judgeable"], sum(stem["labels"].values())) == (True, 8)
    assert (second["judgeable"], second["labels"], second["score"]) == (False, None, None)
    assert not (folder / "server.json").exists()


def test_describe_says_in_a_sentence_why_a_file_cant_be_read(tmp_path: Path) -> None:
    path = tmp_path / "net.keras"
    path.write_bytes(b"hello")
    ran = opened(tmp_path / "data", str(path), "--describe")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert "can't be read" in ran.stderr


def test_a_file_and_a_folder_are_opened_in_the_server_that_runs(tmp_path: Path) -> None:
    file = checkpoint(tmp_path / "net.keras", 9)
    for epoch in (1, 2, 12):
        checkpoint(tmp_path / f"mine/epoch_{epoch}.keras", epoch)
    (tmp_path / "mine/readme.txt").write_text("hello")
    with RunningServer(tmp_path / "data") as server:
        alone = opened(tmp_path / "data", str(file))
        film = opened(tmp_path / "data", str(tmp_path / "mine"))
        assert (alone.returncode, film.returncode) == (0, 0), alone.stderr + film.stderr
        assert "1 frame" in alone.stdout
        assert "3 frames" in film.stdout
        assert "Left out: mine/readme.txt" in film.stdout
        newest, first = server.client.get("/api/runs").json()["runs"]
        assert (newest["name"], newest["step"], newest["status"]) == ("mine", 12, "finished")
        assert first["name"] == "net.keras"
        missing = opened(tmp_path / "data", str(tmp_path / "nowhere"))
        assert missing.returncode == 1
        assert "no file or folder" in missing.stderr
