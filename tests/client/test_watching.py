"""A NumPy training that is watched: what arrives is what its weights were, to the bit."""

import copy
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app import watch
from app.client.run import WatchedRun
from app.client.silent import SilentRun
from app.vocabulary.snapshot_steps import is_snapshot_step
from tests.client.stub_server import StubServer
from tests.client.training import Training
from tests.contracts.repository import ROOT
from tests.waiting import wait_until


def test_frame_0_each_due_step_and_the_last_are_the_scripts_own_weights(stub: StubServer) -> None:
    training = Training()
    names = ["cat", "Hündin 🐕"]
    with watch(to=stub.url, name="mine", total_steps=45, class_names=names) as run:
        for step in range(45):
            run.step(training.kernels, step=step, loss=training.loss)
            training.update()
    due = [step for step in range(46) if is_snapshot_step(step, 45)]
    assert stub.steps() == due
    for step in due:
        assert stub.arrays[step][0, "kernel"].tobytes() == training.kept[step].tobytes()
        assert stub.arrays[step][0, "bias"].tobytes() == training.biases[step].tobytes()
    assert stub.values() == {step: float(training.losses[step]) for step in range(45)}
    assert stub.items[-1] == {"kind": "end", "step": 45, "outcome": "finished", "message": None}
    (said,) = stub.registrations
    assert (said["name"], said["class_names"]) == ("mine", names)
    assert said["framework"] == f"NumPy {np.__version__}"
    assert said["layers"][0]["shape"] == [3, 3, 1, 4]
    assert [layer["kind"] for layer in said["layers"]] == ["conv2d", "dense"]


def test_watching_changes_no_bit_of_the_training(stub: StubServer) -> None:
    alone, watched = Training(), Training()
    with watch(to=stub.url) as run:
        for step in range(60):
            run.step(watched.kernels, step=step, loss=watched.loss)
            alone.update()
            watched.update()
    assert alone.losses == watched.losses
    assert alone.kernel.tobytes() == watched.kernel.tobytes()


def test_kernels_are_asked_for_only_when_they_are_due(stub: StubServer) -> None:
    asked = []
    with watch(to=stub.url) as run:
        for _ in range(1000):
            run.step(lambda: asked.append(run.count) or np.ones((3, 3, 1, 2)))
    assert asked == [step for step in range(1000) if is_snapshot_step(step, None)]


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ((5, 1, 8), "conv1d"),
        ((3, 3, 3, 8), "conv2d"),
        ((3, 3, 3, 1, 2), "conv3d"),
        ((9, 4), "dense"),
    ],
)
def test_a_kernels_axes_say_what_layer_it_belongs_to(
    stub: StubServer, shape: tuple[int, ...], kind: str
) -> None:
    kernel = np.asfortranarray(np.arange(np.prod(shape), dtype=">f8").reshape(shape))
    with watch(to=stub.url) as run:
        run.step(kernel)
    assert stub.registrations[0]["layers"][0]["kind"] == kind
    assert np.array_equal(stub.arrays[0][0, "kernel"], kernel)


def test_layers_that_somebody_looks_at_or_the_script_named_come_along(stub: StubServer) -> None:
    kernels = {f"conv{number}": np.ones((3, 3, 1, 2)) for number in range(4)}
    stub.wanted = [2]
    with watch(to=stub.url, layers=["conv3"]) as run:
        run.step(kernels, step=0)
        wait_until(lambda: run.wanted == (2,))
        run.step(kernels, step=1)
    assert {layer for layer, _ in stub.arrays[0]} == {0, 1, 2, 3}
    assert {layer for layer, _ in stub.arrays[1]} == {0, 2, 3}


def test_alerts_come_in_the_trainings_own_thread_and_may_end_it(stub: StubServer) -> None:
    class Enough(Exception):
        pass

    def on_alert(alert: dict[str, object]) -> None:
        raise Enough(alert["code"])

    stub.alerts = [{"step": 0, "code": "dead_filters", "message": "…", "layer": None}]
    run = watch(to=stub.url, on_alert=on_alert)
    with pytest.raises(Enough, match="dead_filters"), run:
        wait_until(lambda: run.step(np.ones((3, 3, 1, 2))))
    assert stub.items[-1]["outcome"] == "failed"
    assert stub.items[-1]["message"] == "Enough: dead_filters"


