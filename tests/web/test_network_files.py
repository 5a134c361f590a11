"""A run's network as a model file, over the interface."""

import io
import json
import uuid
import zipfile

import httpx
import numpy as np
import pytest

from tests.external.program import SHAPE, arrays_of, packet, register, send, snapshot
from tests.store.samples import started
from tests.web.scripted import ScriptedServer
from tests.web.trained import train

EXPORT = "/api/runs/run/export"
ENDINGS = {"keras": "keras", "onnx": "onnx", "torch": "pt", "safetensors": "safetensors"}


@pytest.fixture(scope="module", autouse=True)
def wide(trained: ScriptedServer, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A network too large to be kept whole at every step, and a code that names nothing."""
    layers = [
        {"type": "conv2d", "filters": 2, "kernel_size": 3, "strides": 4},
        {"type": "flatten"},
        {"type": "dense", "units": 1200},
        {"type": "dense", "units": 10},
    ]
    cache = tmp_path_factory.mktemp("cache")
    train(trained, cache, "wide", layers=layers, steps=3)
    train(trained, cache, "code", preset="sparse-code", batch_size=9)


@pytest.mark.parametrize("kind", ENDINGS)
def test_each_format_is_the_newest_network_and_says_where_it_came_from(
    asker: httpx.Client, kind: str
) -> None:
    answer = asker.get(EXPORT, params={"format": kind})
    assert answer.status_code == 200
    name = f"filterscope-mnist-strokes-seed-0-step-2.{ENDINGS[kind]}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    told = _said_in(kind, answer.content)
    assert (told["run"], told["step"], told["takes"]) == ("run", "2", "pixels from 0 to 255")
    assert json.loads(told["recipe"])["dataset"] == "mnist"
    assert json.loads(told["class_names"]) == list("0123456789")
    again = asker.get(EXPORT, params={"format": kind})
    assert again.content == answer.content
    weighs = asker.get("/api/runs/run/snapshots", params={"whole": True}).json()["bytes"][kind]
    assert len(answer.content) == pytest.approx(weighs, rel=0.15)
    held = {"If-None-Match": answer.headers["etag"]}
    assert asker.get(EXPORT, params={"format": kind}, headers=held).status_code == 304


def _said_in(kind: str, content: bytes) -> dict[str, str]:
    if kind == "safetensors":
        length = int.from_bytes(content[:8], "little")
        told: dict[str, str] = json.loads(content[8 : 8 + length])["__metadata__"]
        return told
    if kind == "onnx":
        return dict(_properties(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if kind == "keras":
            about: dict[str, str] = json.loads(archive.read("metadata.json"))["filterscope"]
        else:
            about = json.loads(archive.read("network/filterscope.json"))
    return about


def _properties(content: bytes) -> list[tuple[str, str]]:
    from tests.export.protobuf import fields

    pairs = [dict(fields(entry)) for number, entry in fields(content) if number == 14]
    return [(pair[1].decode(), pair[2].decode()) for pair in pairs]


def test_the_network_is_that_of_the_step_asked_for(asker: httpx.Client) -> None:
    for step, number in (("first", 0), ("1", 1), ("latest", 2)):
        answer = asker.get(EXPORT, params={"format": "safetensors", "step": step})
        assert f"-step-{number}." in answer.headers["content-disposition"]
        length = int.from_bytes(answer.content[:8], "little")
        begin, end = json.loads(answer.content[8 : 8 + length])["conv1.weight"]["data_offsets"]
        data = answer.content[8 + length :][begin:end]
        npz = asker.get(f"/api/runs/run/snapshots/{step}", params={"format": "npz"}).content
        kernel = np.load(io.BytesIO(npz))["conv1/kernel"]
        assert data == np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)).tobytes()


def test_a_step_without_the_whole_network_names_the_nearest_with_it(asker: httpx.Client) -> None:
    told = asker.get("/api/runs/wide/snapshots", params={"whole": True}).json()
    assert told["steps"] == [0, 3]
    assert asker.get("/api/runs/wide/snapshots").json()["steps"] == [0, 1, 2, 3]
    answer = asker.get("/api/runs/wide/export", params={"format": "onnx", "step": "1"})
    assert answer.status_code == 404
    error = answer.json()["error"]
    assert (error["code"], error["field"], error["limit"]) == ("no_snapshot", "step", 0)
    whole = asker.get("/api/runs/wide/export", params={"format": "onnx"})
    assert "-step-3." in whole.headers["content-disposition"]


@pytest.mark.parametrize(
    ("run", "query", "status", "code", "words"),
    [
        ("code", "format=keras", 409, "not_known", "sparse code"),
        ("code", "format=onnx&step=1", 409, "not_known", "format=npz"),
        ("run", "format=keras&layer=conv1", 422, "invalid", "layer"),
        ("run", "format=torch&width=400", 422, "invalid", "width"),
        ("run", "format=torch&view=loss", 422, "invalid", "view"),
        ("run", "format=onnx&step=last", 422, "invalid", "step"),
        ("run", "format=onnx&step=9", 404, "no_snapshot", "after 2"),
    ],
)
def test_what_is_no_model_file_is_refused_with_the_reason(
    asker: httpx.Client, run: str, query: str, status: int, code: str, words: str
) -> None:
    answer = asker.get(f"/api/runs/{run}/export?{query}")
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == code
    assert words in error["message"]
    assert error["message"].endswith(".")


def test_a_run_without_a_snapshot_has_no_network_yet(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started())
    answer = client.get(EXPORT, params={"format": "keras"})
    assert answer.json()["error"]["message"] == "This run has no snapshot yet."


def test_a_network_trained_elsewhere_is_taken_where_all_of_it_is_known(
    client: httpx.Client,
) -> None:
    unknown = register(client).json()["id"]
    assert send(client, 1, packet([snapshot(0)])).status_code == 200
    refused = client.get(f"/api/runs/{unknown}/export", params={"format": "onnx"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_known")

    layers = [
        {"type": "conv2d", "filters": 8, "kernel_size": 5, "activation": "relu"},
        {"type": "global_average_pool2d"},
        {"type": "dense", "units": 3},
    ]
    told = [
        {"title": "stem", "kind": "conv2d", "shape": list(SHAPE), "bias": True},
        {"title": "mean", "kind": "global_average_pool2d"},
        {"title": "head", "kind": "dense", "shape": [8, 3], "bias": True},
    ]
    network = {"input_shape": [12, 12, 3], "layers": layers}
    key = uuid.uuid4().hex
    answer = register(client, key, layers=told, network=network)
    assert answer.status_code == 201, answer.text
    run = answer.json()["id"]
    head = [[2, "kernel", [8, 3]], [2, "bias", [3]]]
    taken = snapshot(0)
    taken["arrays"] += head
    arrays = [*arrays_of(0), np.ones((8, 3), "<f4").tobytes(), np.zeros(3, "<f4").tobytes()]
    assert send(client, 1, packet([taken], arrays), key).status_code == 200
    answer = client.get(f"/api/runs/{run}/export", params={"format": "torch"})
    assert answer.headers["content-disposition"].endswith('-step-0.pt"')
    about = _said_in("torch", answer.content)
    assert about["takes"] == "pictures as the program that trained the network prepared them"
    assert "recipe" not in about
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        code = archive.read("network/network.py").decode()
    assert '("conv1", nn.Conv2d(3, 8, 5))' in code
    assert "Scaling" not in code
    onnx = client.get(f"/api/runs/{run}/export", params={"format": "onnx"})
    assert _said_in("onnx", onnx.content)["trained_with"] == "NumPy"
