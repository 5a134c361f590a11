"""Runs over the interface: start, list, steer, delete."""

import shutil
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.kernels import kernels_in_words
from app.web import steering
from app.web.answers.runs import Run
from tests.store.samples import RECIPE, failed, finished, snapshot, started, status, steps
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server


def _error(answer: httpx.Response) -> dict[str, Any]:
    body = answer.json()
    assert body.keys() == {"error"}
    assert body["error"].keys() == {"code", "message", "field", "limit"}
    error: dict[str, Any] = body["error"]
    return error


def test_a_preset_starts_a_run_that_is_queued_and_handed_to_the_supervisor(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    answer = client.post("/api/runs", json={"preset": "mnist-strokes", "steps": 7, "seed": 3})
    assert answer.status_code == 201
    run = Run.model_validate(answer.json())
    assert answer.headers["location"] == f"/api/runs/{run.id}"
    assert (run.status, run.preset, run.total_steps, run.last_seq) == (
        *("queued", "mnist-strokes", 7, 0),
    )
    assert run.layers == ["conv1"]
    [(run_id, recipe)] = scripted.supervisor.started
    assert (run_id, recipe.seed, recipe.steps) == (run.id, 3, 7)
    assert client.get(answer.headers["location"]).json() == answer.json()


def test_a_whole_recipe_comes_back_as_it_was_validated(client: httpx.Client) -> None:
    whole = RECIPE.model_dump(exclude_none=True)
    answer = client.post("/api/runs", json=whole)
    assert answer.status_code == 201
    assert answer.json()["recipe"] == whole
    assert answer.json()["preset"] is None


def test_a_run_shows_the_newest_numbers_of_its_log(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), snapshot(0), steps(1, 2), failed(2))
    run = client.get("/api/runs/run").json()
    assert run["metrics"] == {
        "loss": 0.5,
        "accuracy": 0.5,
        "validation_loss": None,
        "validation_accuracy": None,
    }
    assert run["filters"] == {"score": 0.25, "oriented": 1.0, "labels": {"edge": 1}}
    assert run["error"] == {"code": "diverged", "message": "It grew.", "advice": "Try less."}
    assert (run["status"], run["step"], run["last_seq"]) == ("failed", 2, 4)
    assert run["created_at"] <= run["started_at"] <= run["ended_at"]


def test_latest_is_the_newest_run(scripted: ScriptedServer, client: httpx.Client) -> None:
    assert client.get("/api/runs/latest").status_code == 404
    for name in ("a", "b"):
        scripted.create(name)
    assert client.get("/api/runs/latest").json()["id"] == "b"


def test_the_list_is_read_page_by_page(scripted: ScriptedServer, client: httpx.Client) -> None:
    assert client.get("/api/runs").json() == {"runs": [], "next_cursor": None, "count": None}
    names = [scripted.create(f"r{number}") for number in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get("/api/runs", params={"limit": 2} | ({"cursor": cursor} if seen else {}))
        seen += [run["id"] for run in page.json()["runs"]]
        cursor = page.json()["next_cursor"]
    assert seen == names[::-1]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        *[({"limit": value}, "limit") for value in ("0", "101", "x", "9" * 400, "1.5", "NaN")],
        *[({"cursor": value}, "cursor") for value in ("x", "-1", "9" * 400, "１")],
    ],
)
def test_a_list_that_cannot_be_is_refused(
    client: httpx.Client, parameters: dict[str, str], field: str
) -> None:
    answer = client.get("/api/runs", params=parameters)
    assert answer.status_code == 422
    assert _error(answer)["field"] == field


@pytest.mark.parametrize(
    "change",
    [
        {"status": "paused"},
        {"status": "stopped"},
        {"learning_rate": 0.5},
        {"advance": 3},
        {"total_steps": 5000, "status": "running"},
        {"status": "running", "advance": 1, "learning_rate": 1e-9},
    ],
)
def test_a_change_is_passed_to_the_supervisor(
    scripted: ScriptedServer, client: httpx.Client, change: dict[str, Any]
) -> None:
    scripted.create("run", started())
    answer = client.patch("/api/runs/run", json=change)
    assert answer.status_code == 200
    assert answer.json()["id"] == "run"
    nothing = {"status": None, "learning_rate": None, "advance": None, "total_steps": None}
    assert scripted.supervisor.commands == [("run", nothing | change)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, None),
        ({"status": "finished"}, "status"),
        ({"status": "paused", "advance": 2}, "advance"),
        ({"learning_rate": -1}, "learning_rate"),
        ({"learning_rate": "fast"}, "learning_rate"),
        ({"advance": 0}, "advance"),
        ({"advance": 1_000_001}, "advance"),
        ({"advance": 1.5}, "advance"),
        ({"advance": True}, "advance"),
        ({"speed": 1}, "speed"),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_field(
    scripted: ScriptedServer, client: httpx.Client, body: dict[str, Any], field: str | None
) -> None:
    scripted.create("run", started())
    answer = client.patch("/api/runs/run", json=body)
    assert answer.status_code == 422
    assert _error(answer)["field"] == field
    assert scripted.supervisor.commands == []


