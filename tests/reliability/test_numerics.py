"""Other kernels after a crash, OpenBLAS's and ours: said before, gone on with, marked."""

import json
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.numerics import numerics_here
from tests.cli.test_reproduce import filterscope
from tests.reliability.test_restart import start, wait_for_step
from tests.running_server import RunningServer
from tests.waiting import wait_until
from tests.web.sse import Received, events_in

KERNELS = ("Haswell", "Sandybridge")


def told(client: httpx.Client, run_id: str, last: str) -> list[Received]:
    """What the run told up to the first event of that kind."""
    seen = []
    with client.stream("GET", f"/api/runs/{run_id}/events") as answer:
        for event in events_in(answer.iter_lines()):
            seen.append(event)
            if event.kind == last:
                break
    return seen


def steps_of(events: list[Received]) -> list[int]:
    return [step for event in events if event.kind == "steps" for step in event.data["step"]]


def numerics(server: RunningServer, run_id: str) -> dict[str, Any]:
    found: dict[str, Any] = server.client.get(f"/api/runs/{run_id}/numerics").json()
    return found


@pytest.mark.skipif(
    not numerics_here().blas.startswith("openblas") or numerics_here().kernel == "unknown",
    reason="another kernel can't be chosen here",
)
def test_a_run_goes_on_with_another_kernel_and_says_so_and_from_its_end_a_new_one(
    tmp_path: Path,
) -> None:
    other = next(kernel for kernel in KERNELS if kernel != numerics_here().kernel)
    with RunningServer(tmp_path) as server:
        run_id = start(server)
        wait_for_step(server, run_id, 50)
        assert numerics(server, run_id)["warning"] is None
        server.stop(signal.SIGKILL)
    others = {"OPENBLAS_CORETYPE": other, "FILTERSCOPE_KERNELS": "numpy"}
    with RunningServer(tmp_path, **others, FILTERSCOPE_RESUME="wait") as server:
        said = numerics(server, run_id)
        before, *compiled = said["changes"]
        assert before == f"matrix kernel: {numerics_here().kernel} before, {other} now"
        kernels = numerics_here().kernels
        assert compiled == (
            [] if kernels == "numpy" else [f"compiled kernels: {kernels} before, numpy now"]
        )
        assert "may compute the last digits differently" in said["warning"]
        before = server.client.get(f"/api/runs/{run_id}").json()
        assert before["status"] == "interrupted"
        assert before["numerics"]["kernel"] == numerics_here().kernel
        server.client.patch(f"/api/runs/{run_id}", json={"status": "running"})
        after = wait_for_step(server, run_id, before["step"] + 50)
        assert after["numerics"]["kernel"] == other
        assert after["numerics"]["kernels"] == "numpy"
        server.stop(signal.SIGKILL)
    with RunningServer(tmp_path) as server:  # goes on by itself
        # The server before may have recorded more than was seen of it.
        here = numerics_here().kernel
        wait_until(lambda: numerics(server, run_id)["numerics"]["kernel"] == here)
        stopped = server.client.patch(f"/api/runs/{run_id}", json={"status": "stopped"}).json()
        seen = told(server.client, run_id, "run_stopped")
        assert [event.seq for event in seen] == list(range(1, len(seen) + 1))
        assert steps_of(seen) == list(range(1, stopped["step"] + 1))
        marks = [event.data for event in seen if event.kind == "numerics_changed"]
        assert [mark["now"]["kernel"] for mark in marks] == [other, numerics_here().kernel]
        assert [mark["now"]["kernels"] for mark in marks] == ["numpy", numerics_here().kernels]
        assert marks[0]["step"] == before["step"]
        _check_going_on(server, run_id, stopped["step"], tmp_path)


def _check_going_on(server: RunningServer, run_id: str, step: int, folder: Path) -> None:
    change = {"total_steps": step + 60}
    longer = server.client.patch(f"/api/runs/{run_id}", json=change)
    assert longer.status_code == 201, longer.text
    seen = told(server.client, longer.json()["id"], "run_finished")
    assert seen[0].data["continues"] == {"run": run_id, "step": step}
    assert (seen[1].kind, seen[1].data["step"]) == ("snapshot", step)
    assert steps_of(seen) == list(range(step + 1, step + 61))
    ended = server.client.patch(f"/api/runs/{run_id}", json=change).json()
    again = told(server.client, ended["id"], "run_finished")
    assert [json.dumps(event.data) for event in again] == [json.dumps(e.data) for e in seen]
    reproduced = filterscope(folder, "reproduce", ended["id"])
    assert reproduced.stdout.startswith("identical: "), reproduced.stdout + reproduced.stderr
    assert f"up to step {step + 60}" in reproduced.stdout
