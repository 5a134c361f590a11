"""A network is built from keys alone, broken, mended by a click, and trained as it was shown."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen
from tests.browser.violations import violations
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser


def open_builder(screen: Screen, path: str = "/?view=build") -> Page:
    screen.page.goto(screen.url + path)
    settled(screen.page)
    return screen.page


def settled(page: Page) -> None:
    """Waits until the server has said what it thinks of the draft."""
    expect(page.locator("body.settled #scene-build.ready:not(.stale)")).to_be_visible()


def block(page: Page, number: int) -> Locator:
    """A block by its place; 0 are the pictures."""
    return page.locator(".build-block").nth(number)


def row(page: Page, setting: str) -> Locator:
    return page.locator(f'#scene-build [data-setting="{setting}"]')


def typed(page: Page, setting: str) -> Locator:
    return row(page, setting).locator(".build-number")


def recipe_of(screen: Screen, server: RunningServer) -> dict[str, Any]:
    """The recipe of the run that the page has come to."""
    screen.page.wait_for_url("**/runs/*")
    run = screen.page.url.rsplit("/", 1)[1].partition("?")[0]
    told = server.client.get(f"/api/runs/{run}").json()
    return {**told["recipe"], "preset": told["preset"]}


def test_a_network_is_built_by_keys_alone_and_trained_as_it_was_shown(
    screen: Screen, server: RunningServer
) -> None:
    page = open_builder(screen)
    press = page.keyboard.press
    block(page, 1).focus()
    for key in ("ArrowDown", "Insert"):  # below the pool
        press(key)
    expect(page.locator("#build-menu")).to_be_visible()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        press(key)
    expect(block(page, 3)).to_contain_text("Batch norm")
    expect(block(page, 3)).to_be_focused()
    press("Alt+ArrowUp")
    expect(block(page, 2)).to_contain_text("Batch norm")
    expect(block(page, 2)).to_be_focused()
    press("Delete")
    expect(page.locator("#build-notice")).to_have_text("Batch norm removed.")
    page.locator("#build-undo").focus()
    press("Enter")
    expect(block(page, 2)).to_contain_text("Batch norm")
    block(page, 2).focus()
    press("ArrowUp")
    press("Enter")  # into the settings
    expect(row(page, "filters").locator("input:checked")).to_be_focused()
    press("ArrowLeft")
    expect(block(page, 1)).to_contain_text("8 filters 9×9")
    typed(page, "steps").focus()
    press("ControlOrMeta+a")
    page.keyboard.type("20")
    settled(page)
    expect(page.locator("#build-base")).to_have_text("From Dead leaves, with four changes.")
    shown = page.locator(".build-said").all_inner_texts()
    press("Control+Enter")
    made = recipe_of(screen, server)
    assert [layer["type"] for layer in made["layers"]] == [
        *("conv2d", "batch_normalization", "max_pool2d", "conv2d"),
        *("global_average_pool2d", "dense"),
    ]
    assert (made["layers"][0]["filters"], made["steps"], made["preset"]) == (8, 20, "dead-leaves")
    assert shown[1:3] == ["Conv 8 filters 9×9, stride 2", "Batch norm"]
    expect(screen.tiles).to_have_count(8)
    screen.expect_state("Finished")


def test_what_cannot_be_is_told_at_its_block_and_mended_by_a_click(
    screen: Screen, server: RunningServer
) -> None:
    page = open_builder(screen)
    block(page, 3).click()
    row(page, "kernel_size").get_by_role("radio", name="9").check()
    fault = page.locator(".build-item").nth(3).locator(".build-fault")
    expect(fault).to_contain_text("9×9 doesn’t fit. Only 6×6 arrives here after the pool.")
    expect(block(page, 3)).to_contain_text("can’t be")
    expect(page.locator(".build-shape").nth(4)).to_have_text("")
    expect(page.locator("#build-train")).to_have_text("Train it: one thing to mend first")
    assert violations(screen) == []
    press = page.locator("#build-train").click
    press()
    expect(fault.get_by_role("button").first).to_be_focused()
    fault.get_by_role("button", name="Make it 6×6").click()
    settled(page)
    expect(block(page, 3)).to_contain_text("1×1×32")
    typed(page, "steps").fill("10")
    settled(page)
    press()
    assert recipe_of(screen, server)["layers"][2]["kernel_size"] == 6


def test_the_settings_of_a_run_that_ended_can_be_changed(
    open_screen: OpenScreen, begin_run: Any, server: RunningServer
) -> None:
    screen = open_screen()
    broken = begin_run(preset="dead-leaves", optimizer={"learning_rate": 20}, steps=60)
    screen.go(f"/runs/{broken}")
    screen.expect_state("Failed")
    page = screen.page
    page.get_by_role("button", name="Change settings").click()
    settled(page)
    rate, size = typed(page, "learning_rate"), typed(page, "batch_size")
    expect(rate).to_have_value("0.05")
    expect(page.locator("#build-broke")).to_contain_text("It broke with a learning rate of 20")
    for optimizer, suits in (("Adam", "0.005"), ("Adadelta", "10"), ("SGD", "0.05")):
        row(page, "optimizer").get_by_role("radio", name=optimizer, exact=True).check()
        if optimizer != "SGD":
            expect(rate).to_have_value(suits)
    expect(rate).to_have_value("20")  # the run's own again
    rate.fill("much")
    expect(row(page, "learning_rate")).to_contain_text("Learning rate must be a number.")
    rate.fill("0,02")
    size.fill("100000")
    expect(page.locator("#build-learning-faults")).to_contain_text(
        "Pictures a step is 100000; at most 1024 is possible."
    )
    size.fill("32")
    typed(page, "seed").fill("4")
    settled(page)
    page.get_by_role("button", name="Train it").click()
    screen.expect_state("Finished")
    recipe = recipe_of(screen, server)
    optimizer = recipe["optimizer"]
    assert (optimizer["learning_rate"], optimizer["momentum"]) == (0.02, 0.9)
    assert (recipe["batch_size"], recipe["seed"], recipe["steps"]) == (32, 4, 60)
    assert recipe["preset"] == "dead-leaves"


def test_a_long_run_is_asked_for_twice_and_fewer_steps_are_offered(screen: Screen) -> None:
    page = open_builder(screen)
    typed(page, "steps").fill("1000000")
    settled(page)
    expect(page.locator("#build-fewer")).to_be_visible()
    page.locator("#build-train").click()
    expect(page.locator("#build-asked")).to_contain_text("here. It can be stopped at any time.")
    assert "/runs/" not in page.url
    page.locator("#build-fewer-asked").click()
    settled(page)
    expect(page.locator("#build-asked")).to_be_hidden()
    expect(page.locator("#build-seconds")).to_contain_text(" s")
    assert int(typed(page, "steps").input_value()) < 100_000


def test_a_draft_is_there_again_after_a_reload_and_lies_under_its_own_experiment(
    screen: Screen,
) -> None:
    page = open_builder(screen)
    block(page, 2).click()
    page.locator("#build-palette").get_by_text("+ Dropout").click()
    settled(page)
    page.wait_for_url("**block=3*")
    page.reload()
    settled(page)
    expect(block(page, 3)).to_contain_text("Dropout 25 %")
    expect(block(page, 3)).to_have_attribute("aria-current", "true")
    page.locator("#build-over").click()
    expect(page.locator(".build-block")).to_have_count(6)
    page.locator("#build-undo").click()
    expect(block(page, 3)).to_contain_text("Dropout 25 %")


def test_hands_reorder_by_the_grip_and_add_between_blocks(screen: Screen) -> None:
    page = open_builder(screen)
    items = page.locator(".build-item")
    grip, target = items.nth(2).locator(".build-grip").bounding_box(), items.nth(3).bounding_box()
    assert grip
    assert target
    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 8, target["y"] + target["height"], steps=4)
    page.mouse.up()
    expect(block(page, 3)).to_contain_text("Max pool")
    items.nth(1).locator(".build-plus").click()
    page.get_by_role("menuitem", name="Dropout").click()
    expect(block(page, 2)).to_contain_text("Dropout")


def test_on_a_phone_settings_stand_in_their_block_and_the_rest_behind_segments(
    open_screen: OpenScreen,
) -> None:
    screen = open_screen(390, 844)
    page = open_builder(screen)
    expect(page.locator(".build-item.chosen .build-settings")).to_be_visible()
    expect(page.locator(".build-learning")).to_be_hidden()
    page.get_by_role("radio", name="How it learns").check()
    expect(page.locator(".build-learning")).to_be_visible()
    page.wait_for_url("**part=learns*")
    page.locator("#build-add").click()
    page.get_by_role("menuitem", name="Flatten").click()
    page.get_by_role("radio", name="Layers").check()
    expect(page.locator(".build-item.chosen")).to_contain_text("Flatten")
    assert screen.width_needed() <= 390
    assert violations(screen) == []


def test_a_name_of_markup_stays_text(screen: Screen, server: RunningServer, begin_run: Any) -> None:
    run = begin_run(name="<img src=x onerror=alert(1)>", steps=5)
    page = open_builder(screen, f"/runs/{run}?view=build")
    expect(page.locator("#build-base")).to_have_text("As <img src=x onerror=alert(1)>.")
    assert json.dumps(page.evaluate("document.querySelectorAll('#scene-build img').length")) == "0"
