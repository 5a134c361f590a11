"""Real Caddy, Apache and nginx do what docs/running.md says, with TLS and a prefix."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.find_chromium import find_chromium
from tests.proxies.set_up import KINDS, NAME, Proxy, program_of, running
from tests.running_server import RunningServer

TOKEN = "sesame-open-0123456789"


@pytest.fixture(scope="module", params=KINDS)
def proxy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """One with a server behind it that knows the name and asks for a token."""
    kind = KINDS[request.param]
    if program_of(kind) is None:
        pytest.skip(f"no {kind.program} on this machine")
    folder = tmp_path_factory.mktemp(request.param)
    with RunningServer(
        folder / "data", FILTERSCOPE_ALLOWED_HOSTS=NAME, FILTERSCOPE_TOKEN=TOKEN
    ) as server:
        behind = server.url.partition("/?")[0].removeprefix("http://")
        with running(kind, folder, behind) as listening:
            yield listening


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx.Client]:
    """Asks by way of the proxy, as a browser that has `lab.example` in its address bar."""
    origin = f"https://{NAME}:{proxy.port}"
    headers = {"Host": f"{NAME}:{proxy.port}", "Authorization": f"Bearer {TOKEN}", "Origin": origin}
    with httpx.Client(
        base_url=f"https://127.0.0.1:{proxy.port}{proxy.prefix}",
        headers=headers,
        verify=proxy.trust,
        timeout=30,
        trust_env=False,
    ) as asking:
        yield asking


def _asked(client: httpx.Client, method: str, path: str, **options: object) -> httpx.Response:
    """What is answered under a certificate for the name, which is checked."""
    extensions = {"sni_hostname": NAME}
    return client.request(method, path, extensions=extensions, **options)  # type: ignore[arg-type]


def test_links_addresses_and_the_cookie_are_those_that_the_browser_sees(
    proxy: Proxy, client: httpx.Client
) -> None:
    seen = f"https://{NAME}:{proxy.port}"
    path = f"{proxy.prefix}/runs/x?follow=1"
    link = _asked(client, "GET", "/api/join", params={"path": path}).json()["url"]
    assert link.startswith(f"{seen}{path}&token=")
    described = _asked(client, "GET", "/openapi.json").json()
    assert described["servers"] == [{"url": f"{seen}{proxy.prefix}"}]
    welcomed = _asked(client, "GET", "/", params={"token": TOKEN})
    assert welcomed.status_code == 303
    assert "secure" in welcomed.headers["set-cookie"].lower()
    client.cookies.clear()
    assert _asked(client, "GET", "/", headers={"Authorization": ""}).status_code == 401


def test_without_its_last_slash_the_prefix_leads_to_the_page(
    proxy: Proxy, client: httpx.Client
) -> None:
    home = f"https://127.0.0.1:{proxy.port}"
    moved = _asked(client, "GET", f"{home}{proxy.prefix}")
    assert moved.status_code in (301, 302, 308)
    assert moved.headers["location"].endswith(f"{proxy.prefix}/")


def test_a_run_is_begun_and_heard_while_it_trains(client: httpx.Client) -> None:
    recipe = {"preset": "mnist-strokes", "steps": 100_000}
    begun = _asked(client, "POST", "/api/runs", json=recipe)
    assert begun.status_code == 201, begun.text
    run = f"/api/runs/{begun.json()['id']}"
    assert begun.headers["location"].endswith(f"{str(client.base_url.path).rstrip('/')}{run}")
    with client.stream("GET", f"{run}/events", extensions={"sni_hostname": NAME}) as heard:
        lines = heard.iter_lines()
        for _ in range(3):
            assert next(line for line in lines if line.startswith("event: snapshot"))
        assert _asked(client, "GET", run).json()["status"] == "running"
        _asked(client, "PATCH", run, json={"status": "stopped"}).raise_for_status()
        kinds = [line for line in lines if line.startswith("event:")]
    assert kinds[-1] == "event: run_stopped"


def test_the_page_trains_and_takes_a_file_along_in_a_browser(proxy: Proxy) -> None:
    address = f"https://{NAME}:{proxy.port}{proxy.prefix}/"
    rules = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=[rules, *sandbox]
        )
        page = browser.new_page(ignore_https_errors=True)
        page.goto(f"{address}?token={TOKEN}")
        expect(page).to_have_url(address)
        page.locator("#main-button").click()
        expect(page.locator("#state .word")).to_have_text("Training live", timeout=60_000)
        expect(page.locator("#state .word")).to_have_text("Finished", timeout=120_000)
        page.reload()
        expect(page.locator("#montage .tile")).to_have_count(16, timeout=30_000)
        page.locator("#export-open").click()
        with page.expect_download() as download:
            page.locator("#export .take").filter(has_text="CSV of curves").click()
        assert "loss" in Path(download.value.path()).read_text().splitlines()[0]
        browser.close()
