"""Light, dark, the system's own colours, and paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen

pytestmark = pytest.mark.browser

LIGHT, DARK = "rgb(251, 251, 250)", "rgb(17, 18, 21)"


def test_light_on_the_beamer_stays_light_while_the_laptop_is_dark(open_screen: OpenScreen) -> None:
    screen = open_screen(color_scheme="dark")
    page, root = screen.page, screen.page.locator("html")
    screen.go("/?view=weights")
    expect(root).to_have_css("background-color", DARK)
    chart = page.locator("#weights-lab .xtick text").first
    expect(chart).to_have_css("fill", "rgb(147, 151, 161)")
    page.get_by_role("button", name="Help").click()
    theme = page.get_by_role("group", name="Theme")
    expect(theme.get_by_label("System")).to_be_checked()
    theme.get_by_label("System").press("ArrowRight")
    expect(theme.get_by_label("Light")).to_be_checked()
    expect(root).to_have_css("background-color", LIGHT)
    expect(root).to_have_css("color-scheme", "light")
    expect(chart).to_have_css("fill", "rgb(102, 106, 115)")
    metas = page.locator("meta[name=theme-color]")
    expect(metas.first).to_have_attribute("media", "all")
    assert 'data-theme="light"' in page.request.get(page.url).text()  # none waits for a script
    screen.go()
    expect(root).to_have_css("background-color", LIGHT)
    page.get_by_role("button", name="Help").click()
    theme.get_by_label("Dark").check()
    page.emulate_media(color_scheme="light")
    expect(root).to_have_css("background-color", DARK)
    theme.get_by_label("System").check()
    expect(root).to_have_css("background-color", LIGHT)
    assert "data-theme" not in page.request.get(page.url).text().split("\n")[0]
