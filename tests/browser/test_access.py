"""Whoever can't see, point, or read small type gets the whole story too: WCAG 2.2 AA."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.fitting import (
    SIZES,
    assert_fits_at_every_size,
    assert_tab_reaches_every_control_and_is_never_trapped,
)
from tests.browser.scenes import READY, SCENES
from tests.browser.violations import violations
from tests.contracts.repository import files_like

pytestmark = pytest.mark.browser

TOUR_STEPS = 11
PAPER = (1511, 1046)  # what an A3 sheet has between its margins
DIALOGS = {
    "help": "help-open",
    "export": "export-open",
    "join": "present-join",
}


# Names that two buttons share, and those that say a word twice over.
ALIKE = r"""
    (() => {
        const names = [...document.querySelectorAll("button")]
            .filter((one) => one.checkVisibility({ visibilityProperty: true }))
            .map((one) => one.ariaLabel ?? one.textContent.replace(/\s+/g, " ").trim());
        const twice = /(?<!\p{L})(\p{L}{2,}) \1(?!\p{L})/iu;
        return names.filter((name, at) => names.indexOf(name) !== at || twice.test(name));
    })()
"""


@pytest.fixture(scope="module")
def broken_run(server):
    """A run that diverged."""
    recipe = {"preset": "mnist-strokes", "optimizer": {"learning_rate": 500.0}, "steps": 50}
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        assert "event: run_failed" in list(events.iter_lines())
    return run


def open_scene(screen, run, scene):
    screen.go_to_end(run, "" if scene == "live" else f"?view={scene}")
    expect(screen.page.locator(READY[scene]).first).to_be_attached()


def test_every_scene_is_among_those_that_are_checked():
    files = files_like("templates/scenes/_*.html")
    templates = {re.split(r"[_.]", name.rpartition("/_")[2])[0] for name in files}  # parts too
    assert templates <= {*SCENES, "live"}
    for scene in SCENES:
        assert READY[scene]


@pytest.mark.parametrize("scene", ["live", *SCENES])
def test_no_scene_has_a_violation_and_the_tab_key_goes_all_through_it(
    open_screen, finished_run, scene
):
    screen = open_screen()
    open_scene(screen, finished_run, scene)
    assert violations(screen) == []
    assert screen.page.evaluate(ALIKE) == []
    assert_tab_reaches_every_control_and_is_never_trapped(screen)
    assert screen.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    screen.page.emulate_media(media="print")
    screen.resize(*PAPER)
    cut = "(one) => one.scrollHeight - one.clientHeight"
    assert screen.page.locator("main:visible").evaluate(cut) <= 1


@pytest.mark.parametrize("state", ["ready", "running", "looking back", "failed", "missing"])
def test_no_state_of_the_live_scene_has_a_violation(
    open_screen, begin_run, finished_run, broken_run, state
):
    screen = open_screen(expected=("404",))
    if state == "ready":
        screen.go()
    elif state == "running":
        screen.go(f"/runs/{begin_run(steps=100_000)}")
        screen.wait_for_step(5)
    elif state == "looking back":
        screen.go_to_end(finished_run, "?step=10&filter=3")
    elif state == "failed":
        screen.go(f"/runs/{broken_run}")
        expect(screen.under).to_contain_text("The run broke")
    else:
        screen.go("/runs/no-such-run")
        expect(screen.headline).to_have_text("Run not found.")
    assert violations(screen) == []


def test_no_step_of_the_tour_has_a_violation(open_screen, finished_run):
    screen = open_screen()
    screen.go_to_end(finished_run, "?tour=1")
    for number in range(1, TOUR_STEPS + 1):
        # What lies behind a card is looked at scene by scene.
        part = "html" if number == 1 else ".tour-card"
        expect(screen.page.locator("#tour-place")).to_have_text(f"Tour, {number} of {TOUR_STEPS}")
        expect(screen.page.locator(".tour-ring")).to_be_visible()
        assert violations(screen, part) == [], f"step {number}"
        screen.page.keyboard.press("n")


def test_no_dialog_has_a_violation(open_screen, finished_run):
    screen = open_screen()
    for dialog, opener in DIALOGS.items():
        open_scene(screen, finished_run, "present" if dialog == "join" else "live")
        screen.page.locator(f"#{opener}").click()
        expect(screen.page.locator(f"#{dialog}")).to_be_visible()
        assert violations(screen, f"#{dialog}") == [], dialog  # all else is inert
        screen.page.keyboard.press("Escape")
        expect(screen.page.locator(f"#{dialog}")).to_be_hidden()


@pytest.mark.parametrize("scene", ["live", *SCENES])
def test_on_small_phones_and_at_200_per_cent_no_scene_has_a_violation_or_scrolls_sideways(
    open_screen, finished_run, scene
):
    screen = open_screen(*SIZES[0])
    open_scene(screen, finished_run, scene)
    assert violations(screen) == []
    assert_fits_at_every_size(screen)


@pytest.mark.parametrize("scene", ["filter", "weights"])
def test_a_scene_lies_where_it_lies_whatever_was_seen_before(screen, finished_run, scene):
    places = f"""
        [...document.querySelectorAll('#scene-{scene} :is(section, h2, dl, dt, dd, figure, table)')]
            .filter((one) => one.getClientRects().length)
            .map((one) => [one.tagName, one.id, Math.round(one.getBoundingClientRect().width)])
    """
    open_scene(screen, finished_run, scene)
    screen.wait_for_answers()
    screen.wait_for_paint()
    fresh = screen.page.evaluate(places)
    for other in ("microscope", "draw", "twins", scene):
        screen.page.evaluate(
            "(name) => document.querySelector(`[data-scene-link=${name}]`).click()"
            if other != "filter"
            else "history.go(-3)",
            other,
        )
        expect(screen.page.locator(f"#scene-{other}.ready")).to_be_visible()
    expect(screen.page.locator(READY[scene]).first).to_be_attached()
    wanted = json.dumps(json.dumps(fresh, separators=(",", ":")))
    screen.wait_until(f"JSON.stringify({places.strip()}) === {wanted}")


def test_charts_say_in_words_what_they_show(screen, finished_run):
    screen.go_to_end(finished_run)
    for chart, words in (
        ("shares", r"Share of filters by label.*At step 120: .*\d+ %"),
        ("answers", r"Right answers on new pictures: \d+ % at step 0, \d+ % at step 120\."),
        ("loss", r"Error on new pictures: \d\.\d\d at step 0, \d\.\d\d at step 120\."),
    ):
        drawn = screen.page.locator(f"#{chart} .chart")
        expect(drawn).to_have_attribute("aria-label", re.compile(words))


def test_what_the_charts_say_at_a_step_is_told_when_the_scrubber_rests(screen, finished_run):
    screen.go_to_end(finished_run)
    spoken = screen.page.locator("#charts-spoken")
    expect(spoken).to_have_attribute("aria-live", "polite")
    screen.thumb.press("Home")
    expect(spoken).to_have_text(
        re.compile(r"^Step 0: 0 of 16 filters see edges or lines\. Right answers \d+ %\.")
    )
    screen.thumb.press("End")
    expect(spoken).to_have_text(re.compile(r"^Step 120: \d+ of 16 filters"))


def test_keys_of_one_letter_can_be_switched_off_for_good(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.page.keyboard.press("?")
    screen.page.get_by_label("Letters and marks work as keys").uncheck()
    screen.page.keyboard.press("Escape")
    screen.page.reload()
    expect(screen.shown_step).to_have_text("step 120")
    screen.page.keyboard.press("?")
    screen.page.keyboard.press("f")
    screen.page.keyboard.press("Shift+ArrowLeft")
    expect(screen.shown_step).not_to_have_text("step 120")
    expect(screen.page.locator("#help")).to_be_hidden()
    assert screen.step() > 0


def test_with_reduced_motion_nothing_moves_by_itself(open_screen, begin_run, finished_run):
    screen = open_screen(reduced_motion="reduce")
    screen.go(f"/runs/{begin_run(steps=100_000)}")
    screen.wait_for_step(5)
    moving = "document.getAnimations().filter(({ playState }) => playState === 'running').length"
    assert screen.page.evaluate(moving) == 0
    screen.go_to_end(finished_run, "?tour=4")
    screen.page.evaluate("""
        window.seen = new Set();
        new MutationObserver(() => window.seen.add(document.querySelector('#now-step').textContent))
            .observe(document.querySelector('#now-step'), { childList: true, characterData: true,
                subtree: true });
    """)
    screen.page.get_by_role("dialog").get_by_role("button", name="Replay").click()
    expect(screen.shown_step).to_have_text("step 0")
    expect(screen.shown_step).to_have_text("step 120")
    assert 3 <= screen.page.evaluate("window.seen.size") <= 12
