"""`filterscope sweep`: trained by a real server, told as a table, stopped as one."""

import logging
import os
import signal
import subprocess
import sys

import pytest

from app.__main__ import _parser
from app.cli import sweep
from app.cli.cluster_news import told_once
from app.cli.sweep_table import tables
from tests.contracts.repository import ROOT
from tests.running_server import RunningServer
from tests.waiting import wait_until

PRESET = ("--preset", "mnist-strokes")
OVER = (
    *PRESET,
    "--over",
    "optimizer.learning_rate=0.01,300",
    "--over",
    "layers.conv1.weight_decay=0,0.05",
)
THOUSAND = ",".join(map(str, range(1, 1001)))
MILLION = ("--over", f"steps={THOUSAND}", "--over", f"batch_size={THOUSAND}")
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> RunningServer:
    with RunningServer(tmp_path_factory.mktemp("swept")) as running:
        yield running  # type: ignore[misc]


def _started(server: RunningServer, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "app", "sweep", *arguments],
        cwd=ROOT,
        env={**os.environ, "FILTERSCOPE_DATA": str(server.folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_sweep_is_trained_and_printed_as_a_table(server: RunningServer) -> None:
    done = _started(server, *OVER, "--seeds", "2", "--keep", "ends", "--set", "steps=20")
    out, err = done.communicate(timeout=PATIENCE_SECONDS)
    assert done.returncode == 0, err
    told = server.client.get("/api/sweeps/latest").json()
    assert (told["status"], told["keep"], told["runs"]) == ("finished", "ends", 8)
    assert {seed["status"] for cell in told["cells"] for seed in cell["seeds"]} == {
        *("finished", "failed")  # a rate of 300 is too large for anything
    }
    assert tables(told) in out
    assert "4 cells × 2 seeds, 8 runs" in out
    run = told["cells"][0]["seeds"][1]["run"]
    assert server.client.get(f"/api/runs/{run}/snapshots").json()["steps"] == [0, 20]
    strips = server.client.get("/api/sweeps/latest/strips").json()["cells"]
    assert strips[0]["kernels"]["shape"] == "7, 7, 1, 5"

    more = _started(server, "--more-of", "latest", "--seeds", "1")
    out, err = more.communicate(timeout=PATIENCE_SECONDS)
    assert more.returncode == 0, err
    again = server.client.get("/api/sweeps/latest").json()
    assert (again["id"], again["seeds"], again["status"]) == (told["id"], [0, 1, 2], "finished")
    assert tables(again) in out
    assert "4 cells × 1 more seed\n" in out


def test_ctrl_c_stops_what_is_left_and_keeps_what_was_trained(server: RunningServer) -> None:
    before = server.client.get("/api/sweeps").json()["sweeps"]
    asked = _started(server, *OVER, "--set", "steps=100000")

    def is_training() -> bool:
        sweeps = server.client.get("/api/sweeps").json()["sweeps"]
        return len(sweeps) > len(before) and "running" in sweeps[0]["counts"]

    wait_until(is_training, "it never began")
    assert asked.stderr is not None
    asked.stderr.read(1)  # of its bar: it has heard that the sweep has begun, and follows it
    asked.send_signal(signal.SIGINT)
    out, err = asked.communicate(timeout=PATIENCE_SECONDS)
    assert (asked.returncode, "Stopped; what was trained is kept." in out) == (130, True), err
    told = server.client.get("/api/sweeps/latest").json()
    assert (told["status"], told["counts"]) == ("stopped", {"stopped": 12})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*PRESET, "--over", "optimizer.lr=0.1"), "optimizer.learning_rate is the nearest"),
        ((*PRESET, "--over", "steps"), "FIELD=VALUE"),
        ((*PRESET, "--over", "batch_size=8,many"), "a whole number"),
        ((*PRESET, "--over", "dataset=mnist,blobs"), "dataset can't be swept"),
        ((*PRESET, *MILLION, "--seeds", "1"), "1,000,000 runs"),
        (PRESET, "--over optimizer.learning_rate="),
        (("--more-of", "none"), "no such sweep"),
        (("--more-of", "latest", "--over", "steps=1,2"), "as it was"),
    ],
)
def test_what_can_not_be_swept_is_said_in_one_sentence(
    server: RunningServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.setenv("FILTERSCOPE_DATA", str(server.folder))
    code = sweep.run(_parser().parse_args(["sweep", *arguments]))
    out, err = capsys.readouterr()
    assert (code, out, words in err, err.count("\n")) == (1, "", True, 1), err


def test_what_a_cluster_lacks_is_not_logged_beside_the_news_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = logging.getLogger("filterscope.cluster")
    with told_once():
        log.warning("no worker")
        log.error("in trouble")
    log.warning("no worker again")
    assert caplog.messages == ["in trouble", "no worker again"]


def _seed(edges: float | None, status: str = "finished") -> dict[str, object]:
    return {"edges": edges, "accuracy": None, "status": status}


def test_a_table_says_mean_spread_and_what_failed() -> None:
    axes = [{"words": ["lr 1", "lr 2"]}, {"words": ["3×3"]}]
    cells = [
        {"at": [0, 0], "seeds": [_seed(0.5), _seed(0.75)]},
        {"at": [1, 0], "seeds": [_seed(0.25), _seed(None, "failed")]},
    ]
    assert tables({"axes": axes, "cells": cells}).splitlines()[1:] == [
        "                   3×3",
        "lr 1      0.625 ±0.125",
        "lr 2  0.250 (1 failed)",
    ]
    three = [*axes, {"words": ["sgd", "adam"]}]
    deep = [{"at": [0, 0, 1], "seeds": [_seed(1.0)]}]
    told = tables({"axes": three, "cells": deep})
    assert told.count("First filters") == 2
    assert "adam\n" in told
