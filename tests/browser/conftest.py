import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.find_chromium import find_chromium
from tests.browser.kept_context import KeptContext
from tests.browser.screen import PATIENCE, Screen
from tests.joining import join_modules
from tests.running_server import RunningServer

OpenScreen = Callable[..., Screen]

expect.set_options(timeout=PATIENCE)

_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-gpu",  # painting in software is cheaper without a graphics card's emulation
    "--disable-sync",
    "--no-first-run",
    "--process-per-site",
    "--renderer-process-limit=1",
    "--host-resolver-rules=MAP lab.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_RECORD_EVENTS = """
    window.heard = [];
    const add = MessagePort.prototype.addEventListener;
    MessagePort.prototype.addEventListener = function (kind, listener) {
        add.call(this, kind, (event) => {
            if (event.data.seq) window.heard.push(event.data.seq);
            listener(event);
        });
    };
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser that shares its cores may stumble once: such tests get a second try, which is told.

    Whatever is broken fails both times.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="package")  # Playwright's event loop runs in this thread while it lives
def browser() -> Iterator[Browser]:
    join_modules()
    path = find_chromium(shell=True)
    if path is None:
        pytest.fail("no Chromium: run tests/browser/find_chromium.py --install")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def kept_context(browser: Browser, server: RunningServer) -> Iterator[KeptContext]:
    """What the tests of a file open their first page in, one after another."""
    kept = KeptContext(browser, server.url, _RECORD_EVENTS)
    yield kept
    kept.close()


@pytest.fixture
def open_screen(
    browser: Browser, server: RunningServer, kept_context: KeptContext
) -> Iterator[OpenScreen]:
    """Opens dashboards in browsers of their own; fails if any of them complains or strays.

    Nothing may be asked of another host, and the console must stay free of errors, among them
    breaches of the content security policy. `expected` names parts of messages that a test causes
    on purpose. The first browser of a test is `kept` from the test before, with all forgotten but
    the files it fetched; a test that changes more of it than pages can, or times how files come,
    asks for a new one.
    """
    left = _training(server)
    complaints: list[str] = []
    contexts: list[BrowserContext] = []
    screens: list[Screen] = []

    def opened(
        width: int = 1440,
        height: int = 900,
        expected: tuple[str, ...] = (),
        *,
        kept: bool = True,
        **options: Any,
    ) -> Screen:
        size: ViewportSize = {"width": width, "height": height}
        if kept and not options and not screens:
            page = kept_context.new_page(size)
        else:
            contexts.append(browser.new_context(viewport=size, **options))
            contexts[-1].add_init_script(_RECORD_EVENTS)
            page = contexts[-1].new_page()
        _listen(page, complaints, expected)
        screens.append(Screen(page, server.url.rstrip("/")))
        return screens[-1]

    yield opened
    for context in contexts:
        context.close()
    kept_context.forget()
    for run in _training(server) - left:  # it would take cores from the tests that follow
        server.client.patch(f"/api/runs/{run}", json={"status": "stopped"})
    assert complaints == []


def _training(server: RunningServer) -> set[str]:
    told = server.client.get("/api/runs?limit=100").json()["runs"]
    return {run["id"] for run in told if run["status"] in ("queued", "running", "paused")}


def _listen(page: Page, complaints: list[str], expected: tuple[str, ...]) -> None:
    def complain(words: str) -> None:
        if not any(part in words for part in expected):
            complaints.append(words)

    def check_host(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            complaints.append(f"a request left for {url}")

    page.on("request", lambda request: check_host(request.url))
    page.on("pageerror", lambda error: complain(f"the page threw {error}"))
    page.on(
        "console",
        lambda message: message.type == "error" and complain(f"the console says {message.text}"),
    )


@pytest.fixture
def screen(open_screen: OpenScreen) -> Screen:
    return open_screen()


@pytest.fixture
def begin_run(server: RunningServer) -> Iterator[Callable[..., str]]:
    """Starts runs past the page, and stops what of them still trains afterwards."""
    begun: list[str] = []

    def begin(**recipe: Any) -> str:
        answer = server.client.post("/api/runs", json={"preset": "mnist-strokes", **recipe})
        answer.raise_for_status()
        begun.append(answer.json()["id"])
        return begun[-1]

    yield begin
    for run in begun:
        with contextlib.suppress(Exception):
            server.client.patch(f"/api/runs/{run}", json={"status": "stopped"})


@pytest.fixture(scope="module")
def finished_run(server: RunningServer) -> str:
    """A short run that has ended, so that there is something to look at."""
    recipe = {"preset": "mnist-strokes", "steps": 120, "name": "Short strokes"}
    run = str(server.client.post("/api/runs", json=recipe).json()["id"])
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        kinds = [line for line in events.iter_lines() if line.startswith("event:")]
    assert kinds[-1] == "event: run_finished"
    return run
