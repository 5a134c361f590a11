"""Light, dark, the system's own colours, and paper."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

LIGHT, DARK = "rgb(251, 251, 250)", "rgb(17, 18, 21)"


def test_light_on_the_beamer_stays_light_while_the_laptop_is_dark(open_screen: OpenScreen) -> None:
    screen = open_screen(color_scheme="dark")
    page, root = screen.page, screen.page.locator("html")
    screen.go("/?view=weights")
    expect(root).to_have_css("background-color", DARK)
    page.get_by_role("button", name="Help").click()
    theme = page.get_by_role("group", name="Theme")
    expect(theme.get_by_label("System")).to_be_checked()
    theme.get_by_label("System").press("ArrowRight")
    expect(theme.get_by_label("Light")).to_be_checked()
    expect(root).to_have_css("background-color", LIGHT)
    expect(root).to_have_css("color-scheme", "light")
    chart = page.locator("#weights-lab .xtick text").first
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
    assert "data-theme" not in page.request.get(page.url).text().split("<head>")[0]


TOLERANCE = 40  # of a channel, for what is drawn at a rounded corner


def pixels(screen: Screen, selector: str) -> Image.Image:
    """What is painted where an element lies, one pixel for each of CSS."""
    box = screen.page.locator(selector).first.bounding_box()
    assert box is not None
    drawn = Image.open(io.BytesIO(screen.page.screenshot(animations="disabled", clip=box)))
    return drawn.convert("RGB")


def shares(picture: Image.Image, colour: tuple[int, int, int]) -> float:
    """How much of a picture has about that colour, from 0 to 1."""
    counted = picture.getcolors(picture.width * picture.height) or []
    like = sum(
        count
        for count, one in counted
        if isinstance(one, tuple)
        and max(abs(a - b) for a, b in zip(one, colour, strict=True)) <= TOLERANCE
    )
    return like / (picture.width * picture.height)


def system(screen: Screen, name: str) -> tuple[int, int, int]:
    """A colour of the system as the browser has it."""
    css = screen.page.evaluate(
        "(name) => { const one = document.body.appendChild(document.createElement('i'));"
        "one.style.color = name; const { color } = getComputedStyle(one); one.remove();"
        "return color; }",
        name,
    )
    red, green, blue = (int(part) for part in re.findall(r"\d+", css)[:3])
    return red, green, blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_that_the_system_forces_leave_nothing_out(
    open_screen: OpenScreen, finished_run: str, scheme: str
) -> None:
    screen = open_screen(forced_colors="active", color_scheme=scheme)
    page = screen.page
    screen.go_to_end(finished_run)
    ground, ink = system(screen, "Canvas"), system(screen, "CanvasText")
    assert ground == ((255,) * 3 if scheme == "light" else (0,) * 3)
    assert shares(pixels(screen, ".scrubber .filled"), ink) > 0.8
    for part in (".scrubber .thumb", ".chart .playhead"):
        assert shares(pixels(screen, part), ink) > 0.2, part
    assert shares(pixels(screen, ".scrubber .tick"), ink) > 0.02  # a line and a number
    assert shares(pixels(screen, ".scenes a[aria-current]"), ground) < 0.3
    assert shares(pixels(screen, ".scenes a:not([aria-current])"), ground) > 0.6
    assert shares(pixels(screen, "#montage .tile"), ground) < 0.5  # the filter keeps its colours
    page.get_by_role("link", name="Draw").click()
    bar = page.locator(".share.first .bar-track").first
    expect(bar).to_be_visible()
    screen.wait_for_paint()
    bar_pixels = pixels(screen, ".share.first .bar-track")
    assert shares(bar_pixels, ink) > 0.05
    assert shares(bar_pixels, ground) > 0.05
