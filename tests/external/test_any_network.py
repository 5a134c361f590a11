"""A network of layers of every kind, told by a program: each can be looked at and taken home."""

import io
import struct
from typing import Any

import httpx
import numpy as np
import pytest

from tests.external.program import packet, register, send

LAYERS: list[dict[str, Any]] = [
    {"title": "stem", "kind": "conv2d", "shape": [5, 5, 3, 8], "bias": True, "strides": [2, 1],
     "padding": [[2, 2], [1, 1]], "dilation": [1, 2], "activation": "relu"},
    {"title": "dw", "kind": "depthwise_conv2d", "shape": [3, 3, 8, 2], "bias": False},
    {"title": "up", "kind": "conv2d_transpose", "shape": [2, 2, 16, 4], "bias": False},
    {"title": "grouped", "kind": "conv2d", "shape": [3, 3, 2, 6], "groups": 2, "bias": False},
    {"title": "line", "kind": "conv1d", "shape": [5, 6, 4], "bias": False},
    {"title": "volume", "kind": "conv3d", "shape": [3, 3, 3, 1, 2], "bias": False},
    {"title": "head", "kind": "dense", "shape": [12, 5], "bias": False},
]  # fmt: skip
STEPS = (0, 1, 2, 5)
BROKEN_STEP = 5
FILTERS = {
    "conv1": 8,
    "depthwise_conv1": 16,
    "conv2": 6,
    "conv3": 4,
    "conv4": 2,
    "conv_transpose1": 4,
}


def kernel(step: int, index: int) -> Any:
    """Drawn by lecun_normal's variance, but whole; the first layer breaks at last."""
    shape = LAYERS[index]["shape"]
    generator = np.random.default_rng(index)
    start = generator.normal(0, np.prod(shape[:-1]) ** -0.5, shape)
    weights = (start + 0.05 * step * generator.normal(size=shape)).astype("<f4")
    if step == BROKEN_STEP and index == 0:
        weights[..., 3] = np.nan
    return weights


def batch(step: int) -> bytes:
    arrays = [kernel(step, index) for index in range(len(LAYERS))]
    listed = [[index, "kernel", list(array.shape)] for index, array in enumerate(arrays)]
    bias = np.full(8, 0.5, "<f4")
    item = {"kind": "snapshot", "step": step, "arrays": [*listed, [0, "bias", [8]]]}
    data = [array.tobytes() for array in (*arrays, bias)]
    losses = {"kind": "steps", "step": [step + 1], "values": {"loss": [1.0]}}
    return packet([item, losses], data)


@pytest.fixture(scope="module")
def client(client: httpx.Client) -> httpx.Client:
    """Of a server that was told of such a network."""
    answer = register(client, layers=LAYERS, begins="start")
    assert answer.status_code == 201, answer.text
    for number, step in enumerate(STEPS):
        told = send(client, 1 + 2 * number, batch(step))
        assert told.status_code == 200, told.text
        if step == BROKEN_STEP:
            (alert,) = (a for a in told.json()["alerts"] if a["code"] == "not_finite")
            assert (alert["layer"], alert["filters"]) == ("stem", [3])
    return client


@pytest.fixture(scope="module")
def run(client: httpx.Client) -> str:
    return f"/api/runs/{client.get('/api/runs').json()['runs'][0]['id']}"


@pytest.mark.parametrize("layer", FILTERS)
def test_each_layer_has_a_film_a_filter_and_a_start(
    client: httpx.Client, run: str, layer: str
) -> None:
    film = client.get(f"{run}/film", params={"layer": layer}).json()
    assert film["steps"] == list(STEPS)
    if layer == "conv1":
        assert [labels is None for labels in film["label"]] == [False, False, False, True]
        broken = client.get(f"{run}/snapshots/5/filters/conv1/0")
        assert broken.status_code == 422
    url = f"{run}/snapshots/2/filters/{layer}"
    told = client.get(f"{url}/{FILTERS[layer] - 1}").json()
    assert told["filters"] == FILTERS[layer]
    assert ("label" in told["story"]) == (layer in ("conv1", "depthwise_conv1"))
    assert told["story"]["change"] > 0
    assert client.get(f"{url}/{FILTERS[layer]}").status_code == 404
    start = client.get(f"{run}/start", params={"layer": layer}).json()
    assert start["fan_in"] > 0
    assert start["sentence"].startswith("This start fits")


@pytest.mark.parametrize("layer", FILTERS)
@pytest.mark.parametrize("form", ["gif", "png", "svg", "csv", "npz", "html"])
def test_each_layer_can_be_taken_home(
    client: httpx.Client, run: str, layer: str, form: str
) -> None:
    asked = {"format": form} | ({} if form == "html" else {"layer": layer})
    if form == "svg":
        asked["step"] = "2"
    answer = client.get(f"{run}/export", params=asked)
    is_unsaid = form == "csv" and layer != "conv1"
    assert answer.status_code == (422 if is_unsaid else 200), answer.text[:300]
    if form == "npz":
        with np.load(io.BytesIO(answer.content)) as arrays:
            assert len(arrays[f"{layer}/kernels"]) == len(STEPS)


