"""Name, note and pin of a run over the interface: of every run, and text whatever they say."""

import io
import json
import zipfile
from typing import Any

import httpx
import numpy as np
import pytest

from tests.external.guest import described as guest
from tests.store.samples import finished, new_run, started
from tests.store.test_annotations import HOSTILE
from tests.web.scripted import ScriptedServer


def _patched(client: httpx.Client, run_id: str, **change: Any) -> dict[str, Any]:
    answer = client.patch(f"/api/runs/{run_id}", json=change)
    assert answer.status_code == 200, answer.text
    assert client.get(f"/api/runs/{run_id}").json() == answer.json()
    run: dict[str, Any] = answer.json()
    return run


def test_every_run_takes_them_whether_it_trains_has_ended_or_came_from_elsewhere(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("queued")
    scripted.create("live", started())
    scripted.create("over", started(), finished(1))
    for run_id in ("watched", "opened"):
        told = guest(source=run_id)
        scripted.store.create_run(new_run(run_id, described=told, recipe=None, preset=None))
    for run_id in ("queued", "live", "over", "watched", "opened"):
        run = _patched(client, run_id, name=" Mine ", note=f"{HOSTILE} {run_id}\n", pinned=True)
        assert (run["name"], run["described"]["name"]) == ("Mine", "Mine")
        assert (run["note"], run["pinned"]) == (f"{HOSTILE} {run_id}", True)
    assert scripted.supervisor.commands == []
    found = client.get("/api/runs", params={"q": "watched <script>", "pinned": "true"}).json()
    assert [run["id"] for run in found["runs"]] == ["watched"]
    assert client.get("/api/runs", params={"pinned": "false"}).json()["runs"] == []


def test_each_is_changed_by_itself_and_taken_back_by_null(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started())
    before = client.get("/api/runs/run").json()
    assert (before["note"], before["pinned"]) == (None, False)
    assert _patched(client, "run", pinned=True) == {**before, "pinned": True}
    assert _patched(client, "run", note="n" * 2000)["note"] == "n" * 2000
    assert _patched(client, "run", name="Mine")["pinned"] is True
    assert _patched(client, "run", note="  ", name=None)["name"] == before["name"]
    assert _patched(client, "run", pinned=False) == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"note": "n" * 2001}, "note"),
        ({"note": 1}, "note"),
        ({"name": ""}, "name"),
        ({"name": " \t"}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"pinned": "yes"}, "pinned"),
        ({"pinned": 1}, "pinned"),
        ({"notes": "x"}, "notes"),
        ({"note": "x", "status": "paused"}, "status"),
        ({"pinned": False, "learning_rate": 0.1}, "learning_rate"),
        ({"status": None}, None),
    ],
)
def test_what_they_cannot_be_is_refused_and_nothing_is_changed(
    scripted: ScriptedServer, client: httpx.Client, body: dict[str, Any], field: str | None
) -> None:
    scripted.create("run", started())
    before = client.get("/api/runs/run").json()
    answer = client.patch("/api/runs/run", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == field
    assert client.get("/api/runs/run").json() == before
    assert scripted.supervisor.commands == []


def test_files_to_take_home_carry_them_and_are_made_anew_when_they_change(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    asked = "/api/runs/run/export?format=npz"
    first = asker.get(asked)
    before = asker.get("/api/runs/run").json()["name"]
    _patched(asker, "run", name="Für Anna", note=HOSTILE)
    try:
        assert asker.get(asked, headers={"If-None-Match": first.headers["etag"]}).status_code == 200
        with zipfile.ZipFile(io.BytesIO(asker.get(asked).content)) as archive:
            told = {name: np.load(archive.open(f"{name}.npy")) for name in ("described", "note")}
        assert json.loads(str(told["described"]))["name"] == "Für Anna"
        assert str(told["note"]).replace("\x00", "") == HOSTILE.replace("\x00", "")
        page = asker.get("/api/runs/run/export?format=html").text
        assert "Für Anna" in page
        assert "<script>alert(1)" not in page
    finally:
        assert _patched(asker, "run", name=None, note=None)["name"] == before
