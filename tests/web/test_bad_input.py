"""Whatever a request holds, the answer is a sentence in the one envelope, never a failure."""

import json
import socket
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.samples import RECIPE
from tests.web.scripted import ScriptedServer

JSON = {"Content-Type": "application/json"}


def _recipe(**changes: Any) -> dict[str, Any]:
    return RECIPE.model_dump(exclude_none=True) | changes


def _layers(**changes: Any) -> list[dict[str, Any]]:
    first, *others = _recipe()["layers"]
    return [first | changes, *others]


def _refused(answer: httpx.Response, *statuses: int) -> dict[str, Any]:
    assert answer.status_code in statuses, answer.text
    body = answer.json()
    assert body.keys() == {"error"}
    error: dict[str, Any] = body["error"]
    assert error.keys() == {"code", "message", "field", "limit"}
    assert error["message"].endswith(".")
    assert len(answer.content) < 2000
    return error


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_json"),
        (b"  ", "bad_json"),
        (b"{", "bad_json"),
        (b'{"preset": "mnist-strokes",}', "bad_json"),
        (b"\xff\xfe{}", "bad_json"),
        (b'{"name": "\xc3"}', "bad_json"),
        (b"[" * 60_000, "bad_json"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "bad_json"),
        (b'{"seed": ' + b"9" * 5000 + b"}", "bad_json"),
        (b'{"preset": "mnist-strokes", "preset": "dead-leaves"}', "bad_json"),
        (b'{"preset": "mnist-strokes", "optimizer": {"rho": 1, "rho": 2}}', "bad_json"),
    ],
)
def test_what_cannot_be_read_as_json_is_a_400(client: httpx.Client, body: bytes, code: str) -> None:
    answer = client.post("/api/runs", content=body, headers=JSON)
    assert _refused(answer, 400)["code"] == code


@pytest.mark.parametrize("body", ["[]", "null", "7", '"dead-leaves"', "true"])
def test_json_that_is_no_object_is_a_422(client: httpx.Client, body: str) -> None:
    _refused(client.post("/api/runs", content=body, headers=JSON), 422)


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_that_is_not_declared_as_json_is_a_415(client: httpx.Client, kind: str) -> None:
    answer = client.post("/api/runs", content=b"{}", headers={"Content-Type": kind})
    assert _refused(answer, 415)["code"] == "not_json"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"preset": "mnist-strokes", "seed": NaN}', "seed"),
        ('{"preset": "mnist-strokes", "seed": 1e999}', "seed"),
        ('{"preset": "mnist-strokes", "steps": -Infinity}', "steps"),
        (f'{{"preset": "mnist-strokes", "seed": 1{"0" * 400}}}', "seed"),
        (
            f'{{"preset": "mnist-strokes", "optimizer": {{"learning_rate": 1{"0" * 400}}}}}',
            "optimizer.learning_rate",
        ),
        (
            '{"preset": "mnist-strokes", "optimizer": {"momentum": NaN}}',
            "optimizer.momentum",
        ),
        ('{"preset": "mnist-strokes", "name": "\\ud800"}', "name"),
        ('{"preset": "\\udfff"}', "preset"),
        ('{"preset": "mnist-strokes", "optimizer": {"\\ud800": 1}}', "optimizer"),
        ('{"preset": "mnist-strokes", "\\ud83d": 1}', None),
        ('{"preset": "mnist-strokes", "name": "a\\u0000b"}', "name"),
        ('{"preset": ["mnist-strokes"]}', "preset"),
        ('{"preset": {"a": 1}}', "preset"),
        ('{"preset": null}', "preset"),
    ],
)
def test_values_that_json_can_say_but_nothing_can_mean_are_refused_by_field(
    client: httpx.Client, text: str, field: str | None
) -> None:
    answer = client.post("/api/runs", content=text, headers=JSON)
    assert _refused(answer, 422)["field"] == field


