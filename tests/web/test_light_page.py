"""The light page for followers: what comes with it, and what its stream tells."""

import base64
import html
import json
import re
import struct
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.events import StoredArray
from app.recipe import described, resolve
from app.store.snapshots import Frame
from app.web import classroom
from app.web.shown_filters import MOST_BYTES, MOST_FILTERS, encode_shown_frame
from tests.store.samples import finished, kernel, new_run, snapshot, started, steps
from tests.web.scripted import ScriptedServer
from tests.web.test_teaching import DESK, lead, told

LIGHT = "/api/teaching/events?filters=1"


@pytest.fixture
def desk(scripted: ScriptedServer, client: httpx.Client) -> httpx.Client:
    scripted.create("run", started(), snapshot(0), steps(1, 2), snapshot(2))
    assert lead(client, run="run", begins=True).status_code == 200
    return client


def shown(client: httpx.Client) -> dict[str, Any]:
    """What came with the page."""
    page = client.get("/class")
    assert page.status_code == 200
    (text,) = re.findall(r'data-shown="([^"]*)"', page.text)
    parsed: dict[str, Any] = json.loads(html.unescape(text))
    return parsed


def hear(lines: Iterator[str], *kinds: str) -> dict[str, Any]:
    """What each of these kinds told last, once all of them have told something."""
    heard: dict[str, Any] = {}
    while not heard.keys() >= set(kinds):
        kind, data = told(lines)
        heard[kind] = data
    return heard


def test_the_page_brings_along_what_is_seen_where_the_teacher_looks(desk: httpx.Client) -> None:
    seen = shown(desk)
    assert seen["place"]["run"] == seen["run"]["id"] == "run"
    assert (seen["run"]["step"], seen["run"]["total_steps"]) == (2, 1000)
    filters = seen["snapshot"]
    assert (filters["step"], filters["layer"], filters["filters"]) == (2, "conv1", 1)
    assert filters["label"] == ["edge"]
    assert base64.b64decode(filters["kernel"]["bdata"]) == kernel(2).data
    lead(desk, run="run", step=1)
    assert shown(desk)["snapshot"]["step"] == 0


def test_who_comes_before_anybody_leads_is_shown_nothing_and_a_deleted_run_is_none(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    assert shown(client) == {"place": None, "run": None, "snapshot": None}
    scripted.create("run", started(), finished(0))
    lead(client, run="run")
    assert shown(client)["snapshot"] is None
    lead(client, run="no-such-run")
    assert shown(client)["run"] is None


def test_a_deeper_layer_is_shown_without_what_is_said_of_the_first(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    two = described(resolve({"preset": "mnist-two-layers"}))
    scripted.store.create_run(new_run(described=two)).result()
    scripted.tell("run", started(), snapshot(0))
    lead(client, run="run", layer="conv2")
    deeper = shown(client)["snapshot"]
    assert (deeper["layer"], deeper["kind"], "label" in deeper) == ("conv2", "conv2d", False)
    lead(client, run="run", layer="conv7")
    assert shown(client)["snapshot"]["layer"] == "conv1"


def test_a_name_cannot_write_into_the_page(scripted: ScriptedServer, client: httpx.Client) -> None:
    name = '"><script src=x>&'
    run = new_run()
    told_as = run.described.model_copy(update={"name": name})
    scripted.store.create_run(run._replace(described=told_as)).result()
    lead(client, run="run")
    assert "<script src=x>" not in client.get("/class").text
    assert shown(client)["run"]["name"] == name


def test_light_pages_hear_what_changes_in_the_run_and_where_the_teacher_goes(
    scripted: ScriptedServer, desk: httpx.Client
) -> None:
    with desk.stream("GET", LIGHT) as stream:
        lines = stream.iter_lines()
        heard = hear(lines, "place", "run", "snapshot")
        assert heard["snapshot"]["step"] == 2
        scripted.tell("run", steps(3), snapshot(3))
        assert hear(lines, "snapshot")["snapshot"]["step"] == 3
        lead(desk, run="run", step=0)
        heard = hear(lines, "place", "snapshot")
        assert (heard["place"]["step"], heard["snapshot"]["step"]) == (0, 0)
        scripted.tell("run", finished(3))
        assert hear(lines, "run")["run"]["status"] == "finished"
        desk.delete(f"/api/teaching?leader={DESK}")
        assert "nobody" in hear(lines, "nobody")
    assert desk.get("/api/teaching").json()["followers"] == 0


def test_only_followers_are_counted_and_what_ended_is_told_to_who_comes_again(
    desk: httpx.Client,
) -> None:
    poll = {"leader": DESK, "topic": "oriented_count"}
    assert desk.post("/api/teaching/poll", json=poll).status_code == 201
    desk.delete(f"/api/teaching/poll?leader={DESK}")
    with desk.stream("GET", LIGHT) as stream:
        lines = stream.iter_lines()
        heard = hear(lines, "place", "snapshot", "poll")
        assert heard["poll"] is None
        assert desk.get("/api/teaching").json()["followers"] == 1


@pytest.mark.parametrize("asked", [LIGHT, "/api/teaching/events?filters=0"])
def test_where_streams_are_held_back_one_asks_what_holds_now(
    desk: httpx.Client, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = desk.get(f"{asked}&wait=0").text
    assert "event: place" in whole
    assert ("event: snapshot" in whole) == (asked == LIGHT)
    monkeypatch.setattr(classroom, "SILENT_SECONDS", 0.0)
    assert "event: nobody" in desk.get(f"{asked}&wait=0").text


def test_of_large_layers_only_as_many_filters_come_as_a_phone_can_take() -> None:
    count = 512
    rows = [[float(place * count + at) for at in range(count)] for place in range(49)]
    data = b"".join(_floats(row) for row in rows)
    wide = Frame(0, None, StoredArray("conv1/kernel", (7, 7, 1, count), data))
    few = json.loads(encode_shown_frame(wide, "conv1", "conv2d"))
    assert few["filters"] == count
    shape = [int(part) for part in few["kernel"]["shape"].split(",")]
    kept = shape[-1]
    assert kept == MOST_BYTES // (49 * 4)
    weights = base64.b64decode(few["kernel"]["bdata"])
    assert weights == b"".join(_floats(row[:kept]) for row in rows)
    small = StoredArray("conv1/kernel", (1, 1, 1, count), _floats([0.0] * count))
    many = json.loads(encode_shown_frame(Frame(0, None, small), "conv1", "conv2d"))
    assert many["kernel"]["shape"] == f"1, 1, 1, {MOST_FILTERS}"
    huge = StoredArray("conv1/kernel", (1, MOST_BYTES, 1, 2), bytes(MOST_BYTES * 8))
    one = json.loads(encode_shown_frame(Frame(0, None, huge), "conv1", "conv2d"))
    assert one["kernel"]["shape"].endswith(", 1")
    deep = StoredArray("conv1/kernel", (3, 3, 4, 2), bytes(288))
    depthwise = json.loads(encode_shown_frame(Frame(0, None, deep), "conv1", "depthwise_conv2d"))
    assert (depthwise["filters"], depthwise["kernel"]["shape"]) == (8, "3, 3, 4, 2")
    assert encode_shown_frame(None, "conv1", None) == "null"


def _floats(numbers: list[float]) -> bytes:
    return struct.pack(f"<{len(numbers)}f", *numbers)
