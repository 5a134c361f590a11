"""The server as a user runs it: training, examples, signals."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.web.answers.history import TypedArray
from tests.contracts.repository import ROOT
from tests.gathering.samples import as_zip, two_classes
from tests.running_server import RunningServer
from tests.web.numbers import numbers
from tests.web.scripted import READY_SECONDS
from tests.web.sse import Received, events_in

EXIT_SECONDS = 15  # which others may draw out; a server that waits for its viewers never ends


def _follow(client: httpx.Client, run_id: str) -> list[Received]:
    with client.stream("GET", f"/api/runs/{run_id}/events") as answer:
        return list(events_in(answer.iter_lines()))


def _start(client: httpx.Client, **recipe: Any) -> str:
    answer = client.post("/api/runs", json={"preset": "mnist-strokes", **recipe})
    assert answer.status_code == 201, answer.text
    run_id: str = answer.json()["id"]
    return run_id


def _start_alone(client: httpx.Client) -> str:
    """Starts a long run that no other keeps from training, and waits for its first snapshot."""
    client.patch("/api/runs/latest", json={"status": "stopped"})
    run_id = _start(client, steps=100_000)
    with client.stream("GET", f"/api/runs/{run_id}/events") as answer:
        next(event for event in events_in(answer.iter_lines()) if event.kind == "snapshot")
    return run_id


def test_a_run_trains_is_followed_to_its_end_and_read_again(server: RunningServer) -> None:
    run_id = _start(server.client, steps=30)
    live = _follow(server.client, run_id)
    assert [event.seq for event in live] == list(range(1, len(live) + 1))
    assert live[0].kind == "run_started"
    assert live[-1].kind == "run_finished"
    assert live == _follow(server.client, run_id)
    run = server.client.get(f"/api/runs/{run_id}").json()
    assert (run["status"], run["step"]) == ("finished", 30)
    film = server.client.get(f"/api/runs/{run_id}/film").json()
    assert film["steps"] == [event.data["step"] for event in live if event.kind == "snapshot"]
    losses = [loss for event in live if event.kind == "steps" for loss in event.data["loss"]]
    assert server.client.get(f"/api/runs/{run_id}/metrics").json()["loss"] == losses


def test_the_preview_is_frame_0_of_the_run(server: RunningServer) -> None:
    body = {"preset": "mnist-strokes", "steps": 2, "seed": 11}
    preview = server.client.post("/api/recipes/preview", json=body).json()["snapshot"]
    run_id = server.client.post("/api/runs", json=body).json()["id"]
    _follow(server.client, run_id)
    first = server.client.get(f"/api/runs/{run_id}/snapshots/first").json()
    assert preview.pop("bias") == numbers(TypedArray(**first.pop("bias"))).tolist()
    assert preview == first


def test_a_run_is_paused_advanced_and_stopped(server: RunningServer) -> None:
    run_id = _start(server.client, steps=100_000)
    path = f"/api/runs/{run_id}"
    with server.client.stream("GET", f"{path}/events") as answer:
        events = events_in(answer.iter_lines())
        assert next(events).kind == "run_started"
        paused = server.client.patch(path, json={"status": "paused"})
        assert (paused.status_code, paused.json()["status"]) == (200, "paused")
        before = paused.json()["step"]
        server.client.patch(path, json={"advance": 3, "learning_rate": 0.5})
        again = [event for event in events_until(events, "paused") if event.kind == "steps"]
        assert again[-1].data["step"][-1] == before + 3
        assert again[-1].data["learning_rate"][-1] == 0.5
        assert server.client.delete(path).status_code == 409
        assert server.client.patch(path, json={"status": "stopped"}).json()["status"] == "stopped"
        assert list(events)[-1].kind == "run_stopped"
    assert server.client.delete(path).status_code == 204


def events_until(events: Any, status: str) -> list[Received]:
    """Everything up to the second time that the run takes on `status`."""
    seen: list[Received] = []
    times = 0
    while times < 2:
        seen.append(next(events))
        times += seen[-1].data.get("status") == status
    return seen


def _examples(server: RunningServer) -> list[str]:
    schema = server.client.get("/openapi.json").json()
    operations = [operation for item in schema["paths"].values() for operation in item.values()]
    texts = [(ROOT / "docs/api.md").read_text("utf-8")]
    texts += [operation["description"] for operation in operations]
    return [
        found for text in texts for found in re.findall(r"```sh\n(curl.*?)```", text, re.DOTALL)
    ]


def _order(example: str) -> float:
    """Pictures, starting and following first, so that there is something to read; then what is
    told from elsewhere, registered first; deleting last, and last of all the lead of the class.
    """
    if any(part in example for part in ("/api/datasets?name=", '{"base": {', "/seeds")):
        return -1
    if example.rstrip().endswith("/api/runs") and "--json" in example:
        return 0
    places = {"--no-buffer": 1, "/api/open": 3, "PATCH": 4, '"title": "stem"': 5, "/batches/": 6}
    places |= {
        "/snapshots/latest/runs": 4.5,
        "/attempts": 7,
        "/api/deletions": 7,
        "/teaching?leader": 9,
        "DELETE": 8,
    }
    return next((place for word, place in places.items() if word in example), 2)


def _exit_code(example: str) -> int:
    """What curl says: one stream has no end but `--max-time`, and who is alone has no link."""
    codes = {"/teaching/events": 28, "/join.svg": 22}
    return next((code for path, code in codes.items() if path in example), 0)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_every_example_of_the_description_works_when_pasted(
    server: RunningServer, tmp_path: Path
) -> None:
    examples = sorted(_examples(server), key=_order)
    assert len(examples) >= 15
    for number, name in enumerate(("flowers.zip", "pets.zip")):
        as_zip(tmp_path / name, two_classes(5 + number))
    for example in examples:
        changes_run = "PATCH" in example and "/api/runs/" in example
        needs_one = changes_run or "/latest/runs" in example
        alone = _start_alone(server.client) if needs_one else ""
        command = example.replace("http://127.0.0.1:8000", server.url)
        command = command.replace("curl ", "curl --noproxy '*' --fail --silent --show-error ")
        done = subprocess.run(
            ["bash", "-ec", command], cwd=tmp_path, capture_output=True, text=True, timeout=90
        )
        assert done.returncode == _exit_code(example), f"{example}\n{done.stderr}"
        for started in (alone, "latest") if needs_one else ():
            server.client.patch(f"/api/runs/{started}", json={"status": "stopped"})


def test_one_sigterm_ends_the_server_with_viewers_connected(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        run_id = _start(server.client, steps=100_000)
        port = httpx.URL(server.url).port
        viewers = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(3)]
        for viewer in viewers:
            path = f"/api/runs/{run_id}/events"
            viewer.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            assert viewer.recv(12) == b"HTTP/1.1 200"
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < EXIT_SECONDS
        for viewer in viewers:
            viewer.close()
    with RunningServer(tmp_path, FILTERSCOPE_RESUME="wait") as again:
        run = again.client.get(f"/api/runs/{run_id}").json()
        assert run["status"] == "interrupted"


def test_a_bare_uvicorn_ends_at_one_sigterm_too(tmp_path: Path) -> None:
    bare = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "app.main:app", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "FILTERSCOPE_DATA": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert bare.stderr is not None
        said = next(line for line in bare.stderr if "running on" in line)
        url = re.search(r"http://[\d.:]+", said)
        assert url is not None
        with httpx.Client(base_url=url[0], timeout=30, trust_env=False) as client:
            run_id = _start(client, steps=100_000)
            with client.stream("GET", f"/api/runs/{run_id}/events") as answer:
                assert answer.status_code == 200
                bare.send_signal(signal.SIGTERM)
                bare.wait(EXIT_SECONDS + READY_SECONDS)
    finally:
        bare.kill()
        bare.wait()
        if bare.stderr is not None:
            bare.stderr.close()


def test_what_a_viewer_saw_survives_a_server_that_was_killed(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        run_id = _start(server.client, steps=100_000)
        with server.client.stream("GET", f"/api/runs/{run_id}/events") as answer:
            events = events_in(answer.iter_lines())
            seen = [next(events) for _ in range(40)]
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
    with RunningServer(tmp_path, FILTERSCOPE_RESUME="wait") as again:
        kept = _follow_until_interrupted(again.client, run_id)
        assert kept[: len(seen)] == seen
        assert [event.seq for event in kept] == list(range(1, len(kept) + 1))


def _follow_until_interrupted(client: httpx.Client, run_id: str) -> list[Received]:
    seen: list[Received] = []
    with client.stream("GET", f"/api/runs/{run_id}/events") as answer:
        for event in events_in(answer.iter_lines()):
            seen.append(event)
            if event.data.get("status") == "interrupted":
                break
    return seen


def test_a_second_server_on_the_same_folder_says_who_is_in_the_way(server: RunningServer) -> None:
    environment = {**os.environ, "FILTERSCOPE_DATA": str(server.folder)}
    second = subprocess.run(
        [*server.process.args],  # type: ignore[misc]
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode == 1
    assert "in use by another Filterscope" in second.stderr
    assert "Traceback" not in second.stderr