@pytest.mark.parametrize("rate", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_learning_rate_that_is_no_number_is_refused(
    scripted: ScriptedServer, client: httpx.Client, rate: str
) -> None:
    scripted.create("run", started())
    answer = client.patch(
        "/api/runs/run",
        content=f'{{"learning_rate": {rate}}}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert _error(answer)["field"] == "learning_rate"


@pytest.mark.parametrize(
    ("last", "word"),
    [
        (finished(1), "finished"),
        (failed(1), "failed"),
        (status("stopped"), "stopped"),
    ],
)
def test_an_ended_run_cannot_be_changed_and_says_why(
    scripted: ScriptedServer, client: httpx.Client, last: Any, word: str
) -> None:
    scripted.create("run", started(), last)
    answer = client.patch("/api/runs/run", json={"status": "paused"})
    assert answer.status_code == 409
    assert _error(answer)["code"] == "run_ended"
    assert word in _error(answer)["message"]
    assert scripted.supervisor.commands == []


@pytest.mark.parametrize("change", [{"status": "paused"}, {"learning_rate": 0.1}, {"advance": 2}])
def test_an_interrupted_run_can_only_go_on(
    scripted: ScriptedServer, client: httpx.Client, change: dict[str, Any]
) -> None:
    scripted.create("run", started(), steps(1, 2), status("interrupted", 2))
    refused = client.patch("/api/runs/run", json=change)
    assert (refused.status_code, _error(refused)["code"]) == (409, "not_possible")
    assert "status running" in _error(refused)["message"]
    assert scripted.supervisor.resumed == []
    assert client.patch("/api/runs/run", json={"status": "running"}).status_code == 200
    ((run_id, recipe, step),) = scripted.supervisor.resumed
    assert (run_id, recipe, step) == ("run", RECIPE, 2)


def test_what_the_supervisor_cannot_do_now_is_passed_on_in_its_words(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run")
    scripted.supervisor.refuse("This run waits for its turn.")
    answer = client.patch("/api/runs/run", json={"status": "paused"})
    assert answer.status_code == 409
    assert _error(answer)["message"] == "This run waits for its turn."


def test_a_change_that_takes_long_is_answered_before_it_happened(
    scripted: ScriptedServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import Future

    monkeypatch.setattr(steering, "_ANSWER_SECONDS", 0.01)
    never: Future[None] = Future()
    monkeypatch.setattr(scripted.supervisor, "command", lambda _run_id, **_command: never)
    scripted.create("run", started())
    assert client.patch("/api/runs/run", json={"status": "paused"}).status_code == 202


def test_a_live_run_cannot_be_deleted_but_an_ended_one_is_gone_for_good(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), snapshot(0))
    refused = client.delete("/api/runs/run")
    assert refused.status_code == 409
    assert _error(refused)["code"] == "run_live"
    scripted.tell("run", finished(1))
    deleted = client.delete("/api/runs/run")
    assert (deleted.status_code, deleted.content) == (204, b"")
    for path in ("", "/events", "/metrics", "/snapshots", "/snapshots/0", "/film"):
        gone = client.get(f"/api/runs/run{path}")
        assert gone.status_code == 404
        assert _error(gone)["code"] == "run_unknown"
    assert client.delete("/api/runs/run").status_code == 404
    assert client.patch("/api/runs/run", json={"status": "paused"}).status_code == 404


def test_a_full_disk_starts_no_run_and_says_what_helps(tmp_path: Path) -> None:
    floor = shutil.disk_usage(tmp_path).total * 2
    with (
        scripted_server(tmp_path, disk_floor_bytes=floor) as scripted,
        scripted.client() as client,
    ):
        answer = client.post("/api/runs", json={"preset": "mnist-strokes"})
        assert answer.status_code == 503
        assert _error(answer)["code"] == "disk_full"
        assert "delete runs" in _error(answer)["message"]
        assert client.get("/api/runs").json()["runs"] == []


def test_health_counts_runs_by_status(scripted: ScriptedServer, client: httpx.Client) -> None:
    scripted.create("a", started())
    scripted.create("b", started(), finished(1))
    health = client.get("/healthz").json()
    assert health["status"] == "ok"
    assert health["runs"] == {"running": 1, "finished": 1}
    assert health["sqlite"].startswith("3.")
    assert health["kernels"] == kernels_in_words()
    assert client.head("/healthz").status_code == 200


def test_health_is_a_503_with_the_reason_while_no_run_can_train(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.supervisor.trouble = "its thread has ended"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert _error(answer)["code"] == "supervisor_stopped"
    assert "No run can train: its thread has ended" in _error(answer)["message"]
    assert client.head("/healthz").status_code == 503
    scripted.supervisor.trouble = None
    assert client.get("/healthz").json()["status"] == "ok"


def test_health_is_a_503_with_the_reason_while_nothing_can_be_recorded(
    scripted: ScriptedServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    scripted.store._recorder.submit(lambda _writer: goes_on.wait(60))
    monkeypatch.setattr("app.heartbeat.SILENT_SECONDS", 0.2)
    wait_until(lambda: client.get("/healthz").status_code == 503, "nobody noticed that it hangs")
    answer = client.get("/healthz")
    assert _error(answer)["code"] == "recorder_stopped"
    assert "records what runs tell did nothing for" in _error(answer)["message"]
    assert client.head("/healthz").status_code == 503
    monkeypatch.undo()
    goes_on.set()
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_run_tells_what_differs_from_its_preset(client: httpx.Client) -> None:
    changed = {"preset": "mnist-strokes", "steps": 7, "optimizer": {"learning_rate": 0.02}}
    run = client.post("/api/runs", json=changed).json()
    assert run["differences"] == [
        {
            "field": "optimizer.learning_rate",
            "value": 0.02,
            "preset_value": 0.01,
            "words": "lr 0.02",
        },
        {"field": "steps", "value": 7, "preset_value": 1000, "words": "7 steps"},
    ]
    assert client.get("/api/runs").json()["runs"] == [run]
    whole = client.post("/api/runs", json=RECIPE.model_dump(exclude_none=True)).json()
    assert whole["differences"] is None
