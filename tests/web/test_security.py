"""Who may ask, from where, and what browsers are told."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app import main
from app.settings import Settings
from tests.store.samples import finished, started
from tests.web.scripted import ScriptedServer, scripted_server

TOKEN = "abc-123"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[ScriptedServer]:
    with scripted_server(tmp_path / "data", token=TOKEN) as running:
        yield running


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:80", "[::1]:8000"])
def test_loopback_names_are_answered_on_any_port(client: httpx.Client, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "[::2]", ""]
)
def test_another_sites_name_does_not_lead_here(client: httpx.Client, host: str) -> None:
    for path in ("/", "/healthz", "/api/runs", "/static/docs/docs.js"):
        refused = client.get(path, headers={"Host": host})
        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "wrong_host"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://[half"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_another_sites_page_can_change_nothing(
    scripted: ScriptedServer, client: httpx.Client, headers: dict[str, str]
) -> None:
    scripted.create("run", started(), finished(1))
    for method, path in (
        ("POST", "/api/runs"),
        ("PATCH", "/api/runs/run"),
        ("DELETE", "/api/runs/run"),
    ):
        refused = client.request(method, path, headers=headers)
        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "cross_site"
    assert client.get("/api/runs/run").status_code == 200, "it is still there"


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_our_own_page_and_programs_can_change_things(
    scripted: ScriptedServer, client: httpx.Client, site: str | None
) -> None:
    scripted.create("run", started(), finished(1))
    headers = {} if site is None else {"Sec-Fetch-Site": site, "Origin": scripted.url}
    assert client.delete("/api/runs/run", headers=headers).status_code == 204


@pytest.mark.parametrize("path", ["/", "/docs", "/healthz", "/nowhere", "/static/docs/docs.js"])
def test_every_answer_carries_the_headers_that_bind_browsers(
    client: httpx.Client, path: str
) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers.get_list("cache-control") == headers.get_list("cache-control")[:1]


@pytest.mark.parametrize("path", ["/", "/api/runs", "/docs", "/openapi.json", "/static/x.js"])
def test_without_the_token_nothing_is_told(guarded: ScriptedServer, path: str) -> None:
    with guarded.client() as client:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": "filterscope-8000=x"}):
            refused = client.get(path, headers=headers)
            assert refused.status_code == 401
            assert refused.json()["error"]["code"] == "token_needed"
        assert client.get(path, params={"token": "wrong"}).status_code == 401


def test_health_needs_no_token(guarded: ScriptedServer) -> None:
    with guarded.client() as client:
        assert client.get("/healthz").status_code == 200


def test_programs_send_the_token_as_bearer(guarded: ScriptedServer) -> None:
    with guarded.client() as client:
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        assert client.get("/api/runs", headers=bearer).status_code == 200


def test_the_link_moves_the_token_into_a_cookie_and_out_of_the_address(
    guarded: ScriptedServer,
) -> None:
    with guarded.client() as client:
        answer = client.get("/runs/x", params={"token": TOKEN, "step": "7"})
        assert answer.status_code == 303
        assert answer.headers["location"] == "./x?step=7"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/api/runs").status_code == 200, "the client kept the cookie"


def test_the_link_cannot_lead_to_another_site(guarded: ScriptedServer) -> None:
    with guarded.client() as client:
        answer = client.get(f"{guarded.url}//evil.example", params={"token": TOKEN})
        assert answer.headers["location"] == "./evil.example"


def test_a_server_that_others_can_reach_makes_itself_a_token(tmp_path: Path) -> None:
    tokens = {
        main.create_app(Settings(data_folder=tmp_path, host="0.0.0.0")).state.token
        for _ in range(2)
    }
    assert len(tokens) == 2
    assert all(len(token) >= 20 for token in tokens)
    assert main.create_app(Settings(data_folder=tmp_path)).state.token is None
