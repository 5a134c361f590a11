"""Files of weights, opened over the interface."""

import multiprocessing
import re
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from app import watch
from app.vocabulary.labels import LABELS
from tests.opening.checkpoints import checkpoint, kernel
from tests.reading.corpus import CORPUS
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server

LARGEST = 4_000_000
MOST_SECONDS = 8  # two of computing, which other tests beside this one may draw out
MOST_BYTES = 480 * 1024**2  # of a process that reads: what it begins with, and 300 MiB
BYTES = {"Content-Type": "application/octet-stream"}
FILM = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    """One server for all: what is opened is told apart by its weights."""
    folder = tmp_path_factory.mktemp("open")
    with scripted_server(folder, max_open_bytes=LARGEST) as running:
        yield running


def sent(http: httpx.Client, path: Path, **query: str) -> httpx.Response:
    query = {"name": path.name, **query}
    return http.post("/api/open", params=query, content=path.read_bytes(), headers=BYTES)


def finished(http: httpx.Client, run: str) -> dict[str, Any]:
    wait_until(lambda: http.get(f"/api/runs/{run}").json()["status"] == "finished")
    answer: dict[str, Any] = http.get(f"/api/runs/{run}").json()
    return answer


def test_a_file_is_a_run_that_can_be_looked_at_and_is_the_same_when_opened_again(
    client: httpx.Client, tmp_path: Path
) -> None:
    path = checkpoint(tmp_path / "net_epoch7.keras", 1)
    opened = sent(client, path)
    assert opened.status_code == 201
    told = opened.json()
    assert (told["frames"], told["left_out"], told["notes"]) == (1, [], [])
    run = finished(client, told["id"])
    assert (run["source"], run["name"], run["step"]) == ("opened", path.name, 7)
    assert (run["described"]["begins"], run["described"]["step_unit"]) == ("unknown", "epoch")
    shown = client.get(f"/api/runs/{told['id']}/snapshots/latest").json()
    assert set(shown["label"]) <= set(LABELS)
    plain = client.get(f"/api/runs/{told['id']}/snapshots/latest?layer=conv2").json()
    assert plain.get("label") is None
    again = sent(client, path)
    assert (again.status_code, again.json()["id"]) == (200, told["id"])
    assert client.delete(f"/api/runs/{told['id']}").status_code == 204
    anew = sent(client, path)
    assert anew.status_code == 201
    assert finished(client, anew.json()["id"])["step"] == 7


def test_files_sent_for_a_film_are_opened_together(client: httpx.Client, tmp_path: Path) -> None:
    for epoch in (2, 1, 3):
        path = checkpoint(tmp_path / f"epoch_{epoch}.keras", epoch)
        held = sent(client, path, film=FILM, name=f"run/{path.name}")
        assert held.status_code == 202
    assert held.json()["files"] == 3
    opened = client.post("/api/open", json={"film": FILM, "name": "My film"})
    assert opened.json()["frames"] == 3
    run = finished(client, opened.json()["id"])
    assert (run["name"], run["step"], run["total_steps"]) == ("My film", 3, 3)
    steps = client.get(f"/api/runs/{run['id']}/snapshots").json()["steps"]
    assert steps == [1, 2, 3]
    gone = client.post("/api/open", json={"film": FILM})
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "film_unknown")


def test_weights_that_are_no_numbers_are_shown_as_broken_and_warned_of(
    client: httpx.Client, scripted: ScriptedServer, tmp_path: Path
) -> None:
    broken = kernel(1)
    broken[0, 0, 0, 0] = np.inf
    opened = sent(client, checkpoint(tmp_path / "net.keras", 1, broken)).json()
    finished(client, opened["id"])
    store = scripted.store
    assert store.bodies(opened["id"], "snapshot")[0]["broken"]
    assert store.bodies(opened["id"], "alert")[0]["code"] == "not_finite"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"hello", "no file of weights"),
        (b"PK\x03\x04" + b"\0" * 200, ""),
        (b"\x89HDF\r\n\x1a\n" + b"\xff" * 300, ""),
    ],
)
def test_what_is_no_file_of_weights_is_answered_with_a_sentence(
    client: httpx.Client, body: bytes, words: str
) -> None:
    began = time.monotonic()
    answer = client.post("/api/open?name=x", content=body, headers=BYTES)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "unreadable"
    assert words in error["message"]
    assert error["message"].endswith(".")
    assert time.monotonic() - began < 20
    assert client.get("/healthz").status_code == 200


