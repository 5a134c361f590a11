"""Images shown to a trained network: feature maps, probabilities, and single outputs."""

import base64
import io
import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import AsyncMock

import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.datasets import load
from app.training.build import build_network
from app.web import activations, collection
from app.web.answers.images import ActivationsAnswer, HandAnswer, PlaceAnswer
from app.web.numeric import Question, TooLarge
from tests.web.numbers import numbers, typed
from tests.web.scripted import ScriptedServer
from tests.web.trained import recipe_of, train

LATEST = "/api/runs/run/snapshots/latest"
DESK = "desk-0001"
PHONES = [f"phone-{number:012}" for number in range(9)]
PNG = {"Content-Type": "image/png"}


@pytest.fixture(scope="module")
def digit(trained: ScriptedServer) -> np.ndarray:
    dataset = load("mnist", cache_folder=trained.app.state.settings.cache_folder)
    return dataset.sample("test", 7, 1)[0][0]


def _png(pixels: np.ndarray, mode: str = "L") -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels.squeeze()).convert(mode).save(content, "PNG")
    return content.getvalue()


def _seen(client: httpx.Client, body: Any, path: str = LATEST) -> ActivationsAnswer:
    answer = client.post(f"{path}/activations", json=body)
    assert answer.status_code == 200, answer.text
    return ActivationsAnswer.model_validate(answer.json())


def test_probabilities_are_the_networks_own(trained: ScriptedServer, asker: httpx.Client) -> None:
    seen = _seen(asker, {"index": 7})
    snapshot = trained.store.snapshot("run", 2)
    assert snapshot is not None
    network = build_network(recipe_of({}), batch_size=1)
    network.load_weights(
        {a.name: np.frombuffer(a.data, "<f4").reshape(a.shape) for a in snapshot.arrays.values()}
    )
    dataset = load("mnist", cache_folder=trained.app.state.settings.cache_folder)
    images, labels = dataset.test(7, 8)
    odds = np.exp(network.predict(images)[0].astype(float))
    assert seen.probabilities == pytest.approx(odds / odds.sum(), rel=1e-4)
    assert (seen.label, seen.reason) == (labels[0], None)
    assert len(seen.class_names) == 10


def test_each_conv_layer_has_its_feature_maps(asker: httpx.Client) -> None:
    layers = _seen(asker, {"index": 0, "split": "train"}).layers
    assert [each.layer for each in layers] == ["conv1", "conv2"]
    assert [numbers(each.maps).shape for each in layers] == [(11, 11, 16), (3, 3, 64)]
    assert all((numbers(each.maps) >= 0).all() for each in layers)


def test_who_asks_often_may_leave_the_feature_maps_away(asker: httpx.Client) -> None:
    short = asker.post(f"{LATEST}/activations?maps=0", json={"index": 7}).json()
    assert short["layers"] == []
    assert not {"image", "input"} & set(short), "a large image leaves no room for others"
    assert short["probabilities"] == _seen(asker, {"index": 7}).probabilities


def test_who_draws_in_company_is_answered_as_who_draws_alone(
    trained: ScriptedServer, asker: httpx.Client, digit: np.ndarray
) -> None:
    drawings = [np.roll(digit, shift, axis=1).tolist() for shift in range(24)]
    path = f"{LATEST}/activations?maps=0"
    alone = [asker.post(path, json={"image": drawing}).json() for drawing in drawings]

    def asked(drawing: Any) -> Any:
        with trained.client() as phone:
            return _until_there_is_room(phone, path, {"image": drawing})

    with ThreadPoolExecutor(12) as together:
        assert list(together.map(asked, drawings)) == alone


def _until_there_is_room(phone: httpx.Client, path: str, body: Any) -> Any:
    while (answer := phone.post(path, json=body)).status_code == 503:
        assert answer.headers["retry-after"]
    return answer.json()


