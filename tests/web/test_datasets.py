"""Pictures of one's own over the interface: sent, told, trained on, removed."""

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.gathering.request import SIZES
from app.kept_pictures import all_kept
from app.recipe import PRESETS, resolve
from app.recipe.own_pictures import OwnPictures, own_info
from app.recipe.suiting import suited_recipe
from app.settings import Settings
from app.web import body
from tests.gathering.samples import as_zip, encoded, pixels, two_classes
from tests.web.scripted import ScriptedServer
from tests.web.trained import train


@pytest.fixture
def pets(tmp_path: Path) -> bytes:
    return as_zip(tmp_path / "pets.zip", two_classes(20)).read_bytes()


def _add(client: httpx.Client, content: bytes, **query: str) -> httpx.Response:
    return client.post("/api/datasets", params={"name": "pets", **query}, content=content)


def _pictures(scripted: ScriptedServer) -> Path:
    settings: Settings = scripted.app.state.settings
    return settings.data_folder / "pictures"


def test_pictures_that_are_sent_are_told_with_what_was_left_out(
    client: httpx.Client, tmp_path: Path
) -> None:
    files = {**two_classes(20), "cats/notes.txt": b"hello", "cats/.DS_Store": b"x"}
    content = as_zip(tmp_path / "pets.zip", files).read_bytes()
    added = _add(client, content, size="28", channels="1", fit="pad", file="C:\\x\\pets.zip")
    assert added.status_code == 201, added.text
    assert added.headers["Location"] == "/api/datasets/pets"
    told = client.get(added.headers["Location"]).json()
    assert told["name"] == f"own:pets@{told['own']['digest'][:16]}"
    assert (told["title"], told["shape"], told["source"]) == ("pets", [28, 28, 1], "pets.zip")
    assert told["class_names"] == ["cats", "dogs"]
    assert told["train_size"] + told["test_size"] == 40
    assert told["own"]["hidden"] == 1
    assert [one["name"] for one in told["own"]["left_out"]] == ["cats/notes.txt"]
    assert told["own"]["needed_by"] == []
    listed = client.get("/api/datasets").json()
    assert listed["datasets"][-1]["name"] == told["name"]
    assert listed["being_made"] == []
    for name in ("pets", "own:pets", told["name"]):
        samples = client.get(f"/api/datasets/{name}/samples", params={"count": 3}).json()
        assert samples["images"]["shape"] == "3, 28, 28, 1"
        assert samples["dataset"] == told["name"]


def test_a_name_is_taken_once_and_pictures_of_an_unknown_one_are_a_404(
    client: httpx.Client, pets: bytes
) -> None:
    assert _add(client, pets).status_code == 201
    again = _add(client, pets)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "name_taken")
    other = _add(client, pets, name="others")
    assert (other.status_code, other.json()["error"]["field"]) == (422, "file")
    assert "the same pictures are here already, as pets" in other.json()["error"]["message"].lower()
    assert client.get("/api/datasets/plants").json()["error"]["code"] == "dataset_unknown"
    assert client.delete("/api/datasets/mnist").json()["error"]["code"] == "not_possible"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"name": "a/b"}, "name"),
        ({"name": ""}, "name"),
        ({"size": "33"}, "size"),
        ({"channels": "2"}, "channels"),
        ({"fit": "squeeze"}, "fit"),
        ({"background": "pink"}, "background"),
        ({}, "file"),
    ],
)
def test_what_can_not_be_is_refused_with_its_field(
    query: dict[str, str], field: str, client: httpx.Client, scripted: ScriptedServer
) -> None:
    refused = _add(client, b"no pictures at all", **query)
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, field)
    left = _pictures(scripted)
    assert not left.exists() or not list(left.iterdir())