def test_hostile_files_are_answered_soon_in_little_memory_and_the_server_goes_on(
    client: httpx.Client, tmp_path: Path
) -> None:
    sent(client, checkpoint(tmp_path / "before.keras", 20))
    for number, name in enumerate(list(CORPUS)[::4]):
        CORPUS[name][0](tmp_path / str(number))
        began = time.monotonic()
        answer = sent(client, tmp_path / str(number))
        assert time.monotonic() - began < MOST_SECONDS, name
        assert answer.status_code in (413, 422), name
        assert answer.json()["error"]["message"].count("\n") == 0
    assert list(tmp_path.glob("*.mark")) == []
    assert sent(client, checkpoint(tmp_path / "after.keras", 21)).status_code == 201
    assert max(map(_peak_bytes, multiprocessing.active_children())) < MOST_BYTES


def _peak_bytes(process: BaseProcess) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    [peak] = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return 1024 * int(peak)


def test_paths_are_opened_for_commands_beside_the_server_alone(
    client: httpx.Client, tmp_path: Path
) -> None:
    path = checkpoint(tmp_path / "net.keras", 1)
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = client.post("/api/open", json={"paths": [str(path)]}, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_beside")


def test_bodies_that_ask_for_nothing_or_too_much_are_refused(client: httpx.Client) -> None:
    assert client.post("/api/open", json={}).status_code == 422
    assert client.post("/api/open", json={"film": FILM, "paths": ["/x"]}).status_code == 422
    assert client.post("/api/open", json={"film": "../x"}).status_code == 422
    assert client.post("/api/open?layout=x", content=b"x", headers=BYTES).status_code == 422
    for body in (b"x" * (LARGEST + 1), iter([b"x" * LARGEST, b"x"])):
        assert client.post("/api/open", content=body, headers=BYTES).status_code == 413


def film_of(path: Path, steps: range, **said: Any) -> bytes:
    """What `watch` writes of some updates."""
    draw = np.random.default_rng(steps.start)
    with watch(to=str(path), name="mine", **said) as run:
        for step in steps:
            run.step({"stem": draw.normal(size=(3, 3, 1, 4))}, step=step, loss=1 / (1 + step))
    return path.read_bytes()


def test_what_watch_wrote_is_told_as_its_program_would_have_told_it(
    scripted: ScriptedServer, client: httpx.Client, tmp_path: Path
) -> None:
    film = film_of(tmp_path / "first.fscope", range(20), key="0" * 31 + "a")
    opened = client.post("/api/open?name=first.fscope", content=film, headers=BYTES)
    assert opened.status_code == 201, opened.text
    run = opened.json()["id"]
    assert client.get(f"/api/runs/{run}").json()["source"] == "watched"
    events = len(scripted.store.events_after(run, 0, 10_000))
    again = client.post("/api/open", content=film, headers=BYTES)
    assert (again.status_code, again.json()["id"]) == (200, run)
    assert len(scripted.store.events_after(run, 0, 10_000)) == events
    later = film_of(tmp_path / "later.fscope", range(20, 30), key="0" * 31 + "a", from_step=20)
    for _ in range(2):
        went_on = client.post("/api/open", content=later, headers=BYTES)
        assert went_on.json()["id"] == run, went_on.text
    assert client.get(f"/api/runs/{run}/snapshots").json()["steps"][-1] > 20


def test_of_a_recording_that_was_cut_what_is_whole_counts_and_the_rest_is_said(
    client: httpx.Client, tmp_path: Path
) -> None:
    film = film_of(tmp_path / "film.fscope", range(40, 60))
    cut_within_a_packet = film + film[:40]
    opened = client.post("/api/open", content=cut_within_a_packet, headers=BYTES).json()
    assert opened["frames"] > 0
    assert "isn't whole" in opened["notes"][0]
    cut = client.post("/api/open", content=film[:30], headers=BYTES)
    assert (cut.status_code, cut.json()["error"]["code"]) == (422, "unreadable")
