"""What lies between convolutions is answered for as well: normalisation, depthwise filters."""

import io
from pathlib import Path

import httpx
import numpy as np
import pytest

from app.web.answers.history import TypedArray
from tests.web.numbers import numbers
from tests.web.scripted import ScriptedServer
from tests.web.trained import train

LAYERS = [
    {"type": "conv2d", "filters": 4, "kernel_size": 5, "strides": 2, "activation": "relu"},
    {"type": "batch_normalization"},
    {"type": "depthwise_conv2d", "kernel_size": 3, "depth_multiplier": 2},
    {"type": "conv2d", "filters": 6, "kernel_size": 3},
    {"type": "batch_normalization"},
    {"type": "global_average_pool2d"},
    {"type": "dense", "units": 10},
]
SNAPSHOTS = "/api/runs/between/snapshots"


def _numbers(typed: dict[str, str]) -> np.ndarray:
    return numbers(TypedArray.model_validate(typed))


@pytest.fixture
def between(scripted: ScriptedServer, client: httpx.Client, cache_folder: Path) -> httpx.Client:
    """A client of a server with a short run of such layers."""
    train(scripted, cache_folder, "between", layers=LAYERS)
    return client


def test_every_question_about_such_a_network_is_answered(between: httpx.Client) -> None:
    assert between.get("/api/runs/between").json()["layers"] == ["conv1", "conv2"]
    unit = between.get(f"{SNAPSHOTS}/latest/filters/conv2/3").json()
    assert unit["receptive_field"]["size"] == 5 + 2 * 2 + 2 * 2
    assert _numbers(unit["expanded"]).shape == (13, 13, 1)
    assert unit["patches"]["activation"] == sorted(unit["patches"]["activation"], reverse=True)
    gradient = between.get(f"{SNAPSHOTS}/1/filters/conv2/3/gradient").json()
    assert np.abs(_numbers(gradient["gradient"])).max() > 0
    seen = between.post(f"{SNAPSHOTS}/latest/activations", json={"index": 7}).json()
    assert [layer["layer"] for layer in seen["layers"]] == ["conv1", "conv2"]
    assert abs(sum(seen["probabilities"]) - 1) < 1e-6
    place = {"index": 7, "layer": "conv2", "filter": 0, "row": 2, "column": 3}
    worked = between.post(f"{SNAPSHOTS}/latest/convolve", json=place).json()
    at_place = _numbers(seen["layers"][1]["maps"])[2, 3, 0]
    np.testing.assert_allclose(worked["output"], at_place, rtol=1e-4, atol=1e-5)


def test_all_their_weights_are_in_what_one_takes_away(between: httpx.Client) -> None:
    file = between.get(f"{SNAPSHOTS}/latest", params={"format": "npz"})
    with np.load(io.BytesIO(file.content)) as kept:
        assert kept["depthwise_conv1/kernel"].shape == (3, 3, 4, 2)
        for name in ("gamma", "beta", "moving_mean", "moving_variance"):
            assert kept[f"batch_normalization1/{name}"].shape == (4,)