def test_a_form_is_refused_and_so_is_what_is_too_large(
    client: httpx.Client, scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = client.post("/api/datasets?name=pets", files={"file": b"x"})
    assert (form.status_code, form.json()["error"]["code"]) == (415, "not_pictures")
    monkeypatch.setattr(body, "LARGEST_UPLOAD_BYTES", 3_000_000)

    def parts() -> Iterator[bytes]:
        yield from [bytes(1_000_000)] * 4

    for content in (bytes(4_000_000), parts()):
        large = client.post("/api/datasets?name=pets", content=content)
        assert (large.status_code, large.json()["error"]["limit"]) == (413, 3_000_000)
    assert not any(_pictures(scripted).glob(".uploaded-*"))


def test_who_waits_sees_how_far_it_is_and_whoever_leaves_leaves_nothing(
    client: httpx.Client, scripted: ScriptedServer, tmp_path: Path
) -> None:
    files = dict.fromkeys(
        (f"cats/{place}.png" for place in range(3000)), encoded(pixels(1, 60, 60))
    )
    content = as_zip(tmp_path / "pets.zip", files).read_bytes()
    head = "POST /api/datasets?name=pets HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
    with socket.create_connection(("127.0.0.1", scripted.port)) as leaving:
        leaving.sendall(f"{head}{len(content)}\r\n\r\n".encode() + content)
        while not (made := client.get("/api/datasets").json()["being_made"]) or not made[0]["done"]:
            assert not made or made[0]["total"] in (None, 3000)
        assert _add(client, content).json()["error"]["code"] == "name_taken"
    while client.get("/api/datasets").json()["being_made"]:
        pass
    assert not any(path.suffix for path in _pictures(scripted).iterdir())
    assert not all_kept(_pictures(scripted))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("channels", [1, 3])
def test_a_network_that_suits_them_can_be_trained(size: int, channels: int) -> None:
    names = tuple("abcdefg")
    own = OwnPictures(
        digest="0" * 64,
        shape=(size, size, channels),
        class_names=names,
        train_size=30,
        test_size=9,
    )
    info = own_info("own:pets@0000000000000000", own)
    recipe = resolve({**suited_recipe(info), "own": own.model_dump()})
    assert recipe.plan[-1].output_shape == (7,)
    assert recipe.batch_size == 7


def test_every_preset_suits_itself_to_pictures_of_ones_own(
    client: httpx.Client, pets: bytes
) -> None:
    assert _add(client, pets, size="48").status_code == 201
    for preset in PRESETS:
        body = {"preset": preset, "dataset": "own:pets"}
        assert client.post("/api/recipes/plan", json=body).json()["problems"] == [], preset
    missing = client.post("/api/recipes/plan", json={"preset": "dead-leaves", "dataset": "own:no"})
    problem = missing.json()["problems"][0]
    assert problem["field"] == "dataset"
    assert problem["mends"]


def test_a_run_on_them_is_looked_at_exported_and_keeps_them_from_being_removed(
    client: httpx.Client, scripted: ScriptedServer, pets: bytes
) -> None:
    dataset = _add(client, pets).json()["name"]
    started = client.post("/api/runs", json={"preset": "own:pets", "steps": 12}).json()
    assert started["preset"] is None
    assert started["described"]["dataset"] == dataset
    assert started["described"]["class_names"] == ["cats", "dogs"]
    recipe = scripted.supervisor.started[0][1]
    cache = scripted.app.state.settings.cache_folder
    train(scripted, cache, "run", **{**recipe.model_dump(), "steps": 2, "epochs": None})
    at = "/api/runs/run/snapshots/latest"
    seen = client.post(f"{at}/activations", json={"index": 0}).json()
    assert len(seen["probabilities"]) == 2
    assert client.get(f"{at}/filters/conv1/0").status_code == 200
    assert client.get(f"{at}/filters/conv1/0/gradient").status_code == 200
    told = client.get(f"{at}/mistakes", params={"count": 3}).json()
    pairs = [(row, column) for row in range(2) for column in range(2)]
    assert sum(told["confusion"][row][column] for row, column in pairs) == told["tried"]
    assert told["confusion"][0][1] + told["confusion"][1][0] == told["wrong"]
    shown = min(3, told["wrong"])
    assert len(told["index"]) == shown
    assert all(a != b for a, b in zip(told["label"], told["taken_for"], strict=True))
    assert told["probability"] == sorted(told["probability"], reverse=True)
    for index, label, wrong in zip(told["index"], told["label"], told["taken_for"], strict=True):
        alone = client.post(f"{at}/activations", json={"index": index}).json()
        assert max(range(2), key=alone["probabilities"].__getitem__) == wrong
        assert alone["label"] == label
    page = client.get("/api/runs/run/export", params={"format": "html"})
    assert b"Pictures of your own" in page.content
    code = client.get("/api/runs/run/code").text
    assert f'"{dataset}"' in code
    assert "cache_folder=Settings.from_environment().cache_folder" in code
    refused = client.delete("/api/datasets/pets").json()["error"]
    assert (refused["code"], refused["limit"]) == ("dataset_needed", 2)
    assert "run" in client.get("/api/datasets/pets").json()["own"]["needed_by"]
    gone = client.delete("/api/datasets/pets", params={"even_if_needed": True})
    assert gone.status_code == 204
    again = client.post("/api/runs", json=started["recipe"])
    assert again.json()["error"]["code"] == "dataset_unknown"
