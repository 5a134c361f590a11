"""Looking back, replaying, and links to a moment."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_looking_back_leaves_the_training_alone_and_asks_nothing(screen, begin_run):
    screen.go(f"/runs/{begin_run(steps=100_000)}")
    screen.wait_for_step(30)
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.thumb.press("Home")
    expect(screen.under).to_contain_text("You are looking at step 0.")
    screen.thumb.press("PageUp")
    expect(screen.shown_step).to_have_text("step 6")
    assert [url for url in asked if "/api/runs/" in url] == []
    screen.page.get_by_role("button", name="Back to live").first.click()
    screen.wait_for_step(31)
    screen.expect_state("Training live")


def test_dragging_the_thumb_shows_the_frame_under_it(screen, finished_run):
    screen.go_to_end(finished_run)
    last = screen.picture()
    box = screen.page.locator("#scrubber").bounding_box()
    middle = box["y"] + box["height"] / 2
    screen.page.mouse.move(box["x"] + box["width"], middle)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + box["width"] / 2, middle, steps=4)
    screen.page.mouse.up()
    expect(screen.page.locator("#now-word")).to_have_text("Then")
    # Half of the axis log(1 + step/5) of 120 steps is step 20.
    assert 15 <= screen.step() <= 25
    assert screen.picture() != last
    screen.wait_until("location.search.includes('step=')")


def test_the_scrubber_tells_its_place_in_words(screen, finished_run):
    screen.go_to_end(finished_run)
    expect(screen.thumb).to_have_attribute("aria-valuetext", "step 120 of 120")
    screen.thumb.press("ArrowLeft")
    expect(screen.page.locator("#now-word")).to_have_text("Then")
    screen.thumb.press("End")
    expect(screen.page.locator("#now-word")).to_have_text("Now")


def test_replay_plays_the_film_and_comes_back_to_the_end(screen, finished_run):
    screen.go_to_end(finished_run)
    end = screen.picture()
    screen.page.get_by_role("button", name="Replay").click()
    screen.wait_until("document.querySelector('#now-step').textContent === 'step 1'")
    screen.wait_for_step(120)
    expect(screen.page.locator("#now-word")).to_have_text("Now")
    assert screen.picture() == end


def test_reduced_motion_replays_in_marked_steps_only(open_screen, finished_run):
    screen = open_screen(reduced_motion="reduce")
    screen.go_to_end(finished_run)
    screen.page.evaluate("""
        const words = document.querySelector('#now-step');
        window.seen = new Set();
        const note = () => window.seen.add(words.textContent);
        const changes = { childList: true, characterData: true, subtree: true };
        new MutationObserver(note).observe(words, changes);
    """)
    screen.page.get_by_role("button", name="Replay").click()
    screen.wait_until(
        "window.seen.size > 2 && document.querySelector('#now-word').textContent === 'Now'"
    )
    seen = {int(words.removeprefix("step ")) for words in screen.page.evaluate("[...window.seen]")}
    assert seen <= {0, 3, 10, 30, 60, 100, 120}


def test_a_link_carries_run_step_and_filter(open_screen, finished_run):
    screen = open_screen()
    screen.go(f"/runs/{finished_run}?step=30&filter=7")
    expect(screen.shown_step).to_have_text("step 30")
    expect(screen.page.locator("#facts h2")).to_contain_text("Filter 7")
    screen.tile(3).click()
    screen.wait_until("location.search === '?step=30&filter=3'")


def test_the_back_button_returns_to_the_run_before(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.page.get_by_role("button", name="Dead leaves, large").click()
    screen.expect_state("Ready")
    assert screen.page.url == screen.url + "/"
    screen.page.go_back()
    screen.expect_state("Finished")
    screen.page.go_forward()
    screen.expect_state("Ready")


def test_a_click_on_a_chart_goes_to_that_step(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.wait_until("document.querySelector('#shares .main-svg')")
    box = screen.page.locator("#shares .chart").bounding_box()
    screen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(screen.page.locator("#now-word")).to_have_text("Then")
    assert 10 <= screen.step() <= 40
