"""A class that watches: who may lead, what followers hear, and the link they join by."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.web import classroom, joining
from tests.store.samples import finished, started
from tests.web.scripted import ScriptedServer, scripted_server

TOKEN = "abc-123"
DESK = "desk-0001"
QUESTION = {"index": 0, "split": "test"}


@pytest.fixture
def school(tmp_path: Path) -> Iterator[ScriptedServer]:
    """A server that others can reach; it listens on loopback all the same."""
    with scripted_server(tmp_path / "data", host="0.0.0.0", token=TOKEN) as running:
        yield running


@pytest.fixture
def teacher(school: ScriptedServer) -> Iterator[httpx.Client]:
    with school.client(headers={"Authorization": f"Bearer {TOKEN}"}) as opened:
        yield opened


@pytest.fixture
def pupil(school: ScriptedServer, teacher: httpx.Client) -> Iterator[httpx.Client]:
    with school.client(follow_redirects=True) as opened:
        assert opened.get(joined_path(teacher)).status_code == 200
        yield opened


def joined_path(teacher: httpx.Client, path: str = "/") -> str:
    """The path of the link to join by, as somebody elsewhere would open it."""
    headers = {"Host": "class.example:8000"}
    url = teacher.get("/api/join", params={"path": path}, headers=headers).json()["url"]
    return str(url).removeprefix("http://class.example:8000")


def lead(client: httpx.Client, **place: Any) -> httpx.Response:
    return client.put("/api/teaching", json={"leader": DESK, **place})


def told(lines: Iterator[str]) -> tuple[str, dict[str, Any]]:
    """The next event of a stream of places."""
    kind = next(line for line in lines if line.startswith("event: "))
    return kind.removeprefix("event: "), json.loads(next(lines).removeprefix("data: "))


def test_followers_hear_where_the_teacher_looks_and_when_nobody_leads(client: httpx.Client) -> None:
    with client.stream("GET", "/api/teaching/events") as stream:
        lines = stream.iter_lines()
        assert stream.headers["content-type"] == "text/event-stream"
        assert told(lines) == ("nobody", {})
        place = {"run": "a", "step": 60, "layer": None, "filter": 3, "view": "filter"}
        taught = lead(client, **place).json()
        assert taught == {
            "access": "full",
            "place": {**place, "details": {}},
            "followers": 1,
            "leads": True,
            "code": taught["code"],
            "poll": None,
            "drawings": None,
        }
        assert told(lines) == ("place", {**place, "details": {}})
        assert client.delete(f"/api/teaching?leader={DESK}").status_code == 204
        assert told(lines) == ("nobody", {})
    assert client.get("/api/teaching").json()["place"] is None


def test_who_comes_late_hears_the_newest_place_first(client: httpx.Client) -> None:
    for step in range(50):
        lead(client, run="a", step=step)
    with client.stream("GET", "/api/teaching/events") as stream:
        kind, place = told(stream.iter_lines())
    assert (kind, place["step"]) == ("place", 49)


def test_a_second_window_leads_only_if_it_takes_over(client: httpx.Client) -> None:
    assert lead(client, begins=True).status_code == 200
    other = {"leader": "desk-0002", "step": 5}
    refused = client.put("/api/teaching", json=other)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "led_elsewhere")
    assert client.put("/api/teaching", json={**other, "begins": True}).status_code == 200
    assert lead(client).status_code == 409
    client.delete(f"/api/teaching?leader={DESK}")
    assert client.get("/api/teaching").json()["place"]["step"] == 5


def test_a_teacher_who_says_nothing_for_long_leads_no_more(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(client, step=5)
    monkeypatch.setattr(classroom, "SILENT_SECONDS", 0.0)
    assert client.get("/api/teaching").json()["place"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "leader"),
        ({"leader": "a"}, "leader"),
        ({"leader": DESK, "step": -1}, "step"),
        ({"leader": DESK, "step": 1.5}, "step"),
        ({"leader": DESK, "view": "x" * 65}, "view"),
        ({"leader": DESK, "filter": 65_536}, "filter"),
        ({"leader": DESK, "details": {"a": "x" * 501}}, "details.a"),
        ({"leader": DESK, "details": {str(at): "" for at in range(17)}}, "details"),
        ({"leader": DESK, "colour": "red"}, "colour"),
    ],
)
def test_a_place_that_cannot_be_is_refused(
    client: httpx.Client, body: dict[str, Any], field: str
) -> None:
    refused = client.put("/api/teaching", json=body)
    assert refused.status_code == 422
    assert refused.json()["error"]["field"] == field


def test_whoever_joins_by_the_link_can_watch_and_ask_and_follow(
    school: ScriptedServer, pupil: httpx.Client
) -> None:
    school.create("run", started(), finished(1))
    assert pupil.get("/").status_code == 200
    assert 'data-access="watch"' in pupil.get("/runs/run").text
    assert pupil.get("/api/runs/run").status_code == 200
    assert pupil.get("/api/teaching").json()["access"] == "watch"
    asked = pupil.post("/api/runs/run/snapshots/0/activations", json=QUESTION)
    assert asked.status_code == 404  # there is no snapshot; the question itself is allowed
    with pupil.stream("GET", "/api/teaching/events") as stream:
        assert told(stream.iter_lines())[0] == "nobody"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/runs"),
        ("PATCH", "/api/runs/run"),
        ("DELETE", "/api/runs/run"),
        ("PUT", "/api/teaching"),
        ("DELETE", f"/api/teaching?leader={DESK}"),
        ("POST", "/api/runs/run/snapshots/0/activations/../../../../runs"),
    ],
)
def test_whoever_joins_by_the_link_can_change_and_lead_nothing(
    school: ScriptedServer, pupil: httpx.Client, method: str, path: str
) -> None:
    school.create("run", started(), finished(1))
    refused = pupil.request(method, path)
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "watch_only"
    assert school.store.run("run") is not None


def test_the_link_holds_another_token_than_the_teachers(teacher: httpx.Client) -> None:
    assert TOKEN not in joined_path(teacher)


def test_a_teacher_who_opens_the_link_stays_a_teacher(
    school: ScriptedServer, teacher: httpx.Client
) -> None:
    with school.client(follow_redirects=True) as browser:
        browser.get(f"/?token={TOKEN}")
        browser.get(joined_path(teacher))
        assert browser.get("/api/teaching").json()["access"] == "full"


def test_the_link_keeps_the_path_and_takes_the_name_the_teacher_uses(
    teacher: httpx.Client,
) -> None:
    path = "/runs/abc?step=60&follow=1"
    link = joined_path(teacher, path)
    assert link.startswith("/runs/abc?step=60&follow=1&token=")
    assert joined_path(teacher, f"/?token={TOKEN}&follow=1").count("token=") == 1
    assert TOKEN not in joined_path(teacher, f"/?token={TOKEN}&follow=1")


def test_opened_by_a_loopback_name_the_link_has_the_address_in_the_network(
    teacher: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "_address_in_the_network", lambda: "192.168.1.20")
    told_link = teacher.get("/api/join").json()
    assert told_link["url"].startswith("http://192.168.1.20:8000/?token=")
    assert "If it doesn't open for others" in told_link["sentence"]
    monkeypatch.setattr(joining, "_address_in_the_network", lambda: None)
    assert teacher.get("/api/join").json()["url"] is None


def test_the_code_is_a_drawing_of_the_link(teacher: httpx.Client) -> None:
    headers = {"Host": "class.example:8000"}
    code = teacher.get("/api/join.svg", params={"path": "/runs/a"}, headers=headers)
    assert code.headers["content-type"] == "image/svg+xml"
    url = teacher.get("/api/join", params={"path": "/runs/a"}, headers=headers).json()["url"]
    assert code.content == joining.qr_code(url)
    assert code.content.startswith(b"<?xml") or code.content.startswith(b"<svg")
    assert joining.qr_code(url) != joining.qr_code(url + "1")


def test_a_server_for_one_machine_says_that_nobody_can_join_and_what_would_help(
    client: httpx.Client,
) -> None:
    told_link = client.get("/api/join").json()
    assert told_link["url"] is None
    assert "--host 0.0.0.0" in told_link["sentence"]
    refused = client.get("/api/join.svg")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_reachable")


@pytest.mark.parametrize("path", ["//evil.example", "runs", "/a b", "/" + "x" * 801, "/\\evil"])
def test_a_link_never_leads_to_another_server(teacher: httpx.Client, path: str) -> None:
    assert teacher.get("/api/join", params={"path": path}).status_code == 422
