"""`filterscope sweep`: trained by a real server, told as a table, stopped as one."""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import Mock

import pytest

from app.__main__ import _parser
from app.cli import sweep
from app.cli.client import Client
from app.cli.cluster_news import told_once
from app.cli.sweep_table import short_time, tables
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


def test_ctrl_c_while_the_server_makes_it_ends_with_what_became_of_it(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FILTERSCOPE_DATA", str(server.folder))
    call = Client.call

    def interrupted(client: Client, method: str, path: str, body: object = None) -> Any:
        if (method, path) != ("POST", "/api/sweeps"):
            return call(client, method, path, body)
        _press_ctrl_c()
        return call(client, method, path, body)

    monkeypatch.setattr(Client, "call", interrupted)
    with _noted_ctrl_c():
        code = sweep.run(_parser().parse_args(["sweep", *OVER, "--set", "steps=100000"]))
    told = server.client.get("/api/sweeps/latest").json()
    out, err = capsys.readouterr()
    assert (code, told["status"], err) == (130, "stopped", "")
    assert "Stopped; what was trained is kept.\n" in out
    assert f"Sweep {told['id']}: 12 stopped" in out


def test_ctrl_c_before_anything_was_asked_ends_with_one_sentence(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FILTERSCOPE_DATA", str(server.folder))
    before = server.client.get("/api/sweeps").json()
    monkeypatch.setattr(sweep, "_tell_plan", Mock(side_effect=KeyboardInterrupt))
    code = sweep.run(_parser().parse_args(["sweep", *OVER]))
    told = capsys.readouterr()
    assert (code, told.out, told.err) == (130, "", "Broken off: nothing was made.\n")
    assert server.client.get("/api/sweeps").json() == before


def test_ctrl_c_just_after_it_was_made_ends_with_its_id(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FILTERSCOPE_DATA", str(server.folder))
    answered = sweep.answered_in_spite

    def interrupted(*asked: Any) -> Any:
        answered(*asked)
        raise KeyboardInterrupt

    monkeypatch.setattr(sweep, "answered_in_spite", interrupted)
    code = sweep.run(_parser().parse_args(["sweep", *OVER, "--set", "steps=20"]))
    path = f"/api/sweeps/{server.client.get('/api/sweeps/latest').json()['id']}"
    server.client.patch(path, json={"status": "stopped"})
    said = f"Broken off: the sweep {path[12:]} was made, and isn't followed any more.\n"
    assert (code, capsys.readouterr().err) == (130, said)


def test_whether_it_was_made_is_not_known_where_ctrl_c_is_pressed_twice(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FILTERSCOPE_DATA", str(server.folder))
    call, ends = Client.call, threading.Event()

    def hangs(client: Client, method: str, path: str, body: object = None) -> Any:
        if (method, path) == ("POST", "/api/sweeps"):
            _press_ctrl_c()
            _press_ctrl_c()
            ends.wait()
            raise OSError
        return call(client, method, path, body)

    monkeypatch.setattr(Client, "call", hangs)
    with _noted_ctrl_c():
        code = sweep.run(_parser().parse_args(["sweep", *OVER]))
    ends.set()
    err = capsys.readouterr().err
    assert (code, err.count("\n"), "whether it was made" in err) == (130, 1, True)


_NOTED = threading.Semaphore(0)


def _press_ctrl_c() -> None:
    """Presses it, and waits until whoever waits for the answer has noticed."""
    os.kill(os.getpid(), signal.SIGINT)
    _NOTED.acquire()


@contextmanager
def _noted_ctrl_c() -> Iterator[None]:
    def note(_number: int, _frame: object) -> None:
        _NOTED.release()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (20, "20 s"), (89, "89 s"), (90, "2 min"), (5000, "83 min"), (9000, "2.5 h")],
)
def test_a_short_time_is_never_none(seconds: float, words: str) -> None:
    assert short_time(seconds) == words


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
