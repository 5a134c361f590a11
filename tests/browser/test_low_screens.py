"""At 400 % zoom the page is read, not its bars, and nothing hides what has focus: WCAG 2.4.11."""

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


def test_what_has_focus_is_never_behind_that_line(open_screen, finished_run):
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
