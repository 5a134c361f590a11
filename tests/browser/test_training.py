"""From Start to the last frame, live."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LONG = 100_000
_MARKS = (
    "['start', 'first-change'].map((n) => performance.getEntriesByName('filterscope:' + n).length)"
)


def test_the_page_stands_ready_with_frame_0_and_the_focus_on_start(screen):
    screen.go()
    expect(screen.headline).to_have_text("Sixteen filters, still random noise.")
    expect(screen.main_button).to_be_focused()
    assert screen.picture() != screen.picture("before")
    expect(screen.tile(16)).to_have_attribute("aria-label", "filter 16, noise, score .00")


def test_start_changes_the_kernels_and_leaves_a_mark_of_when(screen):
    screen.go()
    screen.page.get_by_role("button", name="Handwritten strokes").click()
    expect(screen.page.locator("#legend-words")).to_contain_text("Orange")
    frame_0 = screen.picture()
    screen.main_button.click()
    screen.wait_for_step(1)
    assert screen.picture() != frame_0
    screen.expect_state("Finished")
    assert screen.page.evaluate(_MARKS) == [1, 1]
    expect(screen.headline).to_contain_text("of 16 filters see")
    assert "/runs/" in screen.page.url


def test_pause_holds_step_moves_one_and_resume_goes_on(screen, begin_run):
    run = begin_run(steps=LONG)
    screen.go(f"/runs/{run}")
    screen.wait_for_step(5)
    screen.main_button.click()
    screen.expect_state("Paused")
    expect(screen.main_button).to_have_text("Resume")
    held = screen.step()
    screen.step_button.click()
    screen.wait_for_step(held + 1)
    screen.expect_state("Paused")
    assert screen.step() == held + 1
    screen.main_button.click()
    screen.wait_for_step(held + 10)


def test_step_while_training_only_pauses(screen, begin_run):
    screen.go(f"/runs/{begin_run(steps=LONG)}")
    screen.wait_for_step(5)
    screen.step_button.click()
    screen.expect_state("Paused")


def test_step_before_start_begins_a_run_that_waits_after_one_update(screen, server):
    screen.go()
    screen.step_button.click()
    screen.expect_state("Paused")
    screen.wait_for_step(1)
    assert screen.step() < 100
    screen.stop_button.click()
    screen.expect_state("Stopped")


def test_stop_keeps_what_there_is(screen, begin_run):
    screen.go(f"/runs/{begin_run(steps=LONG)}")
    screen.wait_for_step(5)
    screen.stop_button.click()
    screen.expect_state("Stopped")
    expect(screen.main_button).to_have_text("Run again")
    expect(screen.page.get_by_role("button", name="Replay")).to_be_visible()


def test_two_browsers_hear_the_same_events_without_a_gap(open_screen, begin_run, server):
    one, other = open_screen(), open_screen()
    run = begin_run(steps=300)
    for screen in (one, other):
        screen.go(f"/runs/{run}")
    for screen in (one, other):
        screen.expect_state("Finished")
    last = server.client.get(f"/api/runs/{run}").json()["last_seq"]
    for screen in (one, other):
        screen.wait_until(f"heard.at(-1) === {last}")
    heard = one.page.evaluate("heard")
    assert heard == other.page.evaluate("heard")
    assert heard == list(range(1, len(heard) + 1))


def test_a_reload_in_mid_run_shows_all_from_frame_0(screen, begin_run):
    screen.go(f"/runs/{begin_run(steps=LONG)}")
    screen.wait_for_step(20)
    screen.wait_for_answers()
    screen.page.reload()
    screen.wait_for_step(21)
    assert screen.page.evaluate("heard")[0] == 1
    screen.thumb.press("Home")
    expect(screen.shown_step).to_have_text("step 0")
    screen.thumb.press("ArrowRight")
    expect(screen.shown_step).to_have_text("step 1")
