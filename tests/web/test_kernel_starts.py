"""Runs that begin with kernels somebody chose: banks, numbers, another run's filters."""

import base64
from typing import Any

import httpx
import numpy as np
import pytest

from app.recipe import PRESETS
from tests.running_server import RunningServer

SHAPE = (9, 9, 3, 16)
LAYERS = PRESETS["dead-leaves"].recipe["layers"]


def typed(array: np.ndarray[Any, Any]) -> dict[str, str]:
    data = base64.b64encode(array.astype("<f4").tobytes()).decode()
    return {"dtype": "f4", "shape": ", ".join(map(str, array.shape)), "bdata": data}


def given(array: np.ndarray[Any, Any]) -> dict[str, Any]:
    return {"type": "given", "kernel": typed(array)}


def recipe(start: Any, **more: Any) -> dict[str, Any]:
    first = {**LAYERS[0], "kernel_initializer": start, **more}
    return {"preset": "dead-leaves", "steps": 30, "layers": [first, *LAYERS[1:]]}


def trained(server: RunningServer, start: Any, **more: Any) -> str:
    answer = server.client.post("/api/runs", json=recipe(start, **more))
    assert answer.status_code == 201, answer.text
    run = str(answer.json()["id"])
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        assert "event: run_finished" in list(events.iter_lines())
    return run


def kernel(server: RunningServer, run: str, step: str) -> np.ndarray[Any, Any]:
    told = server.client.get(f"/api/runs/{run}/snapshots/{step}").json()["kernel"]
    shape = tuple(int(length) for length in told["shape"].split(","))
    return np.frombuffer(base64.b64decode(told["bdata"]), "<f4").reshape(shape)


def test_a_frozen_bank_stays_byte_for_byte_and_is_seen_as_edges(server: RunningServer) -> None:
    run = trained(server, {"type": "bank", "name": "gabor"}, trainable=False)
    assert kernel(server, run, "first").tobytes() == kernel(server, run, "latest").tobytes()
    told = server.client.get(f"/api/runs/{run}/snapshots/latest").json()
    assert set(told["label"]) == {"edge", "line"}


def test_numbers_that_are_given_are_the_first_frame(server: RunningServer) -> None:
    chosen = np.random.default_rng(3).normal(0, 0.1, SHAPE).astype("<f4")
    run = trained(server, given(chosen))
    assert kernel(server, run, "first").tobytes() == chosen.tobytes()
    assert kernel(server, run, "latest").tobytes() != chosen.tobytes()


def test_a_run_can_begin_where_another_ended_and_outlives_it(server: RunningServer) -> None:
    old = trained(server, {"type": "bank", "name": "sobel"})
    end = kernel(server, old, "latest")
    new = trained(server, {"type": "run", "run": old, "step": "latest", "layer": "conv1"})
    assert kernel(server, new, "first").tobytes() == end.tobytes()
    start = server.client.get(f"/api/runs/{new}").json()["recipe"]["layers"][0]
    assert start["kernel_initializer"]["source"] == {
        "type": "run",
        "run": old,
        "step": 30,
        "layer": "conv1",
    }
    assert server.client.delete(f"/api/runs/{old}").status_code == 204
    script = server.client.get(f"/api/runs/{new}/code").text
    assert typed(end)["bdata"] in script


