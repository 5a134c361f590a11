"""What one can start with, and the process that does the arithmetic for it."""

import asyncio
import base64
import os
import signal
from collections.abc import Iterator

import httpx
import numpy as np
import pytest

from app.recipe import PRESETS, Recipe
from app.vocabulary.datasets import DATASETS
from app.web.answers.datasets import Samples
from app.web.answers.presets import Preview
from app.web.aside import Aside, AsideFailed
from tests.web.scripted import ScriptedServer


def test_presets_are_whole_recipes_with_a_sentence(client: httpx.Client) -> None:
    presets = client.get("/api/presets").json()["presets"]
    assert [preset["name"] for preset in presets] == list(PRESETS)
    for preset in presets:
        recipe = Recipe.model_validate(preset["recipe"])
        assert preset["total_steps"] == recipe.total_steps
        assert preset["title"]
        assert preset["sentence"].endswith(".")


def test_data_sets_say_their_shape_classes_source_and_licence(client: httpx.Client) -> None:
    datasets = {each["name"]: each for each in client.get("/api/datasets").json()["datasets"]}
    assert datasets.keys() == DATASETS.keys()
    assert datasets["mnist"]["shape"] == [28, 28, 1]
    assert len(datasets["dead-leaves"]["class_names"]) == 10
    assert all(each["source"] and each["licence"] for each in datasets.values())


@pytest.mark.parametrize("name", list(DATASETS))
def test_samples_are_images_of_the_shape_that_was_said(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/api/datasets/{name}/samples", params={"start": 5, "count": 3})
    samples = Samples.model_validate(answer.json())
    height, width, channels = DATASETS[name].shape
    assert samples.images.shape == f"3, {height}, {width}, {channels}"
    assert len(base64.b64decode(samples.images.bdata)) == 3 * height * width * channels
    assert len(samples.labels) == 3
    beyond = client.get(f"/api/datasets/{name}/samples", params={"start": 1_000_000})
    assert beyond.json()["labels"] == []


def test_a_preview_shows_frame_0_and_keeps_nothing(client: httpx.Client) -> None:
    body = {"preset": "mnist-two-layers", "seed": 5}
    preview = Preview.model_validate(client.post("/api/recipes/preview", json=body).json())
    assert [layer.name for layer in preview.layers][:3] == ["conv1", "max_pool1", "conv2"]
    assert (preview.snapshot.step, preview.snapshot.layer) == (0, "conv1")
    assert preview.snapshot.kernel.shape == "7, 7, 1, 16"
    assert len(preview.snapshot.score or []) == 16
    assert preview.parameters == sum(layer.parameters for layer in preview.layers)
    assert client.get("/api/runs").json()["runs"] == []


def test_a_helper_that_died_is_a_503_and_the_next_request_gets_another(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    assert client.get("/api/datasets/mnist/samples").status_code == 200
    os.kill(scripted.app.state.services.aside._helper.process.pid, signal.SIGKILL)
    failed = client.get("/api/datasets/mnist/samples")
    assert failed.status_code == 503
    assert failed.json()["error"]["code"] == "helper_failed"
    assert client.get("/api/datasets/mnist/samples").status_code == 200


@pytest.fixture
def aside() -> Iterator[Aside]:
    helper = Aside()
    yield helper
    helper.close()


def test_the_aside_calls_functions_in_one_other_process(aside: Aside) -> None:
    pids = {asyncio.run(aside.run(os.getpid)) for _ in range(2)}
    assert len(pids) == 1
    assert pids != {os.getpid()}


def test_what_a_function_raises_comes_back(aside: Aside) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        asyncio.run(aside.run(int, "x"))
    assert asyncio.run(aside.run(int, "7")) == 7


def test_a_function_that_takes_the_process_down_is_told_from_one_that_raises(
    aside: Aside,
) -> None:
    with pytest.raises(AsideFailed):
        asyncio.run(aside.run(os._exit, 3))
    assert asyncio.run(aside.run(int, "7")) == 7


def test_samples_are_given_as_a_network_sees_them_too(client: httpx.Client) -> None:
    path = "/api/datasets/mnist/samples"
    asked = {"start": 3, "count": 2, "scaling": "unit"}
    told = Samples.model_validate(client.get(path, params=asked).json())
    assert told.inputs is not None
    images = np.frombuffer(base64.b64decode(told.images.bdata), "u1")
    inputs = np.frombuffer(base64.b64decode(told.inputs.bdata), "<f4")
    np.testing.assert_allclose(inputs, images / 255, rtol=1e-6)
    spoilt = client.get(path, params={**asked, "pixels": "shuffled", "seed": 1}).json()
    shuffled = np.frombuffer(base64.b64decode(spoilt["inputs"]["bdata"]), "<f4")
    assert not np.array_equal(shuffled, inputs)
    np.testing.assert_array_equal(np.sort(shuffled), np.sort(inputs))
    assert Samples.model_validate(client.get(path).json()).inputs is None
