"""The code that docs/watching.md shows for NumPy runs as it stands, against a real server."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.cli.client import Client
from app.cli.upload import upload
from app.client.run import WatchedRun
from app.vocabulary.snapshot_steps import is_snapshot_step
from tests.docs_code import WATCHING, code_in, run_code
from tests.running_server import RunningServer

HERE = {"NumPy", "If something goes wrong, stop", "In a notebook"}
WITH_FRAMEWORKS = {  # tests/frameworks/test_documented_code.py
    *("PyTorch", "Lightning", "Trainer of Hugging Face", "fastai", "Keras 3", "JAX", "Clusters"),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(autouse=True)
def called(server: RunningServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Has `watch` call that server, from a folder that may get files."""
    monkeypatch.setenv("FILTERSCOPE_URL", server.url)
    monkeypatch.chdir(tmp_path)


def send_rest(server: RunningServer, run: WatchedRun) -> None:
    """Sends what a busy machine's server didn't take in the time that a program has at its end."""
    if run.file is not None:
        assert upload(Client(server.url), run.file).cut is None


def kernel_of(server: RunningServer, run: str, step: int | str) -> np.ndarray[Any, Any]:
    layer = server.client.get(f"/api/runs/{run}/snapshots/{step}?layer=conv1").json()["kernel"]
    shape = [int(side) for side in layer["shape"].split(",")]
    return np.frombuffer(base64.b64decode(layer["bdata"]), "<f4").reshape(shape)


def test_all_code_of_the_page_is_run_by_a_test() -> None:
    assert code_in(WATCHING).keys() == HERE | WITH_FRAMEWORKS


def test_a_training_in_numpy_is_told_from_its_first_weights_to_its_last(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(15)
    first, wanted = random.normal(size=(2, 5, 5, 1, 6)).astype("f4")

    def loss_and_gradient(kernel: np.ndarray[Any, Any]) -> tuple[Any, Any]:
        return np.square(kernel - wanted).mean(), kernel - wanted

    given = {"kernel": first.copy(), "loss_and_gradient": loss_and_gradient}
    names = run_code(monkeypatch, "NumPy", **given)
    last = names["kernel"]
    send_rest(server, names["run"])
    run = server.client.get("/api/runs/latest").json()
    assert (run["name"], run["status"], run["step"]) == ("mine", "finished", 600)
    assert run["source"] == "watched"
    steps = server.client.get(f"/api/runs/{run['id']}/snapshots").json()["steps"]
    assert steps == [step for step in range(601) if is_snapshot_step(step, 600)]
    assert kernel_of(server, run["id"], 0).tobytes() == first.tobytes()
    assert kernel_of(server, run["id"], "latest").tobytes() == last.tobytes()
    told = server.client.get(f"/api/runs/{run['id']}/metrics").json()
    assert told["loss"][0] == pytest.approx(np.square(first - wanted).mean())


def test_an_alert_ends_the_training_that_asked_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = np.ones((3, 3, 1, 2), "f4")
    run = run_code(monkeypatch, "If something goes wrong, stop")["run"]

    def train() -> None:
        with run:
            for step in range(10_000):
                kernel[0, 0] = np.nan if step == 3 else 1
                run.step(lambda: {"conv1": kernel}, step=step)
                if step > 3:
                    run._sender.catch_up(9)  # as if updates took longer than these

    with pytest.raises(SystemExit, match="step 3: "):
        train()


def test_a_cell_shows_the_training(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = np.random.default_rng(15).normal(size=(5, 5, 1, 6)).astype("f4")
    run = run_code(monkeypatch, "In a notebook", kernel=kernel)["run"]
    shown = run._repr_html_()
    run.close()
    assert "<strong>mine</strong>: step 0, error 0.5." in shown
    assert f'href="{run.url}"' in shown
    assert "srcdoc=" in shown
