"""Pages, static files and the description of the interface."""

import base64
import gzip
import hashlib
import re

import httpx
import pytest

from app.page_files import STATIC
from app.web import joined
from app.web.assets import FIRST_STYLE_PARTS, STYLE_PARTS
from tests.store.samples import started
from tests.web.scripted import ScriptedServer

SWAGGER = STATIC / "vendor/swagger-ui"


def test_the_dashboard_is_one_page_with_or_without_a_run(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started())
    for path, status in (("/", 200), ("/runs/run", 200), ("/runs/latest", 200), ("/runs/x", 404)):
        page = client.get(path)
        assert page.status_code == status
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.text.startswith("<!doctype html>")
        assert client.head(path).status_code == status


def test_a_page_asks_no_other_host_and_runs_no_inline_script(client: httpx.Client) -> None:
    for path in ("/", "/docs"):
        text = client.get(path).text
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)
        assert not re.findall(r"<script(?![^>]*\bsrc=)", text)
        assert not re.findall(r"\son\w+=", text)


@pytest.mark.parametrize(
    ("kept", "begins"),
    [
        ("dark", '<html lang="en" data-theme="dark">'),
        ("light", '<html lang="en" data-theme="light">'),
        ('"><script>', '<html lang="en">'),
    ],
)
def test_a_page_comes_in_the_theme_that_was_chosen(
    client: httpx.Client, kept: str, begins: str
) -> None:
    page = client.get("/", headers={"Cookie": f"filterscope-theme={kept}"})
    assert page.text.split("\n")[1] == begins


def test_what_a_page_links_to_is_there(client: httpx.Client) -> None:
    for path in ("/", "/docs"):
        for link in re.findall(r'(?:src|href)="(/[^"]*)"', client.get(path).text):
            assert client.get(link).status_code == 200, link


@pytest.fixture
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each module by itself, as where they weren't joined."""
    monkeypatch.setattr(joined, "_MADE_OF", STATIC / "nowhere.json")


@pytest.mark.usefixtures("as_written")
def test_the_page_names_every_module_it_begins_with_and_no_other(client: httpx.Client) -> None:
    links = re.findall(
        r'rel="modulepreload" href="\./static/(js/[^"]*)"(.*?)>', client.get("/").text
    )
    named = [name for name, _ in links]
    later = named.index("js/later.js")
    assert named[0] == "js/main.js"
    assert ["low" in rest for _, rest in links] == [at >= later for at in range(len(links))]
    assert len(named) == len(set(named))
    for name in named:
        text = (STATIC / name).read_text(encoding="utf-8")
        for target in re.findall(r'^import [^"(]*"([^"]+)";', text, re.MULTILINE):
            imported = ((STATIC / name).parent / target).resolve()
            assert imported.relative_to(STATIC).as_posix() in named
    assert not [name for name in named if name.startswith("js/scenes/") and name.count("/") > 2]


@pytest.mark.usefixtures("as_written")
def test_no_module_is_asked_for_before_the_style_sheet(client: httpx.Client) -> None:
    page = client.get("/?view=filter").text
    outside = re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)
    assert "modulepreload" in page
    assert "modulepreload" not in outside
    places = [outside.index(sign) for sign in ('rel="stylesheet"', "js/ahead.js", "js/main.js")]
    assert places == sorted(places)


@pytest.mark.parametrize("view", ["live", "filter", "twins", "weights", "microscope", "draw"])
def test_the_page_names_plotly_only_where_a_view_shows_what_plotly_draws(
    client: httpx.Client, view: str
) -> None:
    named = "plotly-cartesian" in client.get("/", params={"view": view}).text
    assert named == (view in ("filter", "weights"))


def test_the_style_sheet_holds_all_its_parts_and_may_be_kept(client: httpx.Client) -> None:
    (link,) = re.findall(r'rel="stylesheet" href="([^"]*)"', client.get("/").text)
    sheet = client.get(link)
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert sheet.headers["content-encoding"] == "gzip"
    assert "immutable" in sheet.headers["cache-control"]
    for part in STYLE_PARTS:
        assert (STATIC / f"css/{part}.css").read_text(encoding="utf-8") in sheet.text
    plain = client.get("/static/style.css", headers={"Accept-Encoding": "identity"})
    assert plain.text == sheet.text
    assert plain.headers["cache-control"] == "no-cache"


