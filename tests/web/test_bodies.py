"""Bodies that are large or go on for ever, and what is read of them."""

import base64
import contextlib
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.settings import Settings
from app.web.body import most_bytes
from tests.store.samples import RECIPE
from tests.web.scripted import ScriptedServer, scripted_server

JSON = {"Content-Type": "application/json"}
TOKEN = "0123456789abcdef"
PATIENCE_SECONDS = 30
CONVOLVE = {"kernel": [[1, 0], [0, -1]], "row": 1, "column": 2}


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[ScriptedServer]:
    with scripted_server(tmp_path / "data", token=TOKEN) as running:
        yield running


def _is_hung_up_on(port: int, head: str) -> bool:
    """Sends chunks of a byte without end until the other side closes; False if it never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    request = f"{head} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n{_KIND}\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as endless:
        with contextlib.suppress(ConnectionError):
            endless.sendall(request.encode())
            while time.monotonic() < deadline:
                endless.sendall(b"1\r\nx\r\n" * 100)
        return time.monotonic() < deadline


_KIND = "Content-Type: application/json\r\n"


@pytest.mark.parametrize(
    "head",
    [
        "POST /api/runs",  # refused for want of a token
        f"POST /nowhere?token={TOKEN}",
        "POST /healthz",
        "GET /healthz",
        "GET /api/runs",
    ],
)
def test_who_was_refused_is_read_no_further(guarded: ScriptedServer, head: str) -> None:
    assert _is_hung_up_on(guarded.port, head)


def test_who_may_ask_is_read_no_further_than_the_limit(scripted: ScriptedServer) -> None:
    for head in ("POST /api/runs", "GET /", "DELETE /api/runs/none", "PUT /nowhere"):
        assert _is_hung_up_on(scripted.port, head), head


def test_a_connection_is_kept_where_the_body_was_read_though_the_answer_is_a_refusal(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    for content in ("[]", '{"preset": "?"}'):
        answer = client.post("/api/runs", content=content, headers=JSON)
        assert answer.status_code == 422
        assert "connection" not in answer.headers
    assert "connection" not in client.get("/healthz").headers
    assert client.post("/nowhere", content="x").headers["connection"] == "close"


def test_a_get_with_a_body_of_unknown_length_says_what_to_do(client: httpx.Client) -> None:
    answer = client.request("GET", "/healthz", content=iter([b"x"]))
    assert (answer.status_code, answer.json()["error"]["code"]) == (411, "length_required")


@pytest.mark.parametrize(
    ("method", "path", "is_large"),
    [
        ("POST", "/api/convolve", True),
        ("POST", "/api/runs/a/snapshots/latest/activations", True),
        ("POST", "/api/runs/a/snapshots/0/convolve", True),
        ("PUT", "/api/convolve", False),
        ("POST", "/api/runs", True),
        ("POST", "/api/recipes/preview", True),
        ("POST", "/api/recipes/plan", True),
        ("POST", "/api/recipes/code", True),
        ("PATCH", "/api/runs/a", False),
        ("POST", "/api/code", False),
        ("POST", "/api/convolve/", False),
        ("PUT", "/api/teaching", False),
    ],
)
def test_only_where_arrays_are_expected_a_body_may_be_large(
    tmp_path: Path, method: str, path: str, is_large: bool
) -> None:
    expected = 2**20 if is_large else 2**16
    assert most_bytes(Settings(data_folder=tmp_path), method, path) == expected


def test_a_large_image_is_answered_as_a_small_one_and_refused_by_field(
    client: httpx.Client,
) -> None:
    image = [[[row + 100 * column + 0.25] for column in range(60)] for row in range(60)]
    small = json.dumps({**CONVOLVE, "image": image, "kernel": [[[1], [0]], [[0], [-1]]]})
    large = small + " " * 70_000
    answers = [client.post("/api/convolve", content=text, headers=JSON) for text in (small, large)]
    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].json() == answers[1].json()
    for text, code, field in (
        ('{"image": [[1, "x"]], ' + " " * 70_000 + "}", "bad_json", None),
        ('{"image": [[1, "x"]] ' + " " * 70_000 + "}", "invalid", "image"),
        ('{"image": [[1]], "image": 2' + " " * 70_000 + "}", "bad_json", None),
        ("[" + " " * 70_000 + "]", "invalid", None),
    ):
        answer = client.post("/api/convolve", content=text, headers=JSON)
        error = answer.json()["error"]
        assert (error["code"], error["field"]) == (code, field)
        assert answer.status_code == (400 if code == "bad_json" else 422)


def test_a_body_beyond_the_limit_of_images_names_that_limit(client: httpx.Client) -> None:
    answer = client.post("/api/convolve", content=b" " * (2**20 + 1), headers=JSON)
    assert (answer.status_code, answer.json()["error"]["limit"]) == (413, 2**20)


def test_lists_by_the_thousand_are_read_aside_and_only_where_there_can_be_an_image(
    client: httpx.Client,
) -> None:
    lists = json.dumps({"image": [[[1]] * 40] * 40, "kernel": [[[1]]]})
    refused = client.post("/api/recipes/preview", content=lists, headers=JSON)
    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["limit"]) == (400, "bad_json", 1000)
    answer = client.post("/api/convolve", content=lists, headers=JSON)
    assert answer.status_code == 200
    assert len(answer.json()["sums"]) == 40


def test_a_recipe_may_be_large_by_the_kernels_it_holds_and_by_nothing_else(
    client: httpx.Client,
) -> None:
    numbers = base64.b64encode(bytes(4 * 3 * 3 * 32 * 64)).decode()
    kernel = {"dtype": "f4", "shape": "3, 3, 32, 64", "bdata": numbers}
    given = {"type": "given", "kernel": kernel}
    recipe = RECIPE.model_dump(exclude_none=True)
    first, *others = recipe["layers"]
    second = {"type": "conv2d", "filters": 64, "kernel_size": 3, "kernel_initializer": given}
    recipe["layers"] = [first | {"filters": 32}, second, *others]
    assert len(json.dumps(recipe)) > 2**16
    assert client.post("/api/runs", json=recipe).status_code == 201
    refused = client.post("/api/runs", json=recipe | {"numbers": list(range(20_000))})
    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["limit"]) == (400, "bad_json", 2**16)
