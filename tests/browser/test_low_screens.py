"""In low and small windows the page is read, not its bars, and nothing hides what has focus."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 320, 256  # 1280 × 1024 at 400 %
_HIDDEN = """
    (() => {
        const here = document.activeElement;
        const line = document.querySelector(".dock");
        const floor = line.checkVisibility() ? line.getBoundingClientRect().top : innerHeight;
        const { top, bottom } = here.getBoundingClientRect();
        if (here === document.body) return "";
        const isSeen = line.contains(here) ? bottom <= innerHeight : top < floor && bottom > 0;
        return isSeen ? "" : here.outerHTML.slice(0, 120);
    })()
"""


def test_what_has_focus_is_never_behind_the_line_that_sticks(open_screen, finished_run):
    screen = open_screen(WIDTH, HEIGHT)
    screen.go_to_end(finished_run)
    for _ in range(25):
        screen.page.keyboard.press("Tab")
        screen.wait_for_paint()
        assert screen.page.evaluate(_HIDDEN) == ""


def test_at_400_per_cent_the_first_filters_are_in_the_first_screen(open_screen, finished_run):
    screen = open_screen(WIDTH, HEIGHT, has_touch=True)
    screen.go_to_end(finished_run)
    expect(screen.tile(1)).to_be_in_viewport()
    line = screen.page.locator(".dock").bounding_box()
    assert screen.tile(1).bounding_box()["y"] < line["y"]
    screen.tile(1).tap()
    facts = screen.page.locator("#facts")
    expect(facts).to_be_visible()
    assert screen.tile(16).bounding_box()["y"] < facts.bounding_box()["y"]
    facts.get_by_role("button", name="Close").tap()
    expect(facts).to_be_hidden()
    screen.page.locator("#views-open").tap()
    screen.page.get_by_role("button", name="Help and theme").tap()
    theme = screen.page.get_by_role("group", name="Theme")
    theme.get_by_label("Dark").check()
    expect(screen.page.locator("html")).to_have_css("color-scheme", "dark")


def test_at_1024_the_bar_names_every_view_and_the_builders_parts_lie_apart(
    open_screen, finished_run
):
    screen = open_screen(1024, 768)
    screen.go_to_end(finished_run, "?view=build")
    expect(screen.page.locator("#present-open")).to_be_visible()
    views = screen.page.locator("#views")
    assert views.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    expect(screen.page.locator("#build-filters .tile").last).to_be_attached()
    end = "(one) => Math.max(...[...one.children].map((c) => c.getBoundingClientRect().bottom))"
    top = screen.page.locator(".build-aside").bounding_box()["y"]
    for part in (".build-layers", ".build-middle"):
        assert screen.page.locator(part).evaluate(end) <= top, part


def test_what_stands_in_a_row_lies_beside_each_other(open_screen, begin_run):
    """Of a network of two layers, whose row above the filters is the fullest."""
    screen = open_screen(1024, 768)
    screen.go(f"/runs/{begin_run(preset='mnist-two-layers', steps=3)}")
    screen.expect_state("Finished")
    expect(screen.page.locator(".now .layer-choice")).to_be_visible()
    row = [screen.page.locator(one).bounding_box() for one in ("#hold-button", "#mode", "#scale")]
    row.append(screen.page.locator("#measures").bounding_box())
    screen.page.locator("#views-open").click()
    screen.page.get_by_role("link", name="Draw").click()
    expect(screen.page.locator("#scene-draw.ready")).to_be_visible()
    screen.resize(WIDTH, HEIGHT)
    line = [screen.page.locator(one).bounding_box() for one in ("#travel", "#state .word")]
    for left, right in pairwise(row):
        assert left["x"] + left["width"] <= right["x"]
    assert line[0]["x"] + line[0]["width"] <= line[1]["x"] or (
        line[0]["y"] + line[0]["height"] <= line[1]["y"]
    )


def test_on_a_beamer_the_filters_before_are_shown_in_place_while_one_holds(
    open_screen, finished_run
):
    screen = open_screen(1280, 720)
    screen.go_to_end(finished_run)
    page, word = screen.page, screen.page.locator("#now-word")
    expect(page.locator("#before")).to_be_hidden()
    now, place = screen.picture(), screen.tile(1).bounding_box()
    page.keyboard.down("b")
    expect(word).to_have_text("Before")
    expect(screen.shown_step).to_have_text("step 0")
    assert screen.picture() != now
    assert screen.tile(1).bounding_box() == place
    page.keyboard.up("b")
    expect(word).to_have_text("Now")
    assert screen.picture() == now
    button = page.get_by_role("button", name="Hold to see step 0")
    for key in ("Enter", "Space"):
        button.press(key)
        expect(word).to_have_text("Before")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#hold-said")).to_have_text("The filters of step 0.")
        button.press(key)
        expect(word).to_have_text("Now")
    for held in (button, screen.tile(3)):  # a long press of a filter doesn't open it
        held.hover()
        page.mouse.down()
        expect(word).to_have_text("Before")
        page.mouse.up()
        expect(word).to_have_text("Now")
    expect(page.locator("#scene-filter")).to_be_hidden()
    tiles = [screen.tile(number).bounding_box() for number in (1, 6, 16)]
    assert tiles[0]["y"] == tiles[1]["y"]  # six columns
    assert tiles[0]["width"] >= 100
    assert tiles[2]["x"] + tiles[2]["width"] <= page.locator("#facts").bounding_box()["x"]
