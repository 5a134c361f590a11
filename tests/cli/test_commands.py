"""The commands as a user types them, in processes of their own."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import apsw
import numpy as np
import pytest

from app.recipe import PRESETS
from tests.store.samples import finished, new_run, open_store, started, steps


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "FILTERSCOPE_DATA": str(tmp_path / "data")}


def command(
    *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_presets_lists_every_preset() -> None:
    listed = command("presets")
    assert listed.returncode == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(PRESETS)


def test_train_shows_its_progress_keeps_the_run_and_writes_the_film(
    environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "film.npz"
    trained = command(
        *("train", "dead-leaves", "--set", "steps=12", "--out", str(out)), environment=environment
    )
    assert trained.returncode == 0, trained.stderr
    assert re.search(r"12/12 .*loss=\d.*score=0\.", trained.stderr)
    film = np.load(out)
    assert film["conv1/kernels"].shape == (9, 9, 9, 3, 16)
    assert film["conv2/kernels"].shape == (9, 3, 3, 16, 32)
    assert film["conv1/steps"].tolist() == [0, 1, 2, 3, 4, 6, 8, 10, 12]
    assert film["conv1/label"].shape == film["conv1/score"].shape == (9, 16)
    assert (tmp_path / "data" / "filterscope.sqlite3").exists()


def test_salvage_makes_a_folder_of_what_is_whole_and_says_what_is_lost(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    with open_store(folder) as store:
        for run_id in ("whole", "cut"):
            store.create_run(new_run(run_id)).result()
            store.record(run_id, [started(), *map(steps, range(1, 9)), finished(8)], 0).result()
    salvaged = command("salvage", str(folder), environment=environment)
    assert salvaged.returncode == 0, salvaged.stderr
    assert "2 of 2 runs are whole" in salvaged.stdout
    with apsw.Connection(str(folder / "filterscope.sqlite3")) as database:
        database.execute("DELETE FROM events WHERE seq = 5 AND run = 2")
    new = tmp_path / "new"
    salvaged = command("salvage", str(folder), "-o", str(new), environment=environment)
    assert salvaged.returncode == 1
    assert re.search(r"whole \(.*\): whole, 10 events", salvaged.stdout)
    assert re.search(r"cut \(.*\): 4 events of 10 kept; the rest is trained again", salvaged.stdout)
    with open_store(new) as store:
        assert [run.id for run in store.interrupted()] == ["cut"]
    again = command("salvage", str(folder), "-o", str(new), environment=environment)
    assert (again.returncode, again.stdout) == (1, "")
    assert "isn't empty" in again.stderr


def test_a_sparse_code_is_trained_without_a_word_of_accuracy(
    environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "film.npz"
    settings = ("--set", "steps=5", "--set", "objective.sparsity=0.5", "--out", str(out))
    trained = command("train", "sparse-code", *settings, environment=environment)
    assert trained.returncode == 0, trained.stderr
    assert re.search(r"5/5 .*loss=\d.*score=0\.", trained.stderr)
    assert "accuracy" not in trained.stderr
    assert np.load(out)["conv1/kernels"].shape == (6, 9, 9, 1, 32)


def test_labels_that_a_sparse_code_lacks_can_not_be_spoiled(environment: dict[str, str]) -> None:
    refused = command("train", "sparse-code", "--set", "labels=random", environment=environment)
    assert refused.returncode == 1
    assert "labels: " in refused.stderr
    assert "shuffle the pixels" in refused.stderr


def test_train_says_what_is_wrong_with_a_recipe(environment: dict[str, str]) -> None:
    refused = command("train", "dead-leaves", "--set", "steps=0", environment=environment)
    assert refused.returncode == 1
    assert "steps" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_run_that_diverges_says_so(environment: dict[str, str]) -> None:
    failed = command(
        *("train", "dead-leaves", "--set", "optimizer.learning_rate=1000"), environment=environment
    )
    assert failed.returncode == 1
    assert "too large for this network" in failed.stderr


def test_a_port_in_use_is_named_with_the_way_out(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = command("serve", "--port", str(port), environment=environment)
    assert refused.returncode == 1
    assert f"127.0.0.1:{port}: Address already in use" in refused.stderr
    assert "--port" in refused.stderr


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", "8e3"])
def test_a_port_that_is_none_is_refused(environment: dict[str, str], port: str) -> None:
    refused = command("serve", f"--port={port}", environment=environment)
    assert refused.returncode == 1
    assert "0 to 65535" in refused.stderr


def test_a_folder_that_another_program_holds_is_named_without_a_traceback(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with open_store(tmp_path / "data"):
        refused = command("train", "dead-leaves", environment=environment)
    assert refused.returncode == 1
    assert "is in use by another Filterscope" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