def test_the_first_layer_answers_a_picture_with_what_the_program_told(
    client: httpx.Client, run: str
) -> None:
    image = np.random.default_rng(1).integers(0, 256, (9, 12, 3))
    asked = {"image": image.tolist(), "layer": "conv1", "filter": 1, "row": 2, "column": 3}
    told = client.post(f"{run}/snapshots/2/convolve", json=asked).json()
    wide = np.pad(image / 255, ((2, 2), (1, 1), (0, 0)))[4:9, 3:12:2]
    expected = float((wide * kernel(2, 0)[..., 1]).sum())
    assert told["sum"] == pytest.approx(expected, abs=1e-5)
    assert told["output"] == pytest.approx(max(0.0, expected + 0.5), abs=1e-5)
    assert (told["strides"], told["strides_across"], told["padding"]) == (2, 1, "explicit")
    assert told["dilation"] == [1, 2]
    refused = client.post(f"{run}/snapshots/2/convolve", json=asked | {"layer": "conv4"})
    assert refused.json()["error"]["code"] == "not_known"


def test_a_snapshot_says_how_every_layer_fares(client: httpx.Client, run: str) -> None:
    told = client.get(f"{run}/snapshots/1").json()
    health = {layer["layer"]: layer for layer in told["health"]}
    assert health.keys() == FILTERS.keys() | {"dense1"}
    assert all(layer["change"] > 0 for layer in health.values())


@pytest.mark.parametrize("loss", [[10**400], [1.0, 2.0], []])
def test_numbers_that_are_none_or_too_many_break_nothing(client: httpx.Client, loss: Any) -> None:
    key = "8f14e45f-ceea-4f7a-8a0a-7a5b1f5d2c12"
    register(client, key)
    item = {"kind": "steps", "step": [1], "values": {"loss": loss}}
    assert send(client, 1, packet([item]), key).status_code in (200, 422)


NETWORK: dict[str, Any] = {
    "input_shape": [9, 9, 1],
    "layers": [
        {"type": "conv2d", "filters": 2, "kernel_size": 3, "strides": 2, "activation": "relu"},
        {"type": "flatten"},
        {"type": "dense", "units": 3},
    ],
}
OF_NETWORK: list[dict[str, Any]] = [
    {"title": "a", "kind": "conv2d", "shape": [3, 3, 1, 2], "bias": False},
    {"title": "b", "kind": "flatten"},
    {"title": "c", "kind": "dense", "shape": [32, 3], "bias": False},
]


def test_a_network_of_known_layers_is_kept_whole_and_answers_a_picture(
    client: httpx.Client,
) -> None:
    key = "8f14e45f-ceea-4f7a-8a0a-7a5b1f5d2c14"
    answer = register(client, key, layers=OF_NETWORK, network=NETWORK)
    assert answer.status_code == 201, answer.text
    drawn = np.random.default_rng(5)
    kernels = [drawn.normal(0, 0.3, shape).astype("<f4") for shape in ((3, 3, 1, 2), (32, 3))]
    arrays = [
        [at, "kernel", list(kernel.shape)] for at, kernel in zip((0, 2), kernels, strict=True)
    ]
    item = {"kind": "snapshot", "step": 0, "arrays": arrays}
    body = packet([item], [kernel.tobytes() for kernel in kernels])
    assert send(client, 1, body, key).status_code == 200
    run = client.get(f"/api/runs/{answer.json()['id']}").json()
    assert run["can"]["look"] == "network"
    assert [layer["type"] for layer in run["described"]["network"]["layers"]] == [
        layer["type"] for layer in NETWORK["layers"]
    ]
    image = drawn.integers(0, 256, (9, 9, 1))
    asked = {"image": image.tolist(), "scaling": "symmetric"}
    url = f"/api/runs/{run['id']}/snapshots/0"
    told = client.post(f"{url}/activations", json=asked).json()
    scaled = image / 127.5 - 1
    maps = np.array(
        [
            [
                [(scaled[r : r + 3, c : c + 3] * kernels[0][..., f]).sum() for f in (0, 1)]
                for c in range(0, 7, 2)
            ]
            for r in range(0, 7, 2)
        ]
    ).clip(0)
    assert told["probabilities"] is None
    assert "isn't known here" in told["reason"]
    assert told["logits"] == pytest.approx((maps.ravel() @ kernels[1]).tolist(), abs=1e-4)


def test_kernels_of_another_shape_than_the_first_are_refused(client: httpx.Client) -> None:
    key = "8f14e45f-ceea-4f7a-8a0a-7a5b1f5d2c13"
    register(client, key, layers=[{"title": "lazy", "kind": "conv2d", "shape": None}])

    def sent(number: int, shape: list[int]) -> int:
        item = {"kind": "snapshot", "step": number, "arrays": [[0, "kernel", shape]]}
        data = struct.pack(f"<{np.prod(shape)}f", *range(int(np.prod(shape))))
        return send(client, number, packet([item], [data]), key).status_code

    assert [sent(1, [3, 3, 1, 2]), sent(2, [3, 3, 1, 4]), sent(2, [3, 3, 1, 2])] == [200, 422, 200]
