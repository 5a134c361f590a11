"""The page behind a real nginx, in a real browser: under a prefix, another name, with a token."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.nginx import find_nginx, nginx
from tests.browser.screen import TRAINED, Screen
from tests.running_server import RunningServer
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_nginx() is None, reason="no nginx on this machine"),
]

PREFIX = "/lab/filterscope"
TOKEN = "sesame-open-0123456789"
# As the manuals of proxies begin: the path is taken off, the Host header is the server's own.
PLAIN = f"""
location {PREFIX}/ {{ proxy_pass http://127.0.0.1:{{port}}/; proxy_buffering off; }}
location /left/on/ {{ proxy_pass http://127.0.0.1:{{port}}; proxy_buffering off;
                      proxy_set_header X-Forwarded-Prefix /left/on; }}
location / {{ return 404; }}
"""
NAMED = """
location / { proxy_pass http://127.0.0.1:{port}; proxy_buffering off;
             proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr; }
"""
# As careless as it gets: it gathers answers, packs them, and hangs up on streams that are silent.
GATHERING = """
proxy_buffering on; {more}
gzip on; gzip_types *; gzip_proxied any; gzip_http_version 1.0; gzip_min_length 0;
location / { proxy_pass http://127.0.0.1:{port}; }
location ~ /events$ { proxy_pass http://127.0.0.1:{port}; proxy_read_timeout 2s; }
"""


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages that ask nothing outside their prefix, and complain of nothing."""
    complaints: list[str] = []
    pages: list[Page] = []

    def opened(address: str, within: str = "") -> Page:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        pages.append(page)
        page.on("pageerror", lambda error: complaints.append(f"the page threw {error}"))
        page.on("console", lambda said: said.type == "error" and complain(said.text))
        page.on("request", lambda asked: within in asked.url or complain(f"asked {asked.url}"))
        page.goto(address)
        return page

    def complain(words: str) -> None:
        if "untrustworthy" not in words:  # without TLS a browser minds one of the headers
            complaints.append(words)

    yield opened
    for page in pages:
        page.context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def plain(server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an nginx that knows nothing of the server but its port."""
    port = server.url.rpartition(":")[2]
    folder = tmp_path_factory.mktemp("plain")
    with nginx(folder, PLAIN.replace("{port}", port)) as listening:
        yield f"http://127.0.0.1:{listening}"


@pytest.mark.parametrize("prefix", [PREFIX, "/left/on"])
def test_the_whole_page_works_under_a_prefix_without_a_setting(
    plain: str, open_page: Callable[..., Page], finished_run: str, prefix: str
) -> None:
    page = open_page(f"{plain}{prefix}/", within=f"{prefix}/")
    if prefix == PREFIX:
        page.locator("#main-button").click()
    else:
        page.locator("#runs .name").first.click()
    expect(page.locator("#state .word")).to_have_text("Finished", timeout=TRAINED)
    assert page.url.startswith(f"{plain}{prefix}/runs/")
    page.reload()
    expect(page.locator("#montage .tile")).to_have_count(16)
    page.locator("#export-open").click()
    with page.expect_download() as download:
        page.locator("#export .take").filter(has_text="CSV of curves").click()
    assert "loss" in Path(download.value.path()).read_text().splitlines()[0]
    page.keyboard.press("Escape")
    page.locator(".brand").click()
    expect(page).to_have_url(f"{plain}{prefix}/")
    page.goto(f"{plain}{prefix}/docs")
    expect(page.get_by_text("/api/presets", exact=True)).to_be_visible()
    expect(page.locator(".servers select")).to_have_value(f"{plain}{prefix}")


def test_a_name_unheard_of_is_told_what_to_set_on_the_page_itself(
    server: RunningServer, browser: Browser, tmp_path: Path
) -> None:
    port = server.url.rpartition(":")[2]
    location = f"location / {{ proxy_pass http://127.0.0.1:{port}; proxy_buffering off; }}"
    with nginx(tmp_path, location) as listening:
        page = browser.new_page()
        page.goto(f"http://lab.test:{listening}/")
        expect(page.locator("body")).to_contain_text("FILTERSCOPE_ALLOWED_HOSTS=lab.test")
        page.context.close()


def test_an_allowed_name_asks_for_the_token_once_and_then_trains(
    browser: Browser, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    variables = {"FILTERSCOPE_ALLOWED_HOSTS": "lab.test", "FILTERSCOPE_TOKEN": TOKEN}
    with RunningServer(tmp_path / "data", **variables) as server:
        port = server.url.partition("/?")[0].rpartition(":")[2]
        with nginx(tmp_path / "nginx", NAMED.replace("{port}", port)) as listening:
            address = f"http://lab.test:{listening}"
            closed = browser.new_page()
            told = closed.goto(f"{address}/")
            assert told is not None
            assert told.status == 401
            assert json.loads(told.text())["error"]["code"] == "token_needed"
            closed.context.close()
            page = open_page(f"{address}/?token={TOKEN}", within=address)
            expect(page).to_have_url(f"{address}/")
            page.locator("#main-button").click()
            expect(page.locator("#state .word")).to_have_text("Finished", timeout=TRAINED)
            assert page.url.startswith(f"{address}/runs/")
            page.context.close()  # before the proxy is gone


@pytest.mark.parametrize("more", ["", "proxy_ignore_headers X-Accel-Buffering;"])
def test_training_is_seen_through_a_proxy_that_holds_streams_back_and_hangs_up(
    server: RunningServer,
    browser: Browser,
    begin_run: Callable[..., str],
    tmp_path: Path,
    more: str,
) -> None:
    run = begin_run(steps=100_000)

    def become(status: str) -> None:
        server.client.patch(f"/api/runs/{run}", json={"status": status}).raise_for_status()

    def ended_streams() -> int:
        return (tmp_path / "access.log").read_text().count(f"/api/runs/{run}/events")

    port = server.url.rstrip("/").rpartition(":")[2]
    with nginx(tmp_path, GATHERING.replace("{port}", port).replace("{more}", more)) as listening:
        page = browser.new_page()
        screen = Screen(page, f"http://127.0.0.1:{listening}")
        screen.go(f"/runs/{run}")
        screen.wait_for_step(20)
        screen.expect_state("Training live")
        become("paused")
        before = ended_streams()
        wait_until(lambda: ended_streams() > before, "the proxy never hung up", 60)
        become("running")
        screen.wait_for_step(screen.step() + 20)
        become("stopped")
        screen.expect_state("Stopped")
        page.context.close()
