"""The real client and the real server: what is kept there is what the training's weights were."""

import io
import signal
from pathlib import Path

import numpy as np
import pytest

from app import watch
from app.vocabulary.snapshot_steps import is_snapshot_step
from tests.client.quick import FAST, watched
from tests.client.training import Training
from tests.running_server import RunningServer
from tests.waiting import wait_until

STEPS = 45
DUE = [step for step in range(STEPS + 1) if is_snapshot_step(step, STEPS)]


def kept_steps(server: RunningServer) -> list[int]:
    """Steps of which the newest run's weights are kept; none where there is no run yet."""
    answer = server.client.get("/api/runs/latest/snapshots")
    return list(answer.json()["steps"]) if answer.status_code == 200 else []


def kept_kernel(server: RunningServer, step: int) -> np.ndarray:
    answer = server.client.get(f"/api/runs/latest/snapshots/{step}", params={"format": "npz"})
    arrays = np.load(io.BytesIO(answer.content))
    return next(arrays[name] for name in arrays.files if "conv1" in name and "kernel" in name)


def assert_kept(server: RunningServer, training: Training) -> None:
    assert kept_steps(server) == DUE
    for step in DUE:
        assert kept_kernel(server, step).tobytes() == training.kept[step].tobytes(), step
    curves = server.client.get("/api/runs/latest/metrics").json()
    assert curves["step"] == list(range(STEPS))
    assert np.allclose(curves["loss"], training.losses[:STEPS], rtol=1e-5)


def test_frame_0_each_due_step_and_the_last_are_kept_to_the_bit(
    server: RunningServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    training = Training()
    run = watch(to=server.url, name="Mine", total_steps=STEPS)
    for step in range(STEPS):
        run.step(training.kernels, step=step, loss=training.loss)
        training.update()
    run.step(training.kernels, step=STEPS)
    wait_until(lambda: kept_steps(server) == DUE, "the server never had all")
    run.close()
    assert_kept(server, training)
    told = server.client.get("/api/runs/latest").json()
    assert (told["name"], told["status"], told["source"]) == ("Mine", "finished", "watched")
    assert run.url == f"{server.url}/runs/{told['id']}"
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_killed_in_the_middle_misses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "script").mkdir()
    monkeypatch.chdir(tmp_path / "script")
    training = Training()
    server = RunningServer(tmp_path / "data")
    run = watched(server.url, FAST._replace(answer=10), total_steps=STEPS)
    for step in range(20):
        run.step(training.kernels, step=step, loss=training.loss)
        training.update()
    wait_until(lambda: 18 in kept_steps(server), "the server never had the first")
    server.stop(signal.SIGKILL)
    for step in range(20, STEPS):
        run.step(training.kernels, step=step, loss=training.loss)
        training.update()
    run.step(training.kernels, step=STEPS)
    with RunningServer(tmp_path / "data", port=int(server.url.rpartition(":")[2])) as again:
        wait_until(lambda: kept_steps(again) == DUE, "the server never had the rest")
        run.close()
        assert_kept(again, training)
        assert again.client.get("/api/runs/latest").json()["status"] == "finished"
