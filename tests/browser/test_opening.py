"""Files of weights on the page: chosen, dropped, a folder as a film; what isn't shown is said."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen
from tests.browser.test_recordings import DROP
from tests.browser.violations import violations
from tests.opening.checkpoints import checkpoint
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser


def test_a_folder_is_a_film_a_dropped_file_a_run_and_what_is_left_out_is_said(
    open_screen: OpenScreen, server: RunningServer, tmp_path: Path
) -> None:
    screen = open_screen(expected=("status of 422",))
    page = screen.page
    screen.go("/")
    for epoch in (1, 2, 10):
        checkpoint(tmp_path / f"mine/epoch_{epoch}-0.{epoch}.keras", epoch)
    (tmp_path / "mine/<b>notes.txt").write_text("hello")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="or a folder…").click()
    chooser.value.set_files(tmp_path / "mine")
    expect(page.locator("#opening")).to_contain_text("mine/<b>notes.txt: this is no file of")
    expect(page.locator("#now-step")).to_have_text("epoch 10")
    expect(page.locator("#before-word")).to_have_text("First")
    expect(page.locator("#before-step")).to_have_text("epoch 1")
    expect(page.locator("#under")).to_contain_text("3 files of Keras 3.15.1, epochs 1 to 10")
    expect(page.locator("#state")).to_contain_text("Opened")
    expect(page.locator("#layers .layer")).to_have_count(2)
    page.locator("#opening").get_by_role("button").click()
    page.locator("#program-notes summary").click()
    expect(page.locator("#program-notes li")).to_contain_text("Left out: mine/<b>notes.txt")
    page.locator("#layers .layer").nth(1).click()
    expect(page.locator("#headline")).to_have_text("4 filters, 3×3 over 8 channels.")
    expect(page.locator("#shares .without")).to_contain_text("Can’t be said")
    assert violations(screen) == []

    data = base64.b64encode(checkpoint(tmp_path / "one.keras", 5).read_bytes()).decode()
    page.evaluate(DROP, ["one.keras", data])
    expect(page.locator("#program-name")).to_have_text("one.keras")
    expect(page.locator("#under")).to_contain_text("How its training began isn’t told by a file")
    expect(page.locator("#before")).to_be_hidden()
    assert server.client.get("/api/runs").json()["runs"][0]["source"] == "opened"

    page.get_by_role("link", name="Twins").click()
    page.locator("#twins-offers").get_by_role("button", name="mine").first.click()
    expect(page.locator("#twin-b-title .name")).to_have_text("mine")
    expect(page.locator("#twins-start-words")).to_have_text("Its start isn’t known here")
    expect(page.locator("#twins-differ")).to_contain_text("8 filters of A")
    expect(page.locator("#twins-again")).to_be_hidden()
    assert violations(screen) == []
    page.get_by_role("link", name="Live").click()
    expect(page.locator("#program-name")).to_be_visible()
    page.locator("#headline").click()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("w")
    chooser.value.set_files(tmp_path / "mine/<b>notes.txt")
    expect(page.locator("#toast")).to_contain_text(
        "<b>notes.txt can’t be opened: This is no file of weights"
    )
    screen.resize(390, 844)
    assert screen.width_needed() <= 390
