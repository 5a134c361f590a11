"""Letting a run go on over the interface: what is started, what is said of it, what is refused."""

import json
from typing import Any

import httpx
import pytest

from app import events
from app.events import EncodedEvent, encode
from tests.external.guest import described as guest
from tests.store.samples import RECIPE, finished, new_run, started, steps
from tests.web.scripted import ScriptedServer

FAILED = events.RunFailed(step=9, code="diverged", message="Too fast.", advice="Slower.")
STOPPED = encode(events.RunStopped(step=40), 40)


def _ended(scripted: ScriptedServer, last: EncodedEvent, state: bytes | None = b"end") -> None:
    scripted.create("run", started(), steps(*range(1, last.step + 1)))
    scripted.store.record("run", [last], 1.0, state).result()


def _refused(answer: httpx.Response) -> tuple[int, str, str | None]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error.get("field")


@pytest.mark.parametrize(("last", "step"), [(finished(50), 50), (STOPPED, 40)])
def test_from_an_end_a_new_run_goes_on_with_the_state_kept_there(
    scripted: ScriptedServer, client: httpx.Client, last: EncodedEvent, step: int
) -> None:
    _ended(scripted, last)
    answer = client.patch("/api/runs/run", json={"total_steps": 90})
    assert answer.status_code == 201, answer.text
    run = answer.json()
    assert answer.headers["Location"].endswith(f"/api/runs/{run['id']}")
    assert run["id"] != "run"
    assert (run["status"], run["total_steps"], run["recipe"]["steps"]) == ("queued", 90, 90)
    assert run["continues"] == {"run": "run", "step": step}
    assert run["preset"] == "mnist-strokes"
    assert "to the byte" in run["schedule"]
    [(started_id, recipe)] = scripted.supervisor.started
    assert (started_id, recipe.seed, recipe.total_steps) == (run["id"], RECIPE.seed, 90)
    beginning = scripted.store.beginning(run["id"])
    assert beginning is not None
    assert beginning.state == b"end"
    listed = client.get("/api/runs").json()["runs"]
    assert [one["continues"] for one in listed] == [run["continues"], None]


def test_a_live_run_gets_longer_and_says_what_its_rate_does(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    linear = json.loads(RECIPE.model_dump_json(exclude_none=True))
    linear["optimizer"]["schedule"] = "linear"
    scripted.store.create_run(new_run(recipe=json.dumps(linear))).result()
    scripted.tell("run", started(), steps(1, 2))
    total = RECIPE.total_steps
    too_short = client.patch("/api/runs/run", json={"total_steps": total})
    assert _refused(too_short) == (422, "invalid", "total_steps")
    asked = client.patch("/api/runs/run", json={"total_steps": total + 5, "status": "running"})
    assert asked.status_code == 200
    [(_, command)] = scripted.supervisor.commands
    assert (command["total_steps"], command["status"]) == (total + 5, "running")
    assert asked.json()["schedule"] is None, "nothing has changed yet"
    changed = events.LengthChanged(step=2, total_steps=total + 5)
    scripted.tell("run", encode(changed, 2))
    run = client.get("/api/runs/run").json()
    assert run["total_steps"] == total + 5
    assert run["recipe"]["steps"] == total, "its recipe is what it began with"
    assert run["lengthened"]
    assert "lengthened" not in asked.json()
    assert f"over all {total + 5:,} steps" in run["schedule"]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"total_steps": 50}, (422, "invalid", "total_steps")),
        ({"total_steps": 0}, (422, "invalid", "total_steps")),
        ({"total_steps": 1_000_001}, (422, "invalid", "total_steps")),
        ({"total_steps": 60.5}, (422, "invalid", "total_steps")),
        ({"total_steps": 60, "learning_rate": 0.1}, (422, "invalid", "learning_rate")),
        ({"total_steps": 60, "pinned": True}, (422, "invalid", "total_steps")),
        ({"status": "running"}, (409, "run_ended", None)),
    ],
)
def test_what_no_run_can_go_on_to_is_refused_and_nothing_is_started(
    scripted: ScriptedServer,
    client: httpx.Client,
    change: dict[str, Any],
    refused: tuple[int, str, str | None],
) -> None:
    _ended(scripted, finished(50))
    assert _refused(client.patch("/api/runs/run", json=change)) == refused
    assert not scripted.supervisor.started
    assert len(client.get("/api/runs").json()["runs"]) == 1


def test_runs_without_an_end_to_go_on_from_say_why(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    def asked(run_id: str) -> httpx.Response:
        return client.patch(f"/api/runs/{run_id}", json={"total_steps": 90})

    _ended(scripted, finished(50), None)
    answer = asked("run")
    assert _refused(answer) == (409, "state_not_kept", None)
    assert "Start a new run" in answer.json()["error"]["message"]
    scripted.create("broken", started(), encode(FAILED, 9))
    assert _refused(asked("broken")) == (409, "run_ended", None)
    told = guest(source="watched")
    scripted.store.create_run(new_run("watched", described=told, recipe=None, preset=None)).result()
    assert _refused(asked("watched")) == (409, "not_possible", None)
    scripted.tell("watched", started(), finished(50))
    assert _refused(asked("watched")) == (409, "not_possible", None)
    assert _refused(client.get("/api/runs/watched/numerics")) == (409, "not_known", None)
    assert not scripted.supervisor.started
