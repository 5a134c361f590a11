"""Runs that are asked for over the interface: which of them, and in which order."""

from typing import Any

import httpx
import pytest

from tests.external.guest import described as guest
from tests.store.samples import evaluated, finished, new_run, snapshot, started, steps
from tests.store.test_check_values import change
from tests.web.scripted import ScriptedServer


@pytest.fixture
def asked(scripted: ScriptedServer, client: httpx.Client) -> httpx.Client:
    """Asks a server with five runs."""
    scripted.create("queued")
    scripted.create("begun", started(), steps(1))
    scripted.create("seen", started(), snapshot(0), steps(1), evaluated(1))
    scripted.create("over", started(), snapshot(0), finished(1))
    scripted.store.create_run(
        new_run("guest", described=guest(), preset=None, recipe=None, total_steps=None)
    ).result()
    return client


def _ids(client: httpx.Client, **parameters: str | int) -> list[str]:
    answer = client.get("/api/runs", params=parameters)
    assert answer.status_code == 200, answer.text
    return [run["id"] for run in answer.json()["runs"]]


@pytest.mark.parametrize(
    ("parameters", "ids"),
    [
        ({"q": "HANDWRITTEN stro", "status": "finished"}, ["over"]),
        ({"q": "<script>alert(1)</script>"}, []),
        ({"q": "' OR 1=1 --"}, []),
        ({"q": "\x00%_"}, []),
        ({"q": "  "}, ["guest", "over", "seen", "begun", "queued"]),
        ({"q": "mnist-strokes"}, ["over", "seen", "begun", "queued"]),
        ({"preset": "mnist-strokes", "sort": "oldest"}, ["queued", "begun", "seen", "over"]),
        ({"preset": "none of ours"}, []),
        ({"source": "watched"}, ["guest"]),
        ({"source": "opened"}, []),
        ({"status": "running"}, ["seen", "begun"]),
        ({"seed": "0", "sort": "oldest"}, ["queued", "begun", "seen", "over"]),
        ({"seed": "3"}, []),
    ],
)
def test_runs_are_asked_for_by_name_preset_source_and_status(
    asked: httpx.Client, parameters: dict[str, str], ids: list[str]
) -> None:
    assert _ids(asked, **parameters) == ids


@pytest.mark.parametrize("sort", ["newest", "oldest", "name", "accuracy", "edges"])
@pytest.mark.parametrize("more", [{}, {"q": "n"}])
def test_every_order_is_read_on_with_its_cursor(
    asked: httpx.Client, sort: str, more: dict[str, str]
) -> None:
    whole = _ids(asked, sort=sort, **more)
    seen: list[str] = []
    wanted: dict[str, Any] = {"sort": sort, "limit": 2, **more}
    while True:
        page = asked.get("/api/runs", params=wanted).json()
        seen += [run["id"] for run in page["runs"]]
        if page["next_cursor"] is None:
            break
        wanted["cursor"] = page["next_cursor"]
    assert seen == whole
    assert len(set(seen)) == len(seen) >= 4


def test_the_best_come_first_and_those_nobody_knows_last(asked: httpx.Client) -> None:
    assert _ids(asked, sort="accuracy", limit=2) == ["seen", "begun"]
    assert _ids(asked, sort="edges", limit=2) == ["over", "seen"]


def test_a_page_begins_anywhere_or_goes_on_and_tells_how_many_were_asked_for(
    asked: httpx.Client,
) -> None:
    asked.patch("/api/runs/begun", json={"pinned": True}).raise_for_status()
    wanted = {"pins": "first", "limit": 2}
    first = asked.get("/api/runs", params=wanted).json()
    assert ([run["id"] for run in first["runs"]], first["count"]) == (["begun", "guest"], 5)
    assert _ids(asked, **wanted, cursor=first["next_cursor"]) == ["over", "seen"]
    assert _ids(asked, **wanted, offset=3) == ["seen", "queued"]
    assert _ids(asked, offset=3) == ["begun", "queued"]
    assert asked.get("/api/runs").json()["count"] is None
    assert asked.get("/api/runs", params={"edges_from": 0}).json()["count"] == 5


def test_a_list_is_sent_again_only_where_something_of_it_has_changed(asked: httpx.Client) -> None:
    for parameters in ({}, {"sort": "name"}):
        first = asked.get("/api/runs", params=parameters)
        held = {"If-None-Match": first.headers["etag"]}
        assert asked.get("/api/runs", params=parameters, headers=held).status_code == 304
        asked.patch("/api/runs/over", json={"note": str(parameters)}).raise_for_status()
        again = asked.get("/api/runs", params=parameters, headers=held)
        assert (again.status_code, again.headers["etag"]) != (304, first.headers["etag"])
        over = asked.get("/api/runs/over").json()
        assert over in again.json()["runs"]


def test_damaged_runs_are_named_where_they_may_have_been_meant(
    scripted: ScriptedServer, asked: httpx.Client
) -> None:
    change(scripted.store, "UPDATE runs SET status = 'stopped' WHERE id = 'over'")
    for parameters in ({"status": "stopped"}, {"status": "finished"}, {"sort": "name"}):
        page = asked.get("/api/runs", params=parameters).json()
        assert page["damaged"] == ["over"]
        assert "over" not in [run["id"] for run in page["runs"]]
    assert "damaged" not in asked.get("/api/runs", params={"limit": 1}).json()


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"sort": "score"}, "sort"),
        ({"source": "mine"}, "source"),
        ({"status": "done"}, "status"),
        ({"q": "x" * 201}, "q"),
        ({"preset": "x" * 101}, "preset"),
        ({"name": "x"}, "name"),
        ({"cursor": "W10", "sort": "edges"}, "cursor"),
        ({"cursor": "12", "sort": "edges"}, "cursor"),
        ({"cursor": "W2ZhbHNlLE5hTiwtMV0", "sort": "edges"}, "cursor"),
        ({"cursor": "WyJhIiwtMV0", "sort": "edges"}, "cursor"),
        ({"cursor": "WyJhIiwtMV0"}, "cursor"),
        ({"cursor": "W1tbW1tbW1tbW1tb", "sort": "name"}, "cursor"),
        ({"cursor": "9" * 16, "sort": "oldest"}, "cursor"),
        ({"cursor": "3", "pins": "first"}, "cursor"),
        ({"cursor": "3", "offset": "3"}, "offset"),
        ({"offset": "-1"}, "offset"),
        ({"pins": "last"}, "pins"),
        ({"edges_from": "2"}, "edges_from"),
        ({"seed": "-1"}, "seed"),
        ({"seed": "one"}, "seed"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(
    client: httpx.Client, parameters: dict[str, str], field: str
) -> None:
    answer = client.get("/api/runs", params=parameters)
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["field"] == field
