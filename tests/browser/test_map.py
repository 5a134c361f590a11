"""A sweep from its form to its map, its files and its end."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenScreen
from tests.browser.fitting import (
    MOST_SHIFT,
    WATCH_SHIFTS,
    assert_fits_at_every_size,
    assert_tab_reaches_every_control_and_is_never_trapped,
)
from tests.browser.violations import violations
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"
FORM = "?view=map&preset=mnist-strokes&recipe.steps=20"
ENDED = "With 2 seeds nothing is told from chance."


@pytest.fixture(scope="module")
def swept(server: RunningServer) -> str:
    """A sweep of which one rate breaks every run, trained to its end."""
    asked = {
        "base": {"preset": "mnist-strokes", "steps": 8, "optimizer": {"learning_rate": 0.05}},
        "axes": [
            {"field": "optimizer.learning_rate", "values": [0.05, 900]},
            {"field": "layers.0.weight_decay", "values": [0, 0.05]},
            {"field": "layers.0.kernel_size", "values": [7, 9]},
        ],
        "seeds": [0, 1],
        "name": HOSTILE,
    }
    answer = server.client.post("/api/sweeps", json=asked)
    answer.raise_for_status()
    return str(answer.json()["id"])


def cell(page: Page, at: str) -> object:
    return page.locator(f'.map-cell[data-at="{at}"]')


def test_a_sweep_is_made_where_its_cost_is_said_before(open_screen: OpenScreen) -> None:
    screen = open_screen(expected=("422",))
    page = screen.page
    page.goto(f"{screen.url}/{FORM}")
    expect(page.locator("#map-base")).to_have_text("Handwritten strokes, with your changes.")
    expect(page.locator("#map-count")).to_have_text("48 runs: 16 cells with 3 seeds each.")
    rates = page.get_by_role("textbox", name="Values of setting 1")
    expect(rates).to_have_value(re.compile(r"0\.\d+(, [\d.]+){3}"))
    rates.fill("0.05, fast")
    expect(page.locator("#map-problem")).to_be_visible()
    expect(rates).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#map-start")).to_have_attribute("aria-disabled", "true")
    rates.fill("0.05")
    page.locator("#map-seeds").fill("2000")
    expect(page.locator("#map-problem")).to_have_text(
        "These would be 8,000 runs; at most 2,000 can be one sweep."
    )
    page.get_by_role("button", name="Leave out setting 2").click()
    page.locator("#map-seeds").fill("1")
    page.locator("#map-name").fill("One cell")
    expect(page.locator("#map-start")).to_have_text("Train 1 run")
    expect(page.locator("#map-start")).to_have_attribute("aria-disabled", "false")
    assert not violations(screen, "#scene-map")
    page.keyboard.press("Enter")
    expect(page.locator("#map-board h1")).to_have_text("With 1 seed nothing is told from chance.")
    assert "sweep=" in page.url

    page.get_by_role("button", name="3 more seeds").click()
    expect(page.locator(".map-more-seeds")).to_contain_text("3 runs more: about")
    expect(page.get_by_role("button", name="Train them")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".map-seeds li")).to_have_count(4)
    expect(page.locator("#map-board h1")).to_have_text("No setting stands out.")

    page.get_by_role("button", name="Delete 4 runs").click()
    expect(page.locator("#map-make")).to_be_visible()
    expect(page.locator("#map-list")).not_to_contain_text("One cell")
    expect(page.locator("#deleted")).to_contain_text("Deleted the sweep “One cell”. Undo")
    page.keyboard.press("Control+z")
    expect(page.locator("#map-list")).to_contain_text("One cell")


def test_the_map_is_read_by_keys_and_moved_as_one(open_screen: OpenScreen, swept: str) -> None:
    screen = open_screen(kept=False)
    page = screen.page
    page.add_init_script(WATCH_SHIFTS)
    page.goto(f"{screen.url}/?view=map&sweep={swept}")
    expect(page.locator("#map-board h1")).to_have_text(ENDED)
    expect(cell(page, "0-0-0")).to_have_accessible_name(re.compile(r"decay 0, 7×7: \d+ % edges"))
    expect(cell(page, "1-0-0")).to_have_accessible_name(re.compile("nothing yet; diverged"))
    expect(cell(page, "0-0-0").locator(".map-strip")).to_be_visible()
    expect(page.locator(".map-seeds li")).to_have_count(2)
    expect(page.locator(".map-panel-title")).to_have_text(["7×7", "9×9"])
    screen.wait_for_answers()
    assert page.evaluate("window.layoutShift()") <= MOST_SHIFT
    assert not violations(screen, "#scene-map")
    assert_tab_reaches_every_control_and_is_never_trapped(screen)

    cell(page, "0-0-0").focus()
    page.keyboard.press("ArrowDown")
    expect(cell(page, "0-1-0")).to_be_focused()
    expect(cell(page, "0-1-0")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".map-side h2")).to_have_text(re.compile("decay 0.05", re.IGNORECASE))
    for key, at in (("End", "1-1-1"), ("ArrowLeft", "0-1-1"), ("ArrowLeft", "1-1-0")):
        page.keyboard.press(key)
        expect(cell(page, at)).to_be_focused()
    page.keyboard.press("Home")

    page.get_by_role("slider", name="Step of all runs").focus()
    page.keyboard.press("Home")
    expect(page.locator(".map-state b")).to_have_text("All 16 at step 0")
    expect(page).to_have_url(re.compile("moment=0"))
    page.reload()
    expect(page.locator(".map-state b")).to_have_text("All 16 at step 0")
    expect(cell(page, "0-1-0")).to_have_attribute("aria-selected", "true")
    page.locator("select[name=Size]").select_option("9×9")
    expect(page.locator(".map-cell")).to_have_count(4)
    expect(page.locator(".map-panel-title")).to_have_text("9×9")
    cell(page, "0-1-1").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/runs/"))
    page.go_back()
    expect(page.locator("#map-board h1")).to_have_text(ENDED)


def test_a_cell_is_compared_with_the_unchanged_recipe_and_fits_everywhere(
    open_screen: OpenScreen, swept: str
) -> None:
    screen = open_screen()
    page = screen.page
    page.goto(f"{screen.url}/?view=map&sweep={swept}&cell=0-1-0")
    expect(page.locator(".map-side")).to_contain_text("This is the unchanged recipe.")
    cell(page, "0-0-0").click()
    expect(cell(page, "0-0-0").locator(".map-strip")).not_to_have_class(re.compile("empty"))
    assert_fits_at_every_size(screen)
    page.get_by_role("link", name="Compare with the unchanged recipe").click()
    expect(page).to_have_url(re.compile("/runs/.*view=twins&with="))


def test_the_map_is_taken_home(
    open_screen: OpenScreen, browser: Browser, swept: str, tmp_path: Path
) -> None:
    screen = open_screen()
    page = screen.page
    page.goto(f"{screen.url}/?view=map&sweep={swept}")
    expect(page.locator("#map-board h1")).to_have_text(ENDED)
    expect(cell(page, "0-0-0").locator(".map-strip")).to_be_visible()
    files = {}
    for name in ("Picture, PNG", "Picture, SVG", "One page without a server, HTML"):
        page.locator(".map-taking summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        files[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[name])
        expect(page.locator(".map-taking")).not_to_have_attribute("open", "")
    png, svg, html = files.values()
    assert png.read_bytes().startswith(b"\x89PNG")
    assert "data:image/png" in svg.read_text()
    assert "<img" not in svg.read_text()

    context = browser.new_context(offline=True)
    alone = context.new_page()
    problems: list[str] = []
    alone.on("pageerror", lambda error: problems.append(str(error)))
    alone.on("request", lambda one: one.url.startswith("http") and problems.append(one.url))
    alone.goto(html.as_uri())
    expect(alone.locator("h1")).to_have_text(ENDED)
    expect(alone.locator(".map-cell")).to_have_count(8)
    alone.get_by_role("slider", name="Step of all runs").focus()
    alone.keyboard.press("Home")
    expect(alone.locator(".map-state b")).to_have_text("All 16 at step 0")
    expect(alone.locator('[data-at="0-0-0"] .map-strip')).to_be_visible()
    context.close()
    assert problems == []


def test_the_table_of_runs_shows_a_sweep_and_leads_to_its_map(
    open_screen: OpenScreen, swept: str
) -> None:
    screen = open_screen()
    page = screen.page
    page.goto(f"{screen.url}/?view=runs&sweep={swept}&seed=1")
    expect(page.locator("#runs-headline")).to_contain_text("8 runs found")
    expect(page.locator("#runs-sweep option:checked")).to_have_text(HOSTILE)
    chip = page.get_by_role("button", name=f"The map of {HOSTILE}").first
    expect(chip).to_have_text("sweep")
    assert not violations(screen)
    page.locator("#runs-grid").focus()
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile(rf"view=map&sweep={swept}"))
    page.go_back()
    page.get_by_role("button", name="Map of this sweep").click()
    expect(page.locator(".map-cell").first).to_be_visible()