@pytest.mark.parametrize(
    ("recipe", "field", "limit"),
    [
        (_recipe(layers=_layers(kernel_size=29)), "layers.0.kernel_size", 11),
        (_recipe(layers=_layers(filters=0)), "layers.0.filters", 1),
        (_recipe(layers=_layers(filters=10**9)), "layers.0.filters", 1024),
        (_recipe(layers=_layers(strides=0)), "layers.0.strides", 1),
        (_recipe(layers=_layers(filters=None)), "layers.0.filters", None),
        (_recipe(layers=_layers(type="conv3d")), "layers.0", None),
        (_recipe(layers=[*_layers(), {"type": "dense", "units": 7}]), "layers.4.units", 10),
        (_recipe(layers=[{"type": "flatten"}] * 900), "layers", 32),
        (_recipe(layers={}), "layers", None),
        (_recipe(layers=_layers(dense=1)), "layers.0.dense", None),
        (_recipe(dataset="cifar"), "dataset", None),
        (_recipe(objective={"type": "sparse-code", "sparsity": -1}), "objective.sparsity", 0),
        (_recipe(objective={"type": "classify", "sparsity": 1}), "objective.sparsity", None),
        (_recipe(optimizer={"type": "adam"}), "optimizer.learning_rate", None),
        (_recipe(adam=1), "adam", None),
        (_recipe(epochs=1), "steps", None),
        (_recipe(surprise=1), "surprise", None),
        (_recipe(batch_size=2048), "batch_size", 1024),
        (_recipe(name=""), "name", 1),
        (_recipe(name="x" * 81), "name", 80),
        ({"preset": "sparse"}, "preset", None),
        ({}, "name", None),
    ],
)
def test_a_recipe_that_cannot_be_names_the_field_and_what_would_fit(
    client: httpx.Client, recipe: dict[str, Any], field: str, limit: float | None
) -> None:
    error = _refused(client.post("/api/runs", json=recipe), 422)
    assert (error["field"], error["limit"]) == (field, limit)
    assert client.post("/api/recipes/preview", json=recipe).json()["error"] == error


def test_a_recipe_too_large_says_so_by_its_code_before_anything_starts(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    layers = [
        {"type": "conv2d", "filters": 1024, "kernel_size": 11, "padding": "same"},
        {"type": "conv2d", "filters": 1024, "kernel_size": 11, "padding": "same"},
        {"type": "flatten"},
        {"type": "dense", "units": 10},
    ]
    error = _refused(client.post("/api/runs", json=_recipe(layers=layers)), 422)
    assert error["code"] == "recipe_too_large"
    assert error["limit"] is not None
    assert scripted.supervisor.started == []


def test_a_body_too_large_is_refused_whether_or_not_it_says_its_length(
    client: httpx.Client,
) -> None:
    pad = b'{"name": "' + b"x" * (1 << 20) + b'"}'
    said = client.post("/api/runs", content=pad, headers=JSON)
    assert _refused(said, 413)["limit"] == 1 << 20
    unsaid = client.post("/api/runs", content=iter([pad]), headers=JSON)
    assert _refused(unsaid, 413)["code"] == "body_too_large"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/nowhere", 404),
        ("GET", "/api/runs/", 404),
        ("POST", "/healthz", 405),
        ("PUT", "/api/runs/run", 405),
        ("BREW", "/api/runs", 405),
        ("GET", "/static/../app/main.py", 404),
        ("GET", "/static/%2e%2e/app/main.py", 404),
        ("GET", "/static/..%5capp%5cmain.py", 404),
        ("GET", "/static/", 404),
        ("GET", "/static/a%00b", 404),
        ("POST", "/static/docs/docs.js", 405),
        ("GET", f"/api/runs/{'x' * 5000}", 404),
        ("GET", "/api/runs/%ff%00%ed%a0%80", 404),
        ("GET", "/api/runs/' OR 1=1 --", 404),
        ("GET", "/api/datasets/cifar/samples", 404),
        ("GET", "/api/datasets/mnist/samples?count=257", 422),
        ("GET", "/api/datasets/mnist/samples?start=-1", 422),
        ("GET", "/api/datasets/mnist/samples?split=both", 422),
    ],
)
def test_every_wrong_address_is_answered_in_the_envelope(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    _refused(client.request(method, path), status)


def test_a_bug_is_answered_in_the_envelope_and_tells_nothing(
    scripted: ScriptedServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(scripted.store, "count_by_status", broken)
    answer = client.get("/healthz")
    assert _refused(answer, 500)["code"] == "internal"
    assert "swordfish" not in answer.text
    assert answer.headers["content-security-policy"]


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
_SPOILT = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(_recipe(), _ANYTHING),
        "preset": st.sampled_from(["mnist-strokes", "dead-leaves", "?"]),
        "layers": st.lists(
            st.fixed_dictionaries(
                {"type": st.sampled_from(["conv2d", "dense", "flatten", "max_pool2d", "?"])},
                optional={"filters": _ANYTHING, "kernel_size": _ANYTHING, "units": _ANYTHING},
            ),
            max_size=4,
        ),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=_ANYTHING | _SPOILT)
def test_no_json_whatever_makes_the_server_fail(body: Any, client: httpx.Client) -> None:
    answer = client.post("/api/runs", content=json.dumps(body), headers=JSON)
    if answer.status_code != 201:
        _refused(answer, 422)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=60))
def test_no_bytes_whatever_make_the_server_fail(body: bytes, client: httpx.Client) -> None:
    _refused(client.patch("/api/runs/none", content=body, headers=JSON), 400, 404, 422)


def test_half_a_request_holds_nobody_up(scripted: ScriptedServer, client: httpx.Client) -> None:
    with socket.create_connection(("127.0.0.1", scripted.port), timeout=30) as half:
        half.sendall(
            b"POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100\r\n\r\n{"
        )
        assert client.get("/healthz").status_code == 200
