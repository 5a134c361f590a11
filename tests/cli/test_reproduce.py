"""`reproduce` and `crash`: a run's log, held against the run."""

import os
import subprocess
import sys
from pathlib import Path

import apsw
import numpy as np
import pytest

from app.__main__ import main
from app.external.described import Continues
from app.store import Reading
from app.store.check_values import offer_check_values, value_in_sql
from tests.contracts.repository import ROOT
from tests.store.samples import new_run, open_store

NAME = "filterscope.sqlite3"


def filterscope(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, "FILTERSCOPE_DATA": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one short run in it."""
    made = tmp_path_factory.mktemp("data")
    trained = filterscope(made, "train", "dead-leaves", "--set", "steps=6")
    assert trained.returncode == 0, trained.stderr
    return made


def test_a_run_trained_again_is_identical(folder: Path) -> None:
    again = filterscope(folder, "reproduce", "latest")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.startswith("identical: ")
    assert "up to step 6" in again.stdout


def test_a_run_that_trains_on_without_a_filter_from_a_step_of_another_is_identical_too(
    folder: Path,
) -> None:
    asked = ("train", "latest@4", "--without", "conv1=3,9", "--set", "steps=7")
    trained = filterscope(folder, *asked)
    assert trained.returncode == 0, trained.stderr
    again = filterscope(folder, "reproduce", "latest")
    assert (again.returncode, again.stderr) == (0, "")
    assert "up to step 7" in again.stdout
    with Reading.beside(folder / NAME) as reading:
        run, before = reading.runs(2)
        first, last = (reading.snapshot(run.id, step) for step in (4, 7))
        whole = reading.snapshot(before.id, 4)
    assert run.described.continues == Continues(run=before.id, step=4, weights_only=True)
    assert first is not None
    assert last is not None
    assert whole is not None
    assert first.arrays["dense1/kernel"] == whole.arrays["dense1/kernel"]
    for kept in (first, last):
        stored = kept.arrays["conv1/kernel"]
        kernel = np.frombuffer(stored.data, "<f4").reshape(stored.shape)
        assert [one for one in range(16) if not kernel[..., one].any()] == [3, 9]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["latest@4", "--filters", "gabor"], "only --without goes along"),
        (["latest@4", "--set", "seed=3"], "only steps can be set, not seed"),
        (["latest@", "--without", "conv1=3"], "say RUN@STEP"),
        (["me@home.json"], "No such file"),
        (["dead-leaves", "--without", "conv1"], "takes LAYER=FILTERS, as in conv1=1,12"),
        (["dead-leaves", "--without", "conv1=-3"], "takes LAYER=FILTERS"),
    ],
)
def test_what_cannot_be_trained_on_is_said_in_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", *arguments]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_a_log_that_was_tampered_with_is_found_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes((folder / NAME).read_bytes())
    database = apsw.Connection(str(tmp_path / NAME))
    database.execute("DROP TRIGGER events_are_append_only")
    database.execute(
        "UPDATE events SET body = replace(body, '\"step\":[2', '\"step\":[3') WHERE kind = 'steps'"
    )
    offer_check_values(database)  # without them it would count as damage of the disk
    database.execute(f"UPDATE events SET check_value = {value_in_sql('events')}")
    runs = database.execute("SELECT id FROM runs ORDER BY number").fetchall()
    database.close()
    again = filterscope(tmp_path, "reproduce", str(runs[0][0]))
    assert again.returncode == 1
    assert again.stdout.startswith("different: event ")
    assert "(steps, step 2) differs: step[0] was 3, is 2" in again.stdout


def test_a_run_that_is_not_there_is_named(folder: Path) -> None:
    again = filterscope(folder, "reproduce", "nobody")
    assert again.returncode == 1
    assert "there is no run 'nobody'" in again.stderr
    assert "Traceback" not in again.stderr


def test_a_run_that_never_began_can_not_be_reproduced(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
    again = filterscope(tmp_path, "reproduce", "latest")
    assert again.returncode == 1
    assert "never began" in again.stderr


def test_a_crash_is_printed_in_full_or_said_to_be_none(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.create_run(new_run()).result()
        assert filterscope(tmp_path, "crash", "run").returncode == 1
        store.keep_crash_report("run", "Traceback (most recent call last)").result()
        told = filterscope(tmp_path, "crash", "run")
    assert (told.returncode, told.stdout) == (0, "Traceback (most recent call last)\n")


def test_no_folder_is_no_database(tmp_path: Path) -> None:
    told = filterscope(tmp_path / "none", "reproduce", "latest")
    assert told.returncode == 1
    assert "there is no database" in told.stderr