GOOD = np.zeros(SHAPE, np.float32)
NAN = np.where(np.arange(GOOD.size).reshape(SHAPE) == 7, np.nan, GOOD)
BAD: dict[str, tuple[Any, dict[str, Any], str, str]] = {
    "no such rule": ("glorot", {}, "layers.0.kernel_initializer", "possible are 'glorot_uniform'"),
    "no such bank": (
        {"type": "bank", "name": "haar"},
        {},
        "layers.0.kernel_initializer.name",
        "'gabor'",
    ),
    "no such kind": ({"type": "file"}, {}, "layers.0.kernel_initializer", "'given'"),
    "no kind": ({"name": "gabor"}, {}, "layers.0.kernel_initializer", "needs a type"),
    "a number": (3, {}, "layers.0.kernel_initializer", "needs a type"),
    "not a number": (given(NAN), {}, "layers.0.kernel_initializer.kernel", "holds nan"),
    "infinite": (given(GOOD + np.inf), {}, "layers.0.kernel_initializer.kernel", "holds inf"),
    "wrong shape": (
        given(GOOD[:5, :5]),
        {},
        "layers.0.kernel_initializer",
        "needs (9, 9, 3, 16): height, width, channels, filters. With kernel_size 5 and filters 16",
    ),
    "too few numbers": (
        {"type": "given", "kernel": {**typed(GOOD), "bdata": "AAAAAA=="}},
        {},
        "layers.0.kernel_initializer.kernel",
        "3,888 numbers, and bdata holds 1",
    ),
    "too many numbers": (
        {"type": "given", "kernel": {"dtype": "f4", "shape": "9, 9, 999, 999", "bdata": ""}},
        {},
        "layers.0.kernel_initializer.kernel",
        "at most 65,536",
    ),
    "no base64": (
        {"type": "given", "kernel": {**typed(GOOD), "bdata": "§"}},
        {},
        "layers.0.kernel_initializer.kernel",
        "isn't base64",
    ),
    "no shape": (
        {"type": "given", "kernel": {**typed(GOOD), "shape": "many"}},
        {},
        "layers.0.kernel_initializer.kernel",
        "four lengths",
    ),
    "a bank on one pixel": (
        {"type": "bank", "name": "gabor"},
        {"kernel_size": 1},
        "layers.0.kernel_initializer",
        "there is no direction. Give the layer a kernel_size of 3 or more",
    ),
    "a run that was deleted": (
        {"type": "run", "run": "0123456789ab"},
        {},
        "layers.0.kernel_initializer.run",
        "perhaps it was deleted",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_kernel_that_cannot_be_is_told_with_the_way_out(asker: httpx.Client, name: str) -> None:
    start, more, field, sentence = BAD[name]
    for path in ("/api/runs", "/api/recipes/preview"):
        answer = asker.post(path, json=recipe(start, **more))
        assert answer.status_code == 422
        error = answer.json()["error"]
        assert (error["field"], sentence in error["message"]) == (field, True)


def frozen(*kinds: str) -> dict[str, Any]:
    """The preset with all its layers of these kinds frozen."""
    layers = [
        {**layer, "trainable": False} if layer["type"] in kinds else layer for layer in LAYERS
    ]
    return {"preset": "dead-leaves", "layers": layers}


@pytest.mark.parametrize(
    ("kinds", "field", "sentence"),
    [
        (("max_pool2d",), "layers.1.trainable", "leave it out. max_pool2d has pool_size, strides"),
        (("conv2d", "dense"), "layers", "leave trainable out of at least one layer"),
    ],
)
def test_what_cannot_be_frozen_is_told_with_the_way_out(
    asker: httpx.Client, kinds: tuple[str, ...], field: str, sentence: str
) -> None:
    for path in ("/api/runs", "/api/recipes/preview"):
        answer = asker.post(path, json=frozen(*kinds))
        error = answer.json()["error"]
        assert (answer.status_code, error["field"]) == (422, field)
        assert sentence in error["message"]


def test_a_run_that_was_deleted_is_no_beginning(server: RunningServer) -> None:
    run = trained(server, "glorot_uniform")
    assert server.client.delete(f"/api/runs/{run}").status_code == 204
    answer = server.client.post("/api/runs", json=recipe({"type": "run", "run": run}))
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "run_unknown")
    assert run in error["message"]
    assert "deleted" in error["message"]


def test_what_another_run_lacks_is_named(server: RunningServer) -> None:
    run = trained(server, "glorot_uniform")
    lacks = (({"step": 7}, "step"), ({"layer": "conv9"}, "layer"), ({"step": -1}, "step"))
    for lack, field in lacks:
        start = {"type": "run", "run": run, **lack}
        error = server.client.post("/api/runs", json=recipe(start)).json()["error"]
        assert error["field"] == f"layers.0.kernel_initializer.{field}"
