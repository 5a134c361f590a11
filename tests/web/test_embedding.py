"""What pages of an allowed origin get: a frame in which one watches, answers to read, no more."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.settings import Settings
from tests.store.samples import finished, snapshot, started
from tests.web.scripted import ScriptedServer, scripted_server

COURSE = "https://course.example"
TOKEN = "sesame-open-0123456789"
READ = {"Origin": COURSE, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
FRAMED = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "iframe",
}
ORIGINS = {"embedding_origins": (COURSE,)}


@pytest.fixture
def embedding(tmp_path: Path) -> Iterator[ScriptedServer]:
    with scripted_server(tmp_path / "data", **ORIGINS) as running:
        running.create("run", started(), snapshot(0), finished(1))
        yield running


@pytest.mark.parametrize(
    "path",
    [
        "/api/runs",
        "/api/runs/run/export?format=csv",
        "/api/runs/run/events",
        "/api/runs/run/film",
        "/api/runs/none",
    ],
)
def test_an_allowed_page_reads_and_no_other_does(embedding: ScriptedServer, path: str) -> None:
    with embedding.client() as client:
        read = client.get(path, headers=READ)
        assert read.status_code == (404 if path.endswith("none") else 200)
        assert read.headers["access-control-allow-origin"] == COURSE
        assert "access-control-allow-credentials" not in read.headers
        assert "Origin" in read.headers["vary"]
        for other in ("https://course.example:8443", "http://course.example", "null"):
            refused = client.get(path, headers=READ | {"Origin": other})
            assert refused.status_code == 403
            assert "access-control-allow-origin" not in refused.headers


def test_it_writes_nothing_and_asks_for_nothing_with_a_body(embedding: ScriptedServer) -> None:
    with embedding.client() as client:
        for method, path in (
            ("POST", "/api/runs"),
            ("PATCH", "/api/runs/run"),
            ("DELETE", "/api/runs/run"),
            ("POST", "/api/recipes/preview"),
        ):
            asked = READ | {"Access-Control-Request-Method": method}
            assert client.options(path, headers=asked).status_code == 403
            assert client.request(method, path, headers=READ).status_code == 403
        assert client.get("/api/runs/run").status_code == 200


def test_a_token_may_be_sent_along_to_read_and_is_asked_for(tmp_path: Path) -> None:
    with scripted_server(tmp_path, token=TOKEN, **ORIGINS) as server, server.client() as client:
        asks = {"Access-Control-Request-Method": "GET"}
        allowed = client.options("/api/runs", headers=READ | asks)
        assert allowed.status_code == 204
        assert allowed.headers["access-control-allow-origin"] == COURSE
        assert "Authorization" in allowed.headers["access-control-allow-headers"]
        assert allowed.headers["access-control-allow-methods"] == "GET, HEAD"
        assert client.get("/api/runs", headers=READ).status_code == 401
        shown = READ | {"Authorization": f"Bearer {TOKEN}"}
        assert client.get("/api/runs", headers=shown).status_code == 200
        other = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        assert client.options("/api/runs", headers=other | asks).status_code in (401, 403)


@pytest.mark.parametrize("path", ["/", "/runs/run?step=0"])
def test_the_dashboard_may_be_framed_there_to_watch_and_nothing_else_may(
    embedding: ScriptedServer, path: str
) -> None:
    with embedding.client() as client:
        framed = client.get(path, headers=FRAMED)
        assert f"frame-ancestors {COURSE}" in framed.headers["content-security-policy"]
        assert "x-frame-options" not in framed.headers
        assert 'data-access="watch"' in framed.text
        assert 'data-access="full"' in client.get(path).text
        docs = client.get("/docs", headers=FRAMED)
        assert "frame-ancestors 'none'" in docs.headers["content-security-policy"]
        assert docs.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("token", ["full", "watch"])
def test_in_a_frame_of_another_site_a_token_becomes_a_cookie_for_that_site_that_watches(
    tmp_path: Path, token: str
) -> None:
    with scripted_server(tmp_path, token=TOKEN, **ORIGINS) as server, server.client() as client:
        tokens = server.app.state.tokens
        link = client.get("/", params={"token": getattr(tokens, token)}, headers=FRAMED)
        assert link.status_code == 303
        kept = link.headers["set-cookie"]
        for part in ("HttpOnly", "SameSite=None", "Secure", "Partitioned", tokens.watch):
            assert part in kept
        shown = FRAMED | {"Cookie": kept.partition(";")[0]}
        assert client.get("/", headers=shown).status_code == 200
        stop = client.patch("/api/runs/run", headers={"Cookie": shown["Cookie"]}, json={})
        assert stop.json()["error"]["code"] == "watch_only"
        client.cookies.clear()
        closed = client.get("/", headers=FRAMED)
        assert "without TLS" in closed.json()["error"]["message"]
        assert f"frame-ancestors {COURSE}" in closed.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("given", "origins"),
    [
        ("https://Course.example/, http://localhost:8080", (COURSE, "http://localhost:8080")),
        ("https://course.example:443,https://course.example", (COURSE,)),
        ("yes, https://course.example", (COURSE,)),
        ("no", ()),
    ],
)
def test_origins_are_read_as_browsers_write_them(given: str, origins: tuple[str, ...]) -> None:
    read = Settings.from_environment({"FILTERSCOPE_ALLOW_EMBEDDING": given})
    assert read.embedding_origins == origins
    assert read.allow_embedding == given.startswith("yes")


@pytest.mark.parametrize(
    "given",
    ["course.example", "https://*", "https://a.example/course", "ftp://a.example", "null", "*"],
)
def test_what_is_no_origin_is_refused_in_one_sentence(given: str) -> None:
    with pytest.raises(ValueError, match="or origins such as") as refused:
        Settings.from_environment({"FILTERSCOPE_ALLOW_EMBEDDING": given})
    assert repr(given) in str(refused.value)


def test_without_a_word_nothing_of_it_is_there(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), snapshot(0), finished(1))
    page = client.get("/", headers=FRAMED)
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"
    refused = client.get("/api/runs", headers=READ)
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers
