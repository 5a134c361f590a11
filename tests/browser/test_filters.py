"""The filters on the stage: facts, names, scales."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def on_run(screen, finished_run):
    screen.go_to_end(finished_run)
    return screen


def test_every_filter_has_a_name_for_the_ear(on_run):
    names = [tile.get_attribute("aria-label") for tile in on_run.tiles.all()]
    pattern = r"filter \d+, (oriented (edge|line) at \d+°|\w+), score \.\d\d"
    assert len(names) == 16
    assert [name for name in names if not re.fullmatch(pattern, name)] == []
    assert any("oriented" in name for name in names)


def test_pointing_shows_facts_and_leaving_shows_what_a_filter_is(on_run):
    facts = on_run.page.locator("#facts")
    expect(facts).to_contain_text("What is a filter?")
    on_run.tile(5).hover()
    expect(facts).to_contain_text("Filter 5")
    for name in ("Edge score", "Weights", "Change"):
        expect(facts).to_contain_text(name)
    on_run.headline.hover()
    expect(facts).to_contain_text("What is a filter?")


def test_a_chosen_filter_is_ringed_in_both_pictures(on_run):
    on_run.tile(9).click()
    expect(on_run.tile(9)).to_have_attribute("aria-current", "true")
    on_run.page.keyboard.press("Escape")
    expect(on_run.tile(9)).to_be_visible()
    expect(on_run.page.locator("#before .tile.selected")).to_have_attribute("data-filter", "8")
    on_run.page.keyboard.press("Escape")
    expect(on_run.page.locator("#montage .tile.selected")).to_have_count(0)


def test_every_number_explains_itself_on_focus_and_on_hover(on_run):
    on_run.tile(2).click()
    box = on_run.page.get_by_role("tooltip")
    expect(on_run.page.locator("#filter-spectrum-title .hint")).to_be_visible()
    explain_themselves(on_run, box)
    on_run.page.keyboard.press("Escape")
    expect(on_run.page.locator("#shares .hint")).to_be_visible()
    explain_themselves(on_run, box)
    on_run.page.locator("#shares .hint").hover()
    expect(box).to_contain_text("3,000 random filters")
    on_run.page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def explain_themselves(on_run, box):
    for hint in on_run.page.locator(".hint:visible").all():
        hint.focus()
        expect(box).to_be_visible()
        expect(box).to_have_text(re.compile(r".{20,}"))


def test_arrows_walk_the_filters(on_run):
    on_run.tile(1).focus()
    for key in ("ArrowRight", "ArrowDown", "End", "Home", "ArrowRight"):
        on_run.page.keyboard.press(key)
    expect(on_run.tile(2)).to_be_focused()


def test_difference_and_own_scale_repaint_the_filters(on_run):
    pictures = [on_run.picture()]
    for choice in ("Difference", "Each its own", "Weights"):
        on_run.page.get_by_label(choice, exact=True).check()
        on_run.wait_until(
            f"document.querySelector('#montage canvas').toDataURL() !== {pictures[-1]!r}"
        )
        pictures.append(on_run.picture())
    assert len(set(pictures)) == 4


def test_a_deeper_layer_is_shown_in_pixels_and_called_a_rough_picture(screen, server):
    recipe = {"preset": "mnist-two-layers", "steps": 20}
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    screen.go(f"/runs/{run}")
    screen.expect_state("Finished")
    first = screen.picture()
    screen.page.locator("#layer").select_option("conv2")
    expect(screen.tiles).to_have_count(64)
    expect(screen.under).to_contain_text("without ReLU and pooling")
    assert screen.picture() != first
    screen.page.locator("#layer").select_option("conv1")
    expect(screen.tiles).to_have_count(16)


def test_space_and_letters_work_wherever_the_focus_is(on_run):
    on_run.headline.click()
    on_run.page.keyboard.press("?")
    expect(on_run.page.get_by_role("dialog")).to_contain_text("Keyboard")
    on_run.page.keyboard.press("Escape")
    on_run.page.keyboard.press("d")
    expect(on_run.page.get_by_label("Difference")).to_be_checked()
    on_run.page.keyboard.press(" ")
    expect(on_run.page.locator("#replay-button")).to_have_text("Pause")
    on_run.expect_state("Finished")
