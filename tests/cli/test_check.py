"""`python -m app check`, in a process of its own: its codes and its reports."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tests.cli.test_commands import command
from tests.contracts.repository import ROOT


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {**os.environ, "FILTERSCOPE_DATA": str(tmp_path_factory.mktemp("data"))}


def write(path: Path, seed: int = 0, **spoilt: object) -> Path:
    """Two layers of random weights in Keras's order, one of them spoilt as asked."""
    draw = np.random.default_rng(seed)
    first = draw.normal(size=(5, 5, 3, 16)).astype("f4")
    for place, value in spoilt.items():
        first[..., int(place.removeprefix("filter"))] = value
    second = draw.normal(size=(3, 3, 16, 8)).astype("f4")
    np.savez(path, **{"conv1/kernel": first, "conv2/kernel": second})
    return path


def test_noise_is_healthy_until_edges_are_asked_of_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = write(tmp_path / "model.npz")
    told = command("check", str(path), environment=environment)
    assert told.returncode == 0, told.stderr
    assert "healthy (6 passed, 0 failed, 2 skipped)" in told.stdout
    asked = command("check", str(path), "--min-oriented", "0.3", environment=environment)
    assert asked.returncode == 1
    assert "✗ oriented conv1: 0 % of the filters are edges or lines" in asked.stdout


def test_dead_filters_and_nan_break_it_and_build_servers_are_told(
    environment: dict[str, str], tmp_path: Path
) -> None:
    dead = write(tmp_path / "dead.npz", filter1=0, filter2=0)
    broken = write(tmp_path / "broken.npz", filter3=np.nan)
    xml = tmp_path / "report.xml"
    told = command(
        *("check", str(dead), str(broken), "--json", "--junit", str(xml)), environment=environment
    )
    assert told.returncode == 1, told.stderr
    reports = json.loads(told.stdout)
    failed = [
        [check["rule"] for check in report["checks"] if check["outcome"] == "failed"]
        for report in reports
    ]
    assert failed == [["dead"], ["finite"]]
    suites = ET.parse(xml).getroot()
    assert [suite.get("failures") for suite in suites] == ["1", "1"]


def test_what_has_not_moved_has_not_learned(environment: dict[str, str], tmp_path: Path) -> None:
    path, other = write(tmp_path / "a.npz"), write(tmp_path / "b.npz", seed=1)
    same = command("check", str(path), "--against", str(path), environment=environment)
    assert same.returncode == 1
    assert "learned conv1: It moved by 0 % of its length" in same.stdout
    moved = command("check", str(path), "--against", str(other), environment=environment)
    assert (moved.returncode, moved.stdout.count("learned")) == (0, 0), moved.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("{}/none.npz",), "there is no file at that path"),
        (("{}",), "this is a folder"),
        (("{}/text.npz",), "no file of weights"),
        (("{}/good.npz", "--against", "{}/text.npz"), "no file of weights"),
        (("{}/good.npz", "--max-dead", "2"), "--max-dead is a share from 0 to 1, not 2.0."),
        (("{}/good.npz", "--junit", "{}/no/such/folder.xml"), "can't be written"),
    ],
)
def test_what_can_t_be_checked_is_two_and_a_sentence(
    environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    write(tmp_path / "good.npz")
    (tmp_path / "text.npz").write_text("weights? no.")
    told = command("check", *(one.format(tmp_path) for one in arguments), environment=environment)
    assert told.returncode == 2
    assert words in told.stderr
    assert "Traceback" not in told.stderr


def test_a_run_is_checked_as_the_interface_does(environment: dict[str, str]) -> None:
    trained = command("train", "mnist-strokes", "--set", "steps=20", environment=environment)
    assert trained.returncode == 0, trained.stderr
    told = command("check", "latest", "--json", environment=environment)
    assert told.returncode == 0, told.stdout + told.stderr
    report = json.loads(told.stdout)
    assert {check["rule"] for check in report["checks"]} >= {"finite", "dead", "learned"}
    unknown = command("check", "nobody", environment=environment)
    assert (unknown.returncode, "no run nobody" in unknown.stderr) == (2, True)


def test_a_reader_that_has_seen_enough_gets_no_traceback(
    environment: dict[str, str], tmp_path: Path
) -> None:
    paths = [str(write(tmp_path / f"{number}.npz")) for number in range(30)]
    words = " ".join(f"'{path}'" for path in paths)
    piped = f"'{sys.executable}' -m app check --json {words} | head -n 1"
    told = subprocess.run(
        ["sh", "-c", piped], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert told.stdout == "[\n"
    assert told.stderr == ""