def test_an_argument_that_cannot_be_meant_is_refused_at_once() -> None:
    for wrong in ({"to": "somewhere"}, {"key": "mine"}, {"layers": "conv1"}, {"from_step": -1}):
        with pytest.raises(ValueError, match="say"):
            watch(**wrong)
    with pytest.raises(TypeError, match=r"run\.step"):
        watch([1, 2])


def test_nothing_a_script_tells_wrongly_raises_or_stops_the_training(
    stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    with watch(to=stub.url) as run:
        run.log(loss="abc", step=0)
        run.log(loss=np.ones(3))
        run.step(lambda: {"conv1": np.ones((3, 3, 1, 2))})
        run.step(lambda: {"conv1": np.ones((5, 5, 1, 2))})
        assert run.is_over
        run.step(lambda: 1 / 0)
        run.log(loss=1.0)
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if not line.startswith("filterscope: ")] == []
    assert sum("no single number in loss" in line for line in said) == 1
    assert sum("Training goes on unwatched" in line for line in said) == 1


def test_a_run_is_copied_and_pickled_as_one_that_does_nothing(stub: StubServer) -> None:
    with watch(to=stub.url) as run:
        assert isinstance(run, WatchedRun)
        assert isinstance(copy.deepcopy({"run": run})["run"], SilentRun)
        assert isinstance(pickle.loads(pickle.dumps(run)), SilentRun)
    silent, real = (
        {name for name in dir(kind) if not name.startswith("_")} for kind in (SilentRun, WatchedRun)
    )
    assert real - silent <= {"become_silent"}


def test_switched_off_nothing_is_sent(stub: StubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILTERSCOPE_WATCH", "off")
    with watch(to=stub.url) as run:
        run.step(np.ones((3, 3, 1, 2)), loss=1)
    assert isinstance(run, SilentRun)
    assert stub.requests == []


def test_the_environment_says_where_to_and_with_what(
    stub: StubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILTERSCOPE_URL", f"{stub.url}/prefix/?token=in-the-link")
    with watch() as run:
        run.step(np.ones((3, 3, 1, 2)))
    monkeypatch.setenv("FILTERSCOPE_TOKEN", "said")
    with watch() as run:
        run.step(np.ones((3, 3, 1, 2)))
    told = [(path, headers["Authorization"]) for _, path, headers in stub.requests]
    assert {token for _, token in told} == {"Bearer in-the-link", "Bearer said"}
    assert all(path.startswith("/prefix/api/external/") for path, _ in told)


def test_importing_watch_loads_no_server_and_sets_nothing() -> None:
    program = (
        "import os, sys; before = dict(os.environ); import numpy\n"
        "from app import watch\n"
        "heavy = {'fastapi', 'pydantic', 'app.store', 'app.events', 'threadpoolctl', 'torch'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert dict(os.environ) == before\n"
        "run = watch(to='film.fscope'); run.close()\n"
        "assert not heavy & set(sys.modules)\n"
        "assert dict(os.environ) == before"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert not (ROOT / "film.fscope").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_children_tell_nothing_and_their_parent_all(stub: StubServer, tmp_path: Path) -> None:
    script = f"""
import multiprocessing, os, sys
import numpy as np
from app import watch
run = watch(to={stub.url!r})
def load(number):
    run.step(np.full((3, 3, 1, 2), number), loss=number)
if __name__ == "__main__":
    run.step(np.ones((3, 3, 1, 2)), loss=1)
    child = os.fork()
    if not child:
        load(7)
        sys.exit()
    os.waitpid(child, 0)
    spawned = multiprocessing.get_context("spawn").Process(target=load, args=(8,))
    spawned.start()
    spawned.join()
    assert spawned.exitcode == 0
    run.step(np.ones((3, 3, 1, 2)), loss=2)
"""
    file = tmp_path / "children.py"
    file.write_text(script, encoding="utf-8")
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, file], env=variables, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert len(stub.registrations) == 1
    assert stub.values() == {0: 1, 1: 2}
    assert stub.has_ended
    assert ran.stderr.count("\n") == 1
