"""What other sites' pages get, and requests that can be read in two ways."""

import socket
from pathlib import Path

import httpx
import pytest

from tests.store.samples import finished, snapshot, started
from tests.web.scripted import ScriptedServer, scripted_server

EXPORT = "/api/runs/run/export?format=csv&table=curves"
FOREIGN = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
OPENED = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-User": "?1"}
SHOWN = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}

IN_A_PAGE: list[dict[str, str]] = [
    SHOWN,
    {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    {**OPENED, "Sec-Purpose": "prefetch"},
    {},
]


def _code(answer: httpx.Response) -> str:
    code: str = answer.json()["error"]["code"]
    return code


@pytest.mark.parametrize("foreign", FOREIGN, ids=str)
def test_another_sites_page_gets_nothing_from_the_interface(
    scripted: ScriptedServer, client: httpx.Client, foreign: dict[str, str]
) -> None:
    scripted.create("run", started(), snapshot(0), finished(1))
    described = client.get("/openapi.json").json()["paths"]
    asked = [path for path, item in described.items() if "get" in item and path.startswith("/api/")]
    assert len(asked) > 15
    for path in [*asked, EXPORT]:
        for how in IN_A_PAGE:
            refused = client.get(path.replace("{run_id}", "run"), headers=foreign | how)
            assert (refused.status_code, _code(refused)) == (403, "cross_site"), (path, how)


@pytest.mark.parametrize("foreign", FOREIGN, ids=str)
@pytest.mark.parametrize("path", ["/", "/runs/run?step=1", "/docs", EXPORT, "/api/runs"])
def test_a_link_from_elsewhere_opens(
    scripted: ScriptedServer, client: httpx.Client, foreign: dict[str, str], path: str
) -> None:
    scripted.create("run", started(), snapshot(0), finished(1))
    answer = client.get(path, headers=foreign | OPENED)
    assert answer.status_code == 200
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("foreign", FOREIGN, ids=str)
def test_other_pages_show_pictures_only_where_that_was_allowed(
    tmp_path: Path, foreign: dict[str, str]
) -> None:
    with scripted_server(tmp_path / "data", allow_embedding=True) as running:
        running.create("run", started(), snapshot(0), finished(1))
        with running.client() as client:
            shown = client.get(EXPORT, headers=foreign | SHOWN)
            assert shown.status_code == 200
            assert shown.headers["cross-origin-resource-policy"] == "cross-origin"
            for path in ("/api/runs", "/api/runs/run", "/api/join.svg", "/api/runs/run/film"):
                refused = client.get(path, headers=foreign | SHOWN)
                assert (refused.status_code, _code(refused)) == (403, "cross_site")
                assert refused.headers["cross-origin-resource-policy"] == "same-origin"
            read = client.get(EXPORT, headers=foreign | {"Sec-Fetch-Dest": "empty"})
            assert read.status_code == 403, "an image may be shown, a file not read by a script"
            assert client.delete("/api/runs/run", headers=foreign | SHOWN).status_code == 403


def _answer_to(server: ScriptedServer, *headers: str, version: str = "1.1") -> bytes:
    """What the server answers to a request of these header lines, up to the connection's end."""
    lines = [f"GET /api/runs HTTP/{version}", *headers, "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1"))
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


NO_NAMES = [
    "localhost/../x",
    "user@localhost",
    "localhost:http",
    "localhost:8000:8000",
    "localhost:999999",
    "[::1",
    "[::1]x",
    "::1",
    "localhost,evil.example",
    "localhost evil.example",
    "<b>localhost</b>",
    "lócalhost",
]


@pytest.mark.parametrize("listens", ["127.0.0.1", "0.0.0.0"])
def test_a_host_that_is_no_name_is_refused(tmp_path: Path, listens: str) -> None:
    with scripted_server(tmp_path / "data", host=listens) as running:
        for host in NO_NAMES:
            assert _answer_to(running, f"Host: {host}").startswith(b"HTTP/1.1 400"), host


@pytest.mark.parametrize(
    "headers",
    [
        ("Host: localhost", "Host: localhost"),
        ("Host: localhost", "Host: evil.example"),
        ("Host: localhost", "Origin: http://localhost", "Origin: http://evil.example"),
        ("Host: localhost", "Origin: http://localhost", "Origin: http://localhost"),
    ],
)
def test_two_hosts_or_two_origins_are_refused(
    scripted: ScriptedServer, headers: tuple[str, ...]
) -> None:
    assert _answer_to(scripted, *headers).startswith(b"HTTP/1.1 400")
    assert _answer_to(scripted, *headers[:1]).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("listens", ["127.0.0.1", "0.0.0.0"])
def test_a_request_without_a_host_is_refused_except_where_there_was_none_yet(
    tmp_path: Path, listens: str
) -> None:
    with scripted_server(tmp_path / "data", host=listens) as running:
        assert _answer_to(running).startswith(b"HTTP/1.1 400")
        assert not _answer_to(running, version="1.0").startswith(b"HTTP/1.1 400")