def test_an_answer_too_large_for_company_is_given_alone(
    trained: ScriptedServer, asker: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, body = f"{LATEST}/activations?maps=0", {"index": 7}
    before = asker.post(path, json=body).json()
    refused = AsyncMock(side_effect=TooLarge())
    monkeypatch.setattr(trained.app.state.services.drawing_line, "answer", refused)
    assert asker.post(path, json=body).json() == before
    assert refused.await_count == 1


def test_drawings_are_given_the_time_that_their_question_may_take(
    trained: ScriptedServer, asker: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = AsyncMock(return_value=[b'{"label":7}'])
    monkeypatch.setattr(trained.app.state.services.aside, "run", run)
    monkeypatch.setattr(activations, "drawn", Question("inspection.drawn", "drawn_of", 17.0))
    assert asker.post(f"{LATEST}/activations?maps=0", json={"index": 7}).json() == {"label": 7}
    assert run.await_args is not None
    assert run.await_args.kwargs["patience_seconds"] == 17


def test_the_input_is_the_image_as_the_network_sees_it(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    seen = _seen(asker, {"index": 7})
    cache_folder = trained.app.state.settings.cache_folder
    images, _ = load("mnist", cache_folder=cache_folder).test(7, 8)
    np.testing.assert_array_equal(numbers(seen.input), images[0])
    pixels = load("mnist", cache_folder=cache_folder).sample("test", 7, 1)[0][0]
    np.testing.assert_array_equal(numbers(seen.image), pixels)


def test_an_image_sent_in_any_form_is_seen_as_the_data_sets_own(
    asker: httpx.Client, digit: np.ndarray
) -> None:
    expected = _seen(asker, {"index": 7}).model_dump(exclude={"label"})
    bodies = [
        {"image": digit.tolist()},
        {"image": digit[..., 0].tolist()},
        {"image": typed(digit, "u1")},
        {"image": typed(digit, "f4")},
        {"png": base64.b64encode(_png(digit)).decode()},
        {"png": base64.b64encode(_png(digit, "RGBA")).decode()},
    ]
    for body in bodies:
        assert _seen(asker, body).model_dump(exclude={"label"}) == expected
    raw = asker.post(f"{LATEST}/activations", content=_png(digit), headers=PNG)
    assert ActivationsAnswer.model_validate(raw.json()).model_dump(exclude={"label"}) == expected


def test_a_network_whose_weights_were_not_all_kept_gives_maps_and_a_reason(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    layers = [
        {"type": "conv2d", "filters": 8, "kernel_size": 7, "strides": 2},
        {"type": "flatten"},
        {"type": "dense", "units": 128},
        {"type": "dense", "units": 10},
    ]
    train(trained, trained.app.state.settings.cache_folder, "large", layers=layers)
    within, last = (
        _seen(asker, {"index": 0}, f"/api/runs/large/snapshots/{step}") for step in (1, 2)
    )
    assert within.probabilities is None
    assert within.reason is not None
    assert "dense1" in within.reason
    assert numbers(within.layers[0].maps).shape == (11, 11, 8)
    assert last.reason is None
    assert sum(last.probabilities or []) == pytest.approx(1)


def test_a_network_that_names_nothing_gives_what_its_filters_answer_and_no_names(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    cache_folder = trained.app.state.settings.cache_folder
    recipe = train(trained, cache_folder, "unnamed", preset="sparse-code")
    seen = _seen(asker, {"index": 3}, "/api/runs/unnamed/snapshots/latest")
    assert (seen.label, seen.class_names, seen.probabilities) == (None, [], None)
    assert "learns without labels" in (seen.reason or "")
    snapshot = trained.store.snapshot("unnamed", 2)
    assert snapshot is not None
    stored = snapshot.arrays["conv1/kernel"]
    filters = np.frombuffer(stored.data, "<f4").reshape(stored.shape)
    images, _ = load("gray-leaves", scaling=recipe.scaling, cache_folder=cache_folder).test(3, 4)
    maps = numbers(seen.layers[0].maps)
    assert maps.shape == (24, 24, 32)
    window = images[0, 5:14, 7:16]
    expected = np.tensordot(window, filters, axes=3)
    np.testing.assert_allclose(maps[5, 7], expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("override", [{}, {"flip": True}, {"padding": "same", "strides": 1}])
@pytest.mark.parametrize("layer", ["conv1", "conv2"])
def test_a_place_holds_all_that_its_number_is_made_of(
    asker: httpx.Client, layer: str, override: dict[str, Any]
) -> None:
    body = {"index": 7, "layer": layer, "filter": 9, "row": 1, "column": 2, **override}
    place = PlaceAnswer.model_validate(asker.post(f"{LATEST}/convolve", json=body).json())
    patch, kernel, products = map(np.array, (place.patch, place.kernel, place.products))
    np.testing.assert_allclose(products, patch * kernel)
    assert place.sum == pytest.approx(products.sum())
    assert place.output == pytest.approx(max(place.sum + place.bias, 0))
    if not override:
        maps = {each.layer: numbers(each.maps) for each in _seen(asker, {"index": 7}).layers}
        assert place.output == pytest.approx(maps[layer][1, 2, 9], rel=1e-4, abs=1e-6)
        assert place.output_shape == list(maps[layer].shape[:2])


def test_the_textbooks_example_is_worked_out(asker: httpx.Client) -> None:
    image = [[1, 2, 3, 0, 1], [0, 1, 2, 3, 1], [1, 0, 1, 2, 0], [2, 1, 0, 1, 2], [0, 1, 2, 1, 0]]
    kernel = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    body = {"image": image, "kernel": kernel, "row": 0, "column": 2, "bias": 0.5}
    told = HandAnswer.model_validate(asker.post("/api/convolve", json=body).json())
    assert told.sums == [[-6, -4, 5], [0, -6, 1], [2, -2, -1]]
    assert (told.sum, told.output, told.output_shape) == (5, 5.5, [3, 3])
    flipped = asker.post("/api/convolve", json=body | {"flip": True}).json()
    assert flipped["sums"] == [[6, 4, -5], [0, 6, -1], [-2, 2, 1]]
    same = asker.post("/api/convolve", json=body | {"padding": "same"}).json()
    assert (same["output_shape"], same["top"], same["left"]) == ([5, 5], -1, 1)


BAD_IMAGES = [
    {},
    {"index": 1, "png": ""},
    {"index": -1},
    {"index": 1.5},
    {"index": 10_000},
    {"index": 2**31},
    {"index": 0, "split": "validation"},
    {"image": []},
    {"image": [[1, 2], [3]]},
    {"image": [["1"] * 28] * 28},
    {"image": [[True] * 28] * 28},
    {"image": [[None] * 28] * 28},
    {"image": [[256] * 28] * 28},
    {"image": [[-1] * 28] * 28},
    {"image": [[10**400] * 28] * 28},
    {"image": "x"},
    {"image": 7},
    {"image": {"dtype": "u1"}},
    {"image": {"dtype": "u1", "shape": "28, 28", "bdata": "AAAA"}},
    {"image": {"dtype": "u1", "shape": "28, 28", "bdata": "?"}},
    {"image": {"dtype": "O", "shape": "1", "bdata": "AA=="}},
    {"image": {"dtype": "u1", "shape": "-1", "bdata": "AA=="}},
    {"image": {"dtype": "u1", "shape": "0, 28", "bdata": ""}},
    {"image": {"dtype": 1, "shape": [1], "bdata": None}},
    {"png": "!"},
    {"png": ""},
    {"png": base64.b64encode(b"GIF89a").decode()},
    {"png": base64.b64encode(_png(np.zeros((27, 28), np.uint8))).decode()},
    {"png": base64.b64encode(_png(np.zeros((28, 28), np.uint8))[:50]).decode()},
    {"index": 0, "frob": 1},
]


@pytest.mark.parametrize("body", BAD_IMAGES, ids=range(len(BAD_IMAGES)))
def test_what_is_no_image_for_this_network_is_refused(asker: httpx.Client, body: Any) -> None:
    answer = asker.post(f"{LATEST}/activations", json=body)
    assert answer.status_code == 422, answer.text[:300]
    error = answer.json()["error"]
    assert error["code"] == "invalid"
    assert error["message"].endswith(".")


def test_numbers_that_are_none_are_refused(asker: httpx.Client) -> None:
    for word in ("NaN", "Infinity", "1e999"):
        row = f"[{','.join([word] * 28)}]"
        content = f'{{"image": [{",".join([row] * 28)}]}}'
        headers = {"Content-Type": "application/json"}
        answer = asker.post(f"{LATEST}/activations", content=content, headers=headers)
        assert answer.status_code == 422


def test_a_png_that_claims_to_be_huge_is_never_unpacked(asker: httpx.Client) -> None:
    png = bytearray(_png(np.zeros((28, 28), np.uint8)))
    png[16:24] = (60_000).to_bytes(4, "big") * 2
    png[29:33] = zlib.crc32(png[12:29]).to_bytes(4, "big")
    answer = asker.post(f"{LATEST}/activations", content=bytes(png), headers=PNG)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"layer": "conv3"}, 404, "layer"),
        ({"layer": "dense1"}, 404, "layer"),
        ({"filter": 16}, 422, "filter"),
        ({"row": 11}, 422, "row"),
        ({"column": 11}, 422, "column"),
        ({"row": -1}, 422, "row"),
        ({"strides": 0}, 422, "strides"),
        ({"strides": 33}, 422, "strides"),
        ({"padding": "full"}, 422, "padding"),
        ({"flip": 1}, 422, "flip"),
        ({"index": None}, 422, "index"),
    ],
)
def test_a_place_that_is_not_there_is_refused_by_field(
    asker: httpx.Client, change: dict[str, Any], status: int, field: str
) -> None:
    answer = asker.post(f"{LATEST}/convolve", json={"index": 7, **change})
    assert (answer.status_code, answer.json()["error"]["field"]) == (status, field)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)
_MATRICES = st.lists(st.lists(st.floats(-2, 2) | st.integers(-9, 9), max_size=4), max_size=4)
_ODDITIES = ("index", "split", "png", "row", "column", "padding", "strides", "flip", "layer")
_FIELDS = dict.fromkeys(_ODDITIES, _JSON) | dict.fromkeys(
    ("image", "kernel", "bias", "activation"), _MATRICES | _JSON
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=st.fixed_dictionaries({}, optional=_FIELDS),
    path=st.sampled_from([f"{LATEST}/activations", f"{LATEST}/convolve", "/api/convolve"]),
)
def test_no_question_whatever_makes_the_server_fail(
    asker: httpx.Client, body: dict[str, Any], path: str
) -> None:

    content = json.dumps(body).encode()
    answer = asker.post(path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 404, 422), answer.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(image=_MATRICES, kernel=_MATRICES, padding=st.sampled_from(["valid", "same"]))
def test_any_matrices_are_worked_out_or_refused(
    asker: httpx.Client, image: list[Any], kernel: list[Any], padding: str
) -> None:
    body = {"image": image, "kernel": kernel, "padding": padding}
    answer = asker.post("/api/convolve", json=body)
    if answer.status_code != 422:
        told = HandAnswer.model_validate(answer.json())
        assert told.sums[0][0] == pytest.approx(told.sum, abs=1e-9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.integers(0, 400), flips=st.lists(st.integers(0, 400), max_size=5))
def test_no_damage_to_a_png_makes_the_server_fail(
    asker: httpx.Client, digit: np.ndarray, cut: int, flips: list[int]
) -> None:
    png = bytearray(_png(digit))
    for place in flips:
        png[place % len(png)] ^= 0x55
    content = bytes(png[: len(png) - cut % 100])
    answer = asker.post(f"{LATEST}/activations", content=content, headers=PNG)
    assert answer.status_code in (200, 422), answer.text


def _collecting(client: httpx.Client) -> dict[str, Any]:
    """Who leads at `run` begins to collect drawings anew."""
    client.put("/api/teaching", json={"leader": DESK, "run": "run", "begins": True})
    client.delete(f"/api/teaching/drawings?leader={DESK}")
    opened: dict[str, Any] = client.put("/api/teaching/drawings", json={"leader": DESK}).json()
    return opened


def _code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_drawings_are_named_by_the_network_and_collected_until_the_teacher_closes(
    asker: httpx.Client,
) -> None:
    opened = _collecting(asker)
    assert (opened["is_open"], opened["shape"], opened["count"]) == (True, [28, 28, 1], 0)
    image = [[255 if 12 < column < 16 else 0 for column in range(28)] for _ in range(28)]

    def send(phone: str, picture: Any = image, of: str = opened["id"]) -> httpx.Response:
        return asker.put(f"/api/teaching/drawings/{phone}", json={"drawings": of, "image": picture})

    named = send(PHONES[0]).json()
    seen = asker.post("/api/runs/run/snapshots/latest/activations", json={"image": image}).json()[
        "probabilities"
    ]
    assert named["probability"] == pytest.approx(max(seen))
    assert named["class_index"] == seen.index(max(seen))
    assert named["name"] == opened["class_names"][named["class_index"]]
    send(PHONES[1])
    listed = asker.get(f"/api/teaching/drawings?leader={DESK}").json()
    assert [one["number"] for one in listed["items"]] == [1, 2]
    assert listed["items"][0]["pixels"].items() >= {"dtype": "u1", "shape": "28, 28, 1"}.items()
    assert send(PHONES[2], [[0, 0], [0, 0]]).status_code == 422
    assert _code(send(PHONES[2], of="another")) == (404, "drawings_unknown")
    took = asker.delete(f"/api/teaching/drawings?leader={DESK}&number=1")
    assert took.status_code == 204
    assert asker.get("/api/teaching").json()["drawings"]["count"] == 1
    asker.put("/api/teaching/drawings", json={"leader": DESK, "is_open": False})
    assert _code(send(PHONES[3])) == (409, "drawings_closed")
    assert asker.delete(f"/api/teaching/drawings?leader={DESK}").status_code == 204
    assert asker.get(f"/api/teaching/drawings?leader={DESK}").json()["items"] == []


def test_drawings_are_bounded_and_so_is_how_often_a_phone_sends_one(
    asker: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = _collecting(asker)
    body = {"drawings": opened["id"], "image": [[0] * 28] * 28}
    sent = [asker.put(f"/api/teaching/drawings/{PHONES[5]}", json=body) for _ in range(3)]
    assert [answer.status_code for answer in sent] == [200, 200, 429]
    monkeypatch.setattr(collection, "MOST_DRAWINGS", 1)
    full = asker.put(f"/api/teaching/drawings/{PHONES[6]}", json=body)
    assert _code(full) == (429, "too_fast")
    assert "retry-after" in full.headers