def test_the_policy_names_the_very_rules_that_stand_in_the_page(client: httpx.Client) -> None:
    page = client.get("/")
    (rules,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    for part in FIRST_STYLE_PARTS:
        assert (STATIC / f"css/{part}.css").read_text(encoding="utf-8") in rules
    digest = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    policy = page.headers["content-security-policy"]
    assert f"style-src 'self' 'sha256-{digest}';" in policy
    for other in ("/docs", "/healthz", "/static/style.css"):
        assert "sha256" not in client.get(other).headers["content-security-policy"], other


def test_no_rule_of_the_style_sheet_stands_in_the_page_as_well(client: httpx.Client) -> None:
    assert not set(FIRST_STYLE_PARTS) & set(STYLE_PARTS)
    sheet = client.get("/static/style.css").text
    for part in FIRST_STYLE_PARTS:
        assert (STATIC / f"css/{part}.css").read_text(encoding="utf-8") not in sheet


def test_an_id_from_an_address_cannot_write_into_the_page(client: httpx.Client) -> None:
    page = client.get('/runs/"><script src=x>')
    assert page.status_code == 404
    assert "<script src=x>" not in page.text
    assert '"><script' not in client.get("/", params={"view": '"><script src=x>'}).text


@pytest.mark.parametrize(("view", "here"), [("draw", "draw"), ("filter", "live"), ("no", "live")])
def test_the_bar_says_where_one_is_before_any_script_runs(
    client: httpx.Client, view: str, here: str
) -> None:
    links = re.findall(r"<a [^>]*aria-current[^>]*>", client.get("/", params={"view": view}).text)
    assert [re.findall(r'data-scene-link="(\w+)"', link) for link in links] == [[here]]


def test_static_files_come_compressed_to_those_who_can_read_it(client: httpx.Client) -> None:
    path = "/static/vendor/swagger-ui/swagger-ui.css"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == (SWAGGER / "swagger-ui.css").read_bytes()
    for accepted, encoding in (("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip", "gzip")):
        with client.stream("GET", path, headers={"Accept-Encoding": accepted}) as answer:
            assert answer.headers["content-encoding"] == encoding
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.headers["content-type"] == "text/css; charset=utf-8"
            raw = b"".join(answer.iter_raw())
        assert len(raw) < len(plain.content) / 4
        if encoding == "gzip":
            assert gzip.decompress(raw) == plain.content


@pytest.mark.parametrize("path", ["/", "/static/js/main.js"])
def test_what_a_page_begins_with_is_packed_on_its_way(client: httpx.Client, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.content == plain.content
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert plain.headers["content-type"] == packed.headers["content-type"]
    if "etag" in packed.headers:
        held = {"If-None-Match": packed.headers["etag"], "Accept-Encoding": "gzip"}
        assert client.get(path, headers=held).status_code == 304


def test_static_files_are_sent_again_only_when_they_changed(client: httpx.Client) -> None:
    path = "/static/docs/docs.js"
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    versioned = client.get(path, params={"v": "1"})
    assert "immutable" in versioned.headers["cache-control"]


def test_a_compressed_file_has_a_tag_of_its_own(client: httpx.Client) -> None:
    path = "/static/vendor/swagger-ui/swagger-ui.css"
    tags = set()
    for accepted in ("identity", "gzip", "br"):
        headers = {"Accept-Encoding": accepted}
        tag = client.head(path, headers=headers).headers["etag"]
        assert client.get(path, headers=headers | {"If-None-Match": tag}).status_code == 304
        tags.add(tag)
    assert len(tags) == 3


def test_the_vendored_files_are_those_whose_sums_are_listed() -> None:
    listed = {}
    for line in (SWAGGER / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        listed[name] = digest
    there = {path.name for path in SWAGGER.iterdir()} - {"README.md", "SHA256SUMS"}
    assert set(listed) == there
    for name, digest in listed.items():
        assert hashlib.sha256((SWAGGER / name).read_bytes()).hexdigest() == digest
    original = (SWAGGER / "swagger-ui-bundle.js").read_bytes()
    assert gzip.decompress((SWAGGER / "swagger-ui-bundle.js.gz").read_bytes()) == original


def test_every_operation_is_described_with_an_example_a_tag_and_typed_answers(
    client: httpx.Client,
) -> None:
    schema = client.get("/openapi.json").json()
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert "```sh\ncurl " in operation["description"], where
            assert operation["tags"], where
            assert {"4XX", "5XX"} <= operation["responses"].keys(), where
    assert {"Recipe", "RunChange", "Run", "FilmAnswer"} <= schema["components"]["schemas"].keys()


def test_every_reference_of_the_description_leads_somewhere(client: httpx.Client) -> None:
    text = client.get("/openapi.json").text
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named <= client.get("/openapi.json").json()["components"]["schemas"].keys()


@pytest.mark.parametrize("name", ["/favicon.ico"])
def test_a_browser_that_asks_for_an_icon_gets_no_error(client: httpx.Client, name: str) -> None:
    assert client.get(name).status_code == 204
