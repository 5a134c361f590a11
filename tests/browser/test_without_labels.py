"""An experiment without labels: nothing is right or wrong, and the page says why that matters."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NAME = "No labels at all"


def choose(screen, name=NAME):
    screen.page.locator("#presets").get_by_role("button", name=name).click()


def test_it_trains_to_edges_with_no_right_answers_and_says_why_that_matters(screen):
    screen.go()
    choose(screen)
    expect(screen.headline).to_have_text("Thirty-two filters, still random noise.")
    screen.main_button.click()
    screen.expect_state("Finished")
    expect(screen.headline).to_contain_text("of 32 filters see edges or lines.")
    expect(screen.under).to_contain_text("While learning to rebuild pictures,")
    answers, error = screen.page.locator("#answers"), screen.page.locator("#loss")
    expect(answers.locator(".value")).to_have_text("none")
    expect(answers).to_contain_text("nobody tells this network what is in a picture")
    expect(answers).to_contain_text("That matters")
    expect(answers.locator(".chart")).to_be_hidden()
    expect(error.get_by_role("heading")).to_contain_text("Error reconstruction + λ·sparsity")
    expect(error.locator(".value")).to_contain_text("12.")
    expect(error.locator(".chart .new-pictures").first).to_be_visible()


def test_its_explanations_speak_of_rebuilding(screen):
    screen.go()
    choose(screen)
    for measure, words in (("answers", "nothing is named"), ("loss", "rebuilt patch")):
        screen.page.locator(f"#{measure} .hint").hover()
        expect(screen.page.locator("#hint-text")).to_contain_text(words)


def test_the_doubt_beside_dead_leaves_leads_to_it(screen):
    screen.go()
    screen.page.locator("#doubt").get_by_role("button", name=NAME).click()
    row = screen.page.locator("#presets").get_by_role("button", name=NAME)
    expect(row).to_have_attribute("aria-pressed", "true")
    expect(screen.page.locator("#doubt")).to_contain_text("not that the network understands")


def test_labels_can_not_be_spoilt_where_there_are_none_but_pixels_can(screen):
    screen.go()
    spoil = screen.page.get_by_role("group", name="Spoil the data")
    spoil.get_by_label("Labels").check()
    choose(screen)
    expect(spoil.get_by_label("Labels")).to_be_hidden()
    expect(spoil.get_by_label("None")).to_be_checked()
    spoil.get_by_label("Pixels").check()
    screen.main_button.click()
    screen.expect_state("Finished")
    expect(screen.headline).to_have_text("0 of 32 filters see edges or lines.")


def test_right_answers_are_back_with_the_next_experiment(screen):
    screen.go()
    choose(screen)
    answers = screen.page.locator("#answers")
    expect(answers.locator(".without")).to_be_visible()
    choose(screen, "Handwritten strokes")
    expect(answers.locator(".chart")).to_be_visible()
    expect(answers.locator(".without")).to_be_hidden()
    expect(screen.page.locator("#loss").get_by_role("heading")).to_contain_text("Error loss")
    expect(screen.page.locator("#spoil").get_by_label("Labels")).to_be_visible()


def test_a_run_without_labels_is_told_in_full_to_who_opens_it_later(screen, begin_run):
    run = begin_run(preset="sparse-code", steps=40, name="No labels, short")
    screen.go(f"/runs/{run}")
    screen.expect_state("Finished")
    expect(screen.page.locator("#answers .value")).to_have_text("none")
    expect(screen.page.locator("#loss .value")).not_to_be_empty()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_overflows(open_screen, width):
    screen = open_screen(width=width)
    screen.go()
    if width < 1280:
        screen.page.locator("#menu").click()
    choose(screen)
    expect(screen.page.locator("#answers .value")).to_have_text("none")
    assert screen.width_needed() <= width
