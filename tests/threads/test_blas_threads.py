"""Where BLAS keeps to one thread: in every process of ours, and in nobody else's."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.contracts.repository import ROOT
from tests.running_server import RunningServer
from tests.threads.importing import PRODUCTS_THREADS, TWO_THREADS, cores, import_package, run
from tests.web.sse import events_in

PROBE = Path(__file__).parent / "probe"
_NUMPY_FIRST = f"""
import json
{PRODUCTS_THREADS}
before = products_threads()
from app.__main__ import main
assert main(["presets"]) == 0
print(json.dumps([before, products_threads()]))
"""


@pytest.mark.parametrize("variables", [{}, TWO_THREADS])
def test_an_import_sets_no_variable_and_leaves_products_their_threads(
    variables: dict[str, str],
) -> None:
    imported = import_package(sys.executable, "app", ROOT, variables)
    assert imported.before == imported.after == [min(2, cores()) if variables else cores()]
    assert imported.environment_is_kept


def test_a_command_takes_one_thread_though_numpy_was_there_before() -> None:
    before, after = json.loads(run(sys.executable, _NUMPY_FIRST, ROOT, TWO_THREADS))
    assert before == [min(2, cores())]
    assert after == [1]


@pytest.mark.parametrize("numpy_first", [False, True])
def test_all_that_a_server_spawns_keeps_to_one_thread(tmp_path: Path, numpy_first: bool) -> None:
    with RunningServer(tmp_path / "data", **_probing(tmp_path, numpy_first)) as server:
        _have_all_work(server.client)
    _each_took_one(tmp_path)


@pytest.mark.parametrize("numpy_first", [False, True])
def test_all_that_a_server_under_uvicorn_spawns_keeps_to_one_thread(
    tmp_path: Path, numpy_first: bool
) -> None:
    for url in _under_uvicorn(tmp_path / "data", _probing(tmp_path, numpy_first)):
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
            _have_all_work(client)
    _each_took_one(tmp_path)


def _probing(folder: Path, numpy_first: bool) -> dict[str, str]:
    first = {"NUMPY_FIRST": "yes"} if numpy_first else {}
    return {"PYTHONPATH": str(PROBE), "PROBED": str(folder), **TWO_THREADS, **first}


def _have_all_work(client: httpx.Client) -> None:
    """Has a worker train a run to its end, and the processes aside look and export."""
    run_id = client.post("/api/runs", json={"preset": "mnist-strokes", "steps": 3}).json()["id"]
    with client.stream("GET", f"/api/runs/{run_id}/events") as answer:
        assert list(events_in(answer.iter_lines()))[-1].kind == "run_finished"
    for path in ("export?format=png", "snapshots/latest/filters/conv1/0"):
        answer = client.get(f"/api/runs/{run_id}/{path}")
        assert answer.status_code == 200, answer.text


def _each_took_one(folder: Path) -> None:
    probed = {file: json.loads(file.read_text()) for file in folder.glob("*.json")}
    asides = [file for file in probed if "filterscope-aside" in file.name]
    workers = [file for file in probed if "filterscope-worker" in file.name]
    assert len(asides) == 2
    assert workers
    for libraries in probed.values():
        assert [each["num_threads"] for each in libraries if each["user_api"] == "blas"] == [1]


def _under_uvicorn(data: Path, variables: dict[str, str]) -> Iterator[str]:
    """The address of a server that a bare uvicorn runs, which ends after it."""
    bare = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "app.main:app", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "FILTERSCOPE_DATA": str(data), **variables},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert bare.stderr is not None
        said = next(line for line in bare.stderr if "running on" in line)
        yield next(word for word in said.split() if word.startswith("http://"))
        bare.send_signal(signal.SIGTERM)
        bare.wait(20)
    finally:
        bare.kill()
        bare.wait()
        if bare.stderr is not None:
            bare.stderr.close()
