"""Somebody's own pictures, from their folder to a network that learns from them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen
from tests.browser.test_build import settled
from tests.browser.violations import violations
from tests.gathering.samples import as_folder, encoded, pixels, two_classes
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    files = {name.replace("cats", HOSTILE): data for name, data in two_classes(20).items()}
    return as_folder(tmp_path / "pets", {**files, "dogs/notes.txt": b"x", "dogs/.DS_Store": b"x"})


@pytest.fixture(autouse=True)
def none_left(server: RunningServer) -> None:
    """No pictures of another test, nor of another try, are there."""
    for one in server.client.get("/api/datasets").json()["datasets"]:
        if one["own"]:
            gone = {"even_if_needed": True}
            server.client.delete(f"/api/datasets/{one['name']}", params=gone)


def opened(screen: Screen) -> Page:
    page = screen.page
    page.goto(f"{screen.url}/?view=data")
    expect(page.locator("#scene-data.ready")).to_be_visible()
    return page


def test_a_folder_is_chosen_seen_added_trained_on_and_removed(
    open_screen: OpenScreen, pets: Path
) -> None:
    screen = open_screen(expected=("422",))
    page = opened(screen)
    expect(page.locator("#data-none")).to_be_visible()
    page.set_input_files("#data-folder", pets)
    expect(page.locator("#data-chosen")).to_contain_text("pets: 42 files")
    expect(page.locator("#data-name")).to_have_value("pets")
    expect(page.locator("#data-preview img")).to_have_count(5)
    page.locator("#data-fit").get_by_role("radio", name="Pad").check()
    expect(page.locator("#data-preview")).to_have_attribute("data-fit", "pad")
    assert not violations(screen)

    page.locator("#data-name").fill("a/b")
    page.keyboard.press("Enter")
    expect(page.locator("#data-problem")).to_contain_text("the name can't hold /")
    page.locator("#data-name").fill("Haustiere")
    page.keyboard.press("Enter")
    entry = page.locator(".data-set")
    expect(entry).to_contain_text("Haustiere")
    expect(entry.get_by_role("button", name="Train a network on these")).to_be_focused()
    expect(entry).to_contain_text(f"{HOSTILE} 20 · dogs 20")
    expect(entry).to_contain_text("1 hidden file was passed over.")
    expect(entry.locator("canvas").first).to_be_visible()
    entry.locator("summary").click()
    expect(entry.locator("li")).to_have_text(
        "pets/dogs/notes.txt: it is no picture of a kind that is read; "
        "PNG, JPEG, WebP, BMP and GIF are read"
    )
    assert not violations(screen)

    page.goto(f"{screen.url}/?view=build&block=0")
    choices = page.locator('#scene-build [data-setting="dataset"]')
    choices.get_by_role("radio", name="Haustiere").check()
    block = page.locator(".build-block").first
    expect(block).to_have_accessible_name("Picture Haustiere; makes 32 by 32 by 3")
    settled(page)
    page.get_by_role("button", name="Make it 2 units").first.click()
    settled(page)
    page.get_by_role("button", name=re.compile(r"Pictures a step: \d+")).first.click()
    expect(page.locator("#build-train")).to_have_text("Train it")

    opened(screen)
    entry.get_by_role("button", name="Train a network on these").click()
    page.wait_for_url("**/runs/*")
    screen.expect_state("Finished")
    run = page.url.rsplit("/", 1)[1].partition("?")[0]
    page.goto(f"{screen.url}/runs/{run}?view=mistakes")
    expect(page.locator("#mistakes-under")).to_contain_text("test pictures are wrong")
    expect(page.locator("#mistakes-most")).not_to_be_empty()

    page.goto(f"{screen.url}/runs/{run}?view=data")
    entry.get_by_role("button", name="Remove …").click()
    expect(entry).to_contain_text("1 run needs these pictures")
    expect(entry.get_by_role("button", name="Keep them")).to_be_focused()
    entry.get_by_role("button", name="Remove them").click()
    expect(page.locator("#data-none")).to_be_visible()


def test_what_is_no_data_set_is_refused_in_words_and_sending_can_be_ended(
    open_screen: OpenScreen, tmp_path: Path
) -> None:
    page = opened(open_screen(expected=("422",)))
    (tmp_path / "notes.zip").write_bytes(b"no zip")
    page.set_input_files("#data-file", tmp_path / "notes.zip")
    expect(page.locator("#data-preview img")).to_have_count(2)
    page.locator("#data-send").click()
    expect(page.locator("#data-problem")).to_contain_text("It is neither a folder, nor a zip")

    large = encoded(pixels(1, 300, 300))
    many = as_folder(tmp_path / "many", {f"cats/{at}.png": large for at in range(400)})
    page.set_input_files("#data-folder", many)
    page.locator("#data-send").click()
    expect(page.locator("#data-how-far")).to_contain_text("looked at")
    page.locator("#data-cancel").click()
    expect(page.locator("#data-problem")).to_have_text("Nothing was added.")
    expect(page.locator("#data-send")).to_have_attribute("aria-disabled", "false")
    expect(page.locator("#data-none")).to_be_visible()
