"""A run without recipe, data set or worker is kept, told, looked at and taken home like any."""

import io
import json
from pathlib import Path

import httpx
import numpy as np
import pytest

from app.external.sentences import unknown
from tests.external.guest import FIRST_SHAPE, STEPS, described, new_guest, told
from tests.store.samples import open_store
from tests.web.scripted import ScriptedServer


@pytest.fixture(scope="module")
def server(server: ScriptedServer, cache_folder: Path) -> ScriptedServer:
    """A server in whose store a guest lies, and another that goes on."""
    for run, parts in (("guest", None), ("live", 6)):
        new = new_guest(run)
        server.store.create_run(new).result()
        for events in list(told(new, cache_folder))[:parts]:
            server.store.record(run, events, 0.0).result()
    return server


def test_a_guest_answers_with_its_source_and_what_can_be_done_with_it(client: httpx.Client) -> None:
    run = client.get("/api/runs/guest").json()
    assert run["source"] == "watched"
    assert run["can"] == {"steer": False, "rerun": False, "look": "kernel"}
    assert (run["recipe"], run["preset"], run["total_steps"]) == (None, None, None)
    assert run["layers"] == ["conv1", "conv2"]
    assert run["described"]["layers"][0] == {
        "name": "conv1",
        "title": "backbone.stem.conv",
        "kind": "conv2d",
        "shape": list(FIRST_SHAPE),
        "groups": 1,
        **dict.fromkeys(("strides", "padding", "dilation", "activation", "bias")),
    }
    assert (run["status"], run["step"]) == ("finished", STEPS[-1])
    assert run["filters"]["labels"]["edge"] + run["filters"]["labels"]["line"] > 32
    listed = client.get("/api/runs").json()["runs"]
    assert {row["id"]: row["source"] for row in listed} == {"guest": "watched", "live": "watched"}


def test_its_film_snapshots_and_curves_are_there(client: httpx.Client) -> None:
    film = client.get("/api/runs/guest/film").json()
    assert film["steps"] == list(STEPS)
    assert film["kernels"]["shape"] == f"{len(STEPS)}, 7, 7, 3, 64"
    assert client.get("/api/runs/guest/film?layer=conv2").status_code == 200
    assert client.get("/api/runs/guest/metrics").json()["step"] == list(range(1, 101))


def test_one_filter_is_told_of_as_far_as_its_kernel_says(client: httpx.Client) -> None:
    answer = client.get("/api/runs/guest/snapshots/latest/filters/conv1/3").json()
    assert answer["story"]["label"] in ("edge", "line")
    assert answer["story"]["template"]["family"] in ("edge", "line")
    assert answer["patches"] is answer["receptive_field"] is answer["expanded"] is None
    assert answer["reason"] == unknown(described(), "data")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "filters/conv1/0/gradient", None),
        ("POST", "activations", {"index": 0}),
        ("POST", "convolve", {"index": 0, "layer": "conv1"}),
    ],
)
def test_what_cannot_be_known_is_refused_with_the_reason(
    client: httpx.Client, method: str, path: str, body: object
) -> None:
    url = f"/api/runs/guest/snapshots/latest/{path}"
    answer = client.request(method, url, json=body)
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert (error["code"], error["message"]) == ("not_known", unknown(described(), "data"))


def test_its_first_layer_answers_a_picture_that_one_brings(client: httpx.Client) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (9, 8, 3))
    asked = {"image": pixels.tolist(), "layer": "conv1", "filter": 2, "scaling": "unit"}
    url = "/api/runs/guest/snapshots/latest/convolve"
    unsaid = client.post(url, json=asked)
    assert unsaid.status_code == 422
    assert unsaid.json()["error"]["field"] == "strides", "the guest didn't say them"
    told = client.post(url, json=asked | {"strides": 2, "padding": "same"})
    assert told.status_code == 422, "nor whether there is a bias"
    assert "bias" in told.json()["error"]["message"]
    deeper = client.post(url, json=asked | {"layer": "conv2"})
    assert (deeper.status_code, deeper.json()["error"]["code"]) == (409, "not_known")


def test_its_start_is_held_against_the_known_initialisers(
    client: httpx.Client, server: ScriptedServer
) -> None:
    answer = client.get("/api/runs/guest/start").json()
    assert (answer["fan_in"], answer["shape"], answer["step"]) == (147, list(FIRST_SHAPE), 0)
    assert answer["fits"] == [], "normal of deviation .1 is no rule's"
    assert answer["sentence"] == "This start fits none of the known initialisers."
    trained = new_guest("trained", begins="unknown")
    server.store.create_run(trained).result()
    refused = client.get("/api/runs/trained/start")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_known")
    client.delete("/api/runs/trained")


@pytest.mark.parametrize("change", [{"status": "stopped"}, {"learning_rate": 0.1}, {"advance": 1}])
def test_nobody_steers_a_training_that_runs_elsewhere(
    client: httpx.Client, change: dict[str, object]
) -> None:
    answer = client.patch("/api/runs/live", json=change)
    assert answer.status_code == 409
    assert answer.json()["error"]["message"] == (
        "This run is trained by a script elsewhere: pause it, stop it or change its rate there."
    )
    assert client.get("/api/runs/live").json()["status"] == "running"


@pytest.mark.parametrize("kind", ["gif", "png", "webp", "svg", "html", "csv", "npz"])
def test_it_can_be_taken_home_in_every_format(client: httpx.Client, kind: str) -> None:
    answer = client.get(
        f"/api/runs/guest/export?format={kind}&step=50"
        if kind in ("png", "svg")
        else f"/api/runs/guest/export?format={kind}"
    )
    assert answer.status_code == 200, answer.text[:300]
    name = answer.headers["content-disposition"]
    assert "filterscope-my-resnet" in name
    assert "seed" not in name, "nobody knows it"


@pytest.mark.parametrize("view", ["labels", "loss"])
def test_its_charts_are_drawn_without_what_nobody_knows(client: httpx.Client, view: str) -> None:
    answer = client.get(f"/api/runs/guest/export?format=svg&view={view}")
    assert answer.status_code == 200
    assert "My ResNet" in answer.text
    assert "seed" not in answer.text
    assert "cross-entropy" not in answer.text


def test_its_numbers_say_what_it_is_known_by_in_place_of_a_recipe(client: httpx.Client) -> None:
    content = client.get("/api/runs/guest/export?format=npz").content
    with np.load(io.BytesIO(content)) as arrays:
        assert "recipe" not in arrays
        assert json.loads(str(arrays["described"]))["framework"] == "PyTorch 2.9"
        assert arrays["conv1/kernels"].shape == (len(STEPS), *FIRST_SHAPE)


def test_it_can_be_deleted(
    client: httpx.Client, server: ScriptedServer, cache_folder: Path
) -> None:
    new = new_guest("gone")
    server.store.create_run(new).result()
    for events in told(new, cache_folder):
        server.store.record("gone", events, 0.0).result()
    assert client.delete("/api/runs/gone").status_code == 204
    assert client.get("/api/runs/gone").status_code == 404


def test_a_restart_leaves_alone_what_is_trained_elsewhere(
    tmp_path: Path, cache_folder: Path
) -> None:
    new = new_guest()
    with open_store(tmp_path) as store:
        store.create_run(new).result()
        for events in list(told(new, cache_folder))[:4]:
            store.record("guest", events, 0.0).result()
    with open_store(tmp_path) as store:
        run = store.run("guest")
        assert run is not None
        assert run.status == "running"
        assert store.interrupted() == [], "no worker of ours can take it up"
