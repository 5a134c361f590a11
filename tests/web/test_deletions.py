"""Deleting runs together over the interface, taking it back; the filters that a table shows."""

import base64
from typing import Any

import httpx
import pytest

from tests.external.guest import described as guest
from tests.store.samples import finished, new_run, snapshot, started
from tests.web.scripted import ScriptedServer


@pytest.fixture
def three(scripted: ScriptedServer, client: httpx.Client) -> httpx.Client:
    """Asks a server with two runs that are over and one that trains."""
    for run_id in ("a", "b"):
        scripted.create(run_id, started(), snapshot(3), finished(3))
    scripted.create("live", started())
    return client


def _ids(client: httpx.Client) -> list[str]:
    return [run["id"] for run in client.get("/api/runs").json()["runs"]]


def _refused(answer: httpx.Response) -> tuple[int, str, str | None]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["field"]


def test_runs_that_were_deleted_together_come_back_once(three: httpx.Client) -> None:
    before = [three.get(f"/api/runs/{run_id}").json() for run_id in ("a", "b")]
    answer = three.post("/api/deletions", json={"runs": ["a", "b", "a"]})
    assert (answer.status_code, answer.json()["runs"]) == (201, ["a", "b"])
    assert _ids(three) == ["live"]
    assert three.get("/api/runs/a").status_code == 404
    path = answer.headers["location"]
    assert three.delete(path).status_code == 204
    assert _ids(three) == ["live", "b", "a"]
    assert [three.get(f"/api/runs/{run_id}").json() for run_id in ("a", "b")] == before
    assert _refused(three.delete(path)) == (404, "deletion_over", "deletion_id")


@pytest.mark.parametrize(
    ("runs", "refusal"),
    [
        (["a", "live"], (409, "run_live", "runs.1")),
        (["a", "none"], (404, "run_unknown", "runs.1")),
        ([], (422, "invalid", "runs")),
        ([7], (422, "invalid", "runs.0")),
        ("a", (422, "invalid", "runs")),
        (["a"] * 2001, (422, "invalid", "runs")),
    ],
)
def test_all_are_deleted_or_none(
    three: httpx.Client, runs: Any, refusal: tuple[int, str, str]
) -> None:
    assert _refused(three.post("/api/deletions", json={"runs": runs})) == refusal
    assert _ids(three) == ["live", "b", "a"]


@pytest.mark.parametrize("body", [{}, {"runs": ["a"], "sweep": "s"}, {"sweep": None}])
def test_either_runs_or_a_sweep_are_deleted(three: httpx.Client, body: Any) -> None:
    assert _refused(three.post("/api/deletions", json=body)) == (422, "invalid", "runs")
    unknown = three.post("/api/deletions", json={"sweep": "none"})
    assert unknown.json()["error"]["code"] == "sweep_unknown"
    assert _ids(three) == ["live", "b", "a"]


def test_one_that_a_program_tells_may_go_while_it_trains(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    told = guest(source="watched")
    scripted.store.create_run(new_run("w", described=told, recipe=None, preset=None)).result()
    scripted.tell("w", started())
    client.post("/api/deletions", json={"runs": ["latest"]}).raise_for_status()
    assert _ids(client) == []


def test_courses_tell_each_look_without_weights(three: httpx.Client) -> None:
    told = three.get("/api/runs/a/courses").json()
    assert told["filters"] == {"step": [3], "edges": [1.0], "score": [0.25]}
    assert told["answers"] == {"step": [], "accuracy": []}
    assert three.get("/api/runs/live/courses").json()["filters"]["step"] == []


def test_strips_hold_the_newest_filters_of_the_runs_that_have_any(
    scripted: ScriptedServer, three: httpx.Client
) -> None:
    answer = three.get("/api/runs/strips", params={"runs": "b,live,none,a,b"})
    strips = answer.json()["strips"]
    assert [(strip["run"], strip["step"], strip["layer"]) for strip in strips] == [
        ("b", 3, "conv1"),
        ("a", 3, "conv1"),
    ]
    kept = three.get("/api/runs/a/snapshots/3").json()["kernel"]
    assert strips[1]["kernel"] == kept
    assert len(base64.b64decode(kept["bdata"])) == 8
    held = {"If-None-Match": answer.headers["etag"]}
    again = three.get("/api/runs/strips", params={"runs": "b,live,none,a,b"}, headers=held)
    assert again.status_code == 304
    scripted.tell("live", snapshot(1))
    told = three.get("/api/runs/strips", params={"runs": "b,live"}, headers=held).json()
    assert [strip["run"] for strip in told["strips"]] == ["b", "live"]


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({}, "runs"),
        ({"runs": ""}, "runs"),
        ({"runs": "a,"}, "runs"),
        ({"runs": "a", "filters": 17}, "filters"),
        ({"runs": ",".join(["a"] * 101)}, "runs"),
    ],
)
def test_strips_that_cannot_be_asked_for_are_refused_by_name(
    client: httpx.Client, parameters: dict[str, Any], field: str
) -> None:
    answer = client.get("/api/runs/strips", params=parameters)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)
