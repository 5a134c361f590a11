"""A whole network at a step: every layer's maps of an image, and which maps feed which."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import numpy as np
import pytest

from app.web.answers.images import ActivationsAnswer
from app.web.answers.network import NetworkAnswer, NetworkLayer
from tests.external.guest import new_guest, told
from tests.web.numbers import numbers
from tests.web.scripted import ScriptedServer
from tests.web.trained import train

_EVERY_KIND = [
    {"type": "conv2d", "filters": 4, "kernel_size": 7, "strides": 2, "activation": "relu"},
    {"type": "batch_normalization"},
    {"type": "depthwise_conv2d", "kernel_size": 3, "depth_multiplier": 2},
    {"type": "average_pool2d", "pool_size": 2},
    {"type": "conv2d", "filters": 80, "kernel_size": 1, "activation": "tanh", "trainable": False},
    {"type": "max_pool2d", "pool_size": 2},
    {"type": "dropout", "rate": 0.5},
    {"type": "flatten"},
    {"type": "dense", "units": 130, "activation": "relu"},
    {"type": "dense", "units": 10},
]


def _seen(client: httpx.Client, run: str = "run", step: object = "latest", **query: Any) -> Any:
    answer = client.get(f"/api/runs/{run}/snapshots/{step}/network", params=query)
    assert answer.status_code == 200, answer.text
    return NetworkAnswer.model_validate(answer.json())


def _weights(server: ScriptedServer, run: str) -> dict[str, np.ndarray]:
    snapshot = server.store.snapshot(run, 2)
    assert snapshot is not None
    arrays = snapshot.arrays.values()
    return {each.name: np.frombuffer(each.data, "<f4").reshape(each.shape) for each in arrays}


def _named(seen: NetworkAnswer) -> dict[str, NetworkLayer]:
    return {layer.name: layer for layer in seen.layers}


@pytest.fixture(scope="module")
def every_kind(trained: ScriptedServer) -> str:
    cache_folder = trained.app.state.settings.cache_folder
    train(trained, cache_folder, "kinds", layers=_EVERY_KIND)
    return "kinds"


def test_maps_are_what_activations_tells_in_bytes(asker: httpx.Client) -> None:
    answer = asker.post("/api/runs/run/snapshots/2/activations", json={"index": 7})
    exact = ActivationsAnswer.model_validate(answer.json())
    seen = _seen(asker, index=7)
    layers = _named(seen)
    for told_layer in exact.layers:
        layer, maps = layers[told_layer.layer], numbers(told_layer.maps)
        assert layer.maps is not None
        assert not layer.signed
        shares = numbers(layer.maps) / 255 * layer.limit
        np.testing.assert_allclose(shares, np.minimum(maps, layer.limit), atol=layer.limit / 250)
        assert 0.99 < np.mean(maps <= layer.limit * 1.001) < 1
    assert seen.probabilities == pytest.approx(exact.probabilities)
    assert (seen.label, seen.step) == (exact.label, 2)
    np.testing.assert_array_equal(numbers(seen.image), numbers(exact.image))


def test_every_kind_of_layer_says_what_it_makes_and_what_it_learns(
    asker: httpx.Client, every_kind: str
) -> None:
    seen = _seen(asker, every_kind)
    told_layers = [
        (layer.name, layer.output_shape, layer.parameters, layer.trainable_parameters)
        for layer in seen.layers
    ]
    assert told_layers == [
        ("conv1", [11, 11, 4], 200, 200),
        ("batch_normalization1", [11, 11, 4], 8, 8),
        ("depthwise_conv1", [9, 9, 8], 80, 80),
        ("average_pool1", [4, 4, 8], 0, 0),
        ("conv2", [4, 4, 80], 720, 0),
        ("max_pool1", [2, 2, 80], 0, 0),
        ("dropout1", [2, 2, 80], 0, 0),
        ("flatten1", [320], 0, 0),
        ("dense1", [130], 41730, 41730),
        ("dense2", [10], 1310, 1310),
    ]
    shapes = [layer.maps and numbers(layer.maps).shape for layer in seen.layers]
    assert shapes[4] == (4, 4, 64)  # the first of 80
    assert shapes[6:] == [None, None, (128,), (10,)]
    signs = [layer.signed for layer in seen.layers]
    assert signs == [False, True, True, True, True, True, True, True, False, True]


def test_links_are_the_strongest_slices_of_the_next_kernel(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    links = _named(_seen(asker))["max_pool1"].links
    assert links is not None
    assert links.to == "conv2"
    kernel = _weights(trained, "run")["conv2/kernel"].astype(float)
    outward, inward = numbers(links.outward), numbers(links.inward)
    assert (outward.shape, inward.shape) == ((16, 5, 3), (64, 5, 3))
    for channel in range(16):
        lengths = np.sqrt((kernel[:, :, channel] ** 2).sum(axis=(0, 1)))
        strongest = np.argsort(-lengths)[:5]
        np.testing.assert_array_equal(outward[channel, :, 0], strongest)
        np.testing.assert_allclose(outward[channel, :, 1], lengths[strongest], rtol=1e-5)
        sums = kernel[:, :, channel].sum(axis=(0, 1)) / np.abs(kernel[:, :, channel]).sum((0, 1))
        np.testing.assert_allclose(outward[channel, :, 2], sums[strongest], atol=1e-5)
    listened = np.sqrt((kernel[..., 9] ** 2).sum(axis=(0, 1)))
    np.testing.assert_array_equal(inward[9, :, 0], np.argsort(-listened)[:5])


def test_links_go_through_what_passes_maps_on_and_normalises_them(
    trained: ScriptedServer, asker: httpx.Client, every_kind: str
) -> None:
    layers, weights = _named(_seen(asker, every_kind)), _weights(trained, every_kind)
    first = layers["conv1"].links
    assert first is not None
    assert first.to == "depthwise_conv1"
    depthwise = weights["depthwise_conv1/kernel"].astype(float)
    variance = weights["batch_normalization1/moving_variance"].astype(float)
    factor = weights["batch_normalization1/gamma"] / np.sqrt(variance + 0.001)
    lengths = np.sqrt((depthwise**2).sum(axis=(0, 1))) * np.abs(factor)[:, None]
    for channel, links in enumerate(numbers(first.outward)):
        own = {2 * channel, 2 * channel + 1}
        assert {int(index) for index, length, _ in links if length} == own
        np.testing.assert_allclose(links[:2, 1], np.sort(lengths[channel])[::-1], rtol=1e-4)
    later = layers["conv2"].links
    assert later is not None
    assert later.to == "dense1"
    dense = weights["dense1/kernel"].reshape(4, 80, 130).astype(float)
    slices = np.sqrt((dense[:, 5] ** 2).sum(axis=0))
    np.testing.assert_array_equal(numbers(later.outward)[5, :, 0], np.argsort(-slices)[:5])


def test_a_network_that_names_nothing_has_maps_and_no_answers(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    recipe = {"preset": "sparse-code", "steps": 2, "batch_size": 32}
    train(trained, trained.app.state.settings.cache_folder, "sparse", **recipe)
    seen = _seen(asker, "sparse")
    [layer] = seen.layers
    assert (layer.parameters, layer.signed, layer.links) == (2592, True, None)
    assert layer.maps is not None
    assert numbers(layer.maps).shape == (24, 24, 32)
    assert (seen.probabilities, seen.class_names) == (None, [])
    assert seen.reason is not None


def test_weights_that_were_not_kept_leave_their_layers_without_maps(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    layers = [
        {"type": "conv2d", "filters": 8, "kernel_size": 7, "strides": 2},
        {"type": "flatten"},
        {"type": "dense", "units": 128},
        {"type": "dense", "units": 10},
    ]
    train(trained, trained.app.state.settings.cache_folder, "large", layers=layers)
    within = _seen(asker, "large", 1)
    assert [layer.maps is None for layer in within.layers] == [False, True, True, True]
    assert within.layers[0].links is None
    assert within.reason is not None
    assert "dense1" in within.reason
    assert _seen(asker, "large", 2).probabilities is not None


@pytest.mark.parametrize(
    ("path", "status", "field", "limit"),
    [
        ("run/snapshots/latest/network?index=10000", 422, "index", 9999),
        ("run/snapshots/latest/network?index=-1", 422, "index", None),
        ("run/snapshots/latest/network?index=x", 422, "index", None),
        ("run/snapshots/latest/network?split=both", 422, "split", None),
        ("run/snapshots/one/network", 422, "step", None),
        ("run/snapshots/7/network", 404, "step", 2),
        ("nobody/snapshots/latest/network", 404, "run_id", None),
    ],
)
def test_what_cannot_be_answered_says_what_would_be(
    asker: httpx.Client, path: str, status: int, field: str, limit: int | None
) -> None:
    answer = asker.get(f"/api/runs/{path}")
    error = answer.json()["error"]
    assert (answer.status_code, error["field"]) == (status, field)
    if limit is not None:
        assert error["limit"] == limit


def test_a_guest_whose_layers_nobody_knows_cannot_be_asked(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    guest = new_guest()
    scripted.store.create_run(guest).result()
    for part in told(guest, scripted.app.state.settings.cache_folder):
        scripted.tell(guest.id, *part)
    answer = client.get(f"/api/runs/{guest.id}/snapshots/latest/network")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_known")


def test_a_class_that_asks_for_the_same_has_it_worked_out_once(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    with trained.counted_work() as calls, ThreadPoolExecutor(12) as crowd:
        path = "/api/runs/run/snapshots/1/network?index=41"
        answers = list(crowd.map(lambda _: asker.get(path), range(36)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(calls) == 1


def test_an_answer_is_kept_where_its_step_is_named_and_asked_for_again_where_not(
    asker: httpx.Client,
) -> None:
    named = asker.get("/api/runs/run/snapshots/1/network")
    latest = asker.get("/api/runs/run/snapshots/latest/network")
    assert "immutable" in named.headers["cache-control"]
    assert latest.headers["cache-control"] == "private, no-cache"
    tag = {"If-None-Match": latest.headers["etag"]}
    again = asker.get("/api/runs/run/snapshots/latest/network", headers=tag)
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_a_few_kilobytes_and_compressed_only_for_who_understands_that(
    asker: httpx.Client,
) -> None:
    path = "/api/runs/run/snapshots/1/network"
    packed = asker.get(path)
    plain = asker.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < 16_000
    assert len(gzip.compress(plain.content, 6, mtime=0)) < 16_000
