"""Where one's own training is watched: the token that sends, for whoever may; keys; files."""

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_recordings import DROP, film
from tests.store.samples import snapshot, started, status, steps
from tests.web.scripted import ScriptedServer, scripted_server

pytestmark = pytest.mark.browser

FULL, SEND = "a-token-that-somebody-chose", "another-token-for-scripts"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    folder = tmp_path_factory.mktemp("own")
    with scripted_server(folder, host="0.0.0.0", token=FULL, send_token=SEND) as running:
        running.create("run", started(), status("running"), snapshot(0), steps(1), snapshot(1))
        yield running


Open = Callable[[str], Page]


@pytest.fixture
def open_with(browser: Browser, guarded: ScriptedServer) -> Iterator[Open]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})

    def opened(token: str) -> Page:
        page = context.new_page()
        page.goto(f"{guarded.url}/runs/run?token={token}")
        expect(page.locator("#now-step")).to_contain_text("step")
        return page

    yield opened
    context.close()


def test_whoever_may_do_everything_finds_the_token_that_sends_by_keys_alone(
    open_with: Open,
) -> None:
    page = open_with(FULL)
    page.keyboard.press("o")
    expect(page.locator("#own-code")).to_contain_text("run = watch(model)")
    summary = page.get_by_text("Show what to set, with the token")
    expect(summary).to_be_visible()
    variables = page.locator("#own-variables")
    expect(variables).not_to_be_visible()
    summary.focus()
    page.keyboard.press("Enter")
    expect(variables).to_contain_text(f"FILTERSCOPE_TOKEN={SEND}")
    expect(variables).to_contain_text("export FILTERSCOPE_URL=http://")
    client = page.get_by_role("link", name="filterscope_watch.py")
    with page.expect_download() as download:
        client.click()
    assert download.value.suggested_filename == "filterscope_watch.py"
    page.keyboard.press("?")
    expect(page.locator("#help")).to_contain_text("watch your own training")


def test_whoever_may_only_watch_is_shown_no_token_and_opens_no_file(
    open_with: Open, guarded: ScriptedServer, tmp_path: Path
) -> None:
    page = open_with(guarded.app.state.watch_token)
    page.keyboard.press("o")
    expect(page.locator("#own-code")).to_contain_text("run = watch(model)")
    film(tmp_path / "mine.fscope", "mine")
    data = base64.b64encode((tmp_path / "mine.fscope").read_bytes()).decode()
    page.evaluate(DROP, ["mine.fscope", data])
    toast = page.locator("#toast")
    expect(toast).to_contain_text("mine.fscope can’t be opened: This link lets one watch")
    expect(page.locator("#opening")).to_be_hidden()
    expect(page.locator("#own-send")).to_be_hidden()
    with guarded.client(headers={"Authorization": f"Bearer {FULL}"}) as http:
        assert [run["id"] for run in http.get("/api/runs").json()["runs"]] == ["run"]
