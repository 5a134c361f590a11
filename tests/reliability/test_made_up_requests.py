"""Requests made up from the API's own description: none fails, each answer is as described."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.external.packets import MEDIA_TYPE
from app.main import create_app
from app.settings import Settings
from tests.external.program import KEY, packet, register, registration, snapshot, steps
from tests.reliability.scale import IS_FULL, tries
from tests.store.samples import finished, started
from tests.web.scripted import ScriptedServer, scripted_server
from tests.web.trained import train

DESCRIPTION = create_app(Settings()).openapi()
ROUTES = [(method, path) for path, item in DESCRIPTION["paths"].items() for method in item]
CHECKS = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PATIENCE_SECONDS = 90
STREAM = "text/event-stream"

# What made-up paths would hardly ever name. `doomed` is made anew for each that may delete it.
NAMED: dict[str, list[str]] = {
    "run_id": ["ended", "ended", "queued", "latest"],
    "step": ["first", "latest", "0", "1"],
    "layer": ["conv1", "conv2"],
    "index": ["0", "3"],
    "key": [KEY, "00000000000000000000000000000000"],
    "first": ["1", "2", "9"],
    "name": ["mnist", "dead-leaves", "glorot_uniform", "he_normal"],
}
# What made-up bodies would hardly ever be: right but for a field or two.
BODIES: dict[str, list[dict[str, Any]]] = {
    "/api/recipes/plan": [{"preset": "mnist-strokes"}, {"preset": "keras-mnist", "steps": 0}],
    "/api/recipes/preview": [{"preset": "mnist-strokes"}, {"preset": "sparse-code"}],
    "/api/runs": [{"preset": "mnist-strokes"}, {"preset": "keras-mnist"}],
    "/api/runs/{run_id}": [{"status": "running"}, {"advance": 3}],
    "/api/runs/{run_id}/snapshots/{step}/activations": [{"index": 7}],
    "/api/runs/{run_id}/snapshots/{step}/convolve": [{"index": 7, "layer": "conv2", "filter": 1}],
    "/api/convolve": [{"image": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "kernel": [[1, 0], [0, -1]]}],
    "/api/external/{key}": [registration()],
    "/api/external/{key}/attempts": [{"attempt": 2, "from_step": 3, "client": "fedcba9876543210"}],
    "/api/teaching": [{"leader": "my-desk-1", "run": "latest", "step": 60}],
}
# What is no JSON: right ones, in which some bytes are changed.
PACKETS = {
    "/api/external/{key}/batches/{first}": [
        (packet([snapshot(0), steps(1, 3)]), MEDIA_TYPE),
        (packet([{"kind": "end", "step": 3, "outcome": "finished"}]), MEDIA_TYPE),
        (packet([]), MEDIA_TYPE),
    ]
}
CHANGED = {"delete": ["doomed", "queued"], "patch": ["queued", "ended"]}


@schemathesis.serializer(MEDIA_TYPE)
def as_it_is(_context: Any, value: Any) -> bytes:
    """Sends whatever was made up in a packet's place."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


class Asked(NamedTuple):
    """A server with runs to ask about, and its description as requests are made up from it."""

    server: ScriptedServer
    schema: Any
    session: requests.Session


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("made-up")
    with scripted_server(folder) as server, requests.Session() as session:
        session.trust_env = False
        train(server, folder / "cache", "ended")
        server.create("queued")
        with server.client() as client:
            assert register(client).status_code == 201
        schema = schemathesis.openapi.from_dict(server.app.openapi())
        yield Asked(server, schema, session)


def _cases(operation: Any) -> st.SearchStrategy[Any]:
    """What the description allows, and what it doesn't."""
    takes = operation.definition.raw
    if not takes.get("parameters") and "requestBody" not in takes:
        return operation.as_strategy()
    return operation.as_strategy() | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def _named(method: str, path: str) -> st.SearchStrategy[dict[str, str]]:
    """Some of a path's parts as they are called on this server."""
    parts = {name: NAMED[name] for name in NAMED if f"{{{name}}}" in path}
    if method in CHANGED and "run_id" in parts:
        parts["run_id"] = CHANGED[method]
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(there) for name, there in parts.items()}
    )


def _nearly_right(path: str) -> st.SearchStrategy[tuple[dict[str, Any], int] | None]:
    """A body that is right, and how many fields of a made-up one to put into it; or None."""
    right = [st.sampled_from(BODIES[path])] if path in BODIES else []
    return st.one_of(st.none(), *[st.tuples(body, st.integers(0, 2)) for body in right])


def _packets(path: str) -> st.SearchStrategy[tuple[bytes, str] | None]:
    """A packet, whole or with a byte changed or its end cut off, and its media type; or None."""
    if path not in PACKETS:
        return st.none()
    right = st.sampled_from(PACKETS[path])
    return st.none() | right | st.builds(_spoilt, right, st.integers(0, 2**20), st.integers(0, 256))


def _spoilt(right: tuple[bytes, str], place: int, byte: int) -> tuple[bytes, str]:
    data, kind = right
    place %= len(data)
    rest = bytes([byte]) + data[place + 1 :] if byte < 256 else b""
    return data[:place] + rest, kind


def _answer(asked: Asked, case: Any, sent: tuple[bytes, str] | None = None) -> requests.Response:
    """The answer; of one that goes on, the beginning."""
    said = case.as_transport_kwargs(base_url=asked.server.url)
    if sent is not None:
        said |= {"data": sent[0], "headers": {**said["headers"], "Content-Type": sent[1]}}
        said.pop("json", None)
    answer = asked.session.request(**said, timeout=PATIENCE_SECONDS, stream=True)
    if answer.headers.get("content-type") == STREAM:
        with closing(answer):
            answer._content = answer.raw.readline()
    return answer


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_request_makes_the_server_fail_or_answer_what_is_not_described(
    asked: Asked, method: str, path: str
) -> None:
    operation = asked.schema[path][method.upper()]

    @settings(
        max_examples=tries(8, 1000),
        deadline=None,
        database=None,
        derandomize=not IS_FULL,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=_cases(operation),
        named=_named(method, path),
        nearly_right=_nearly_right(path),
        sent=_packets(path),
    )
    def ask(
        case: Any,
        named: dict[str, str],
        nearly_right: tuple[dict[str, Any], int] | None,
        sent: tuple[bytes, str] | None,
    ) -> None:
        if nearly_right and isinstance(case.body, dict):
            right, count = nearly_right
            case.body = {**right, **dict(list(case.body.items())[:count])}
        if named:
            case.path_parameters = {**case.path_parameters, **named}
        if named.get("run_id") == "doomed" and asked.server.store.run("doomed") is None:
            asked.server.create("doomed", started(), finished(0))
        answer = _answer(asked, case, sent)
        case.validate_response(answer, checks=CHECKS)

    ask()
