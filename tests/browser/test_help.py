"""The help: words that can be sought and linked, keys, and what this is."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app import __version__
from app.kernels import kernels_in_words, kernels_told
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


def test_a_word_is_sought_linked_and_reached_from_the_question_mark_beside_it(
    screen: Screen,
) -> None:
    page = screen.page
    screen.go("/#word-kernel")
    kernel = page.locator("#word-kernel")
    expect(kernel).to_have_attribute("aria-current", "true")
    expect(kernel).to_be_focused()
    page.get_by_role("searchbox", name="Find a word").fill("stride")
    expect(page.locator("#help-entries dt")).to_have_text(["Stride"])
    page.get_by_role("link", name="Stride").press("Enter")
    expect(page).to_have_url(re.compile("/#word-stride$"))
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("#"))
    hint = page.locator("[data-hint=loss]")
    hint.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Press it for the glossary.")
    hint.press("Enter")
    expect(page.locator("#word-loss")).to_be_focused()


def test_what_this_is_tells_what_computed_the_run_on_the_stage(
    screen: Screen, begin_run: Callable[..., str]
) -> None:
    screen.go(f"/runs/{begin_run(steps=1)}")
    expect(screen.state).to_have_text("Finished")
    screen.page.get_by_role("button", name="Help").click()
    screen.page.get_by_role("radio", name="About").check()
    computed = screen.page.locator("#about-run")
    expect(computed).to_contain_text(f"computed by Filterscope {__version__}, NumPy ")
    expect(computed).to_contain_text(
        "no compiled kernels" if kernels_told() == "numpy" else f"kernels {kernels_told()}"
    )


def test_what_this_is_says_version_licence_and_the_way_to_the_interface(screen: Screen) -> None:
    page = screen.page
    screen.go()
    page.get_by_role("button", name="Help").click()
    expect(page.locator("#help-entries dt").first).to_be_visible()
    search = page.get_by_role("searchbox", name="Find a word")
    expect(search).to_be_focused()
    search.fill("xyzzy")
    expect(page.locator("#help-found")).to_contain_text("No word like that")
    page.get_by_role("radio", name="About").check()
    about = page.locator("#help-about")
    expect(about).to_contain_text(f"Filterscope {__version__}")
    expect(about).to_contain_text("MIT")
    expect(about).to_contain_text(kernels_in_words())
    expect(page.locator("#about-run")).to_be_hidden()
    found = Axe().run(page, context="#help").response["violations"]
    assert [one["id"] for one in found] == []
    for link in about.get_by_role("link").all():
        assert page.request.get(link.evaluate("(one) => one.href")).ok
    page.get_by_role("link", name="Every route").click()
    expect(page).to_have_title("Filterscope: the interface")
