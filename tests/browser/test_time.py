"""Looking back, replaying, jumping, and links to a moment."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screen import STEP
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


def test_looking_back_leaves_the_training_alone_and_asks_nothing(screen, begin_run):
    screen.go(f"/runs/{begin_run(steps=100_000)}")
    screen.wait_for_step(30)
    screen.wait_for_answers()
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.thumb.press("Home")
    expect(screen.under).to_contain_text("You are looking at step 0.")
    screen.thumb.press("PageUp")
    expect(screen.shown_step).to_have_text("step 6")
    # What the network makes of a picture is asked when the scrubber rests: perhaps by now.
    assert [url for url in asked if "/api/runs/" in url and "/network?" not in url] == []
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


def note_steps(screen):
    """Has the page keep in `window.seen` what steps it shows: a slow one leaves some out."""
    screen.page.evaluate("""
        const words = document.querySelector('#now-step');
        window.seen = new Set();
        const note = () => window.seen.add(words.textContent);
        const changes = { childList: true, characterData: true, subtree: true };
        new MutationObserver(note).observe(words, changes);
    """)


def test_replay_plays_the_film_and_comes_back_to_the_end(screen, finished_run):
    screen.go_to_end(finished_run)
    end = screen.picture()
    note_steps(screen)
    screen.page.get_by_role("button", name="Replay").click()
    screen.wait_until("window.seen.size > 3 && [...window.seen].at(-1) === 'step 120'")
    expect(screen.page.locator("#now-word")).to_have_text("Now")
    assert screen.picture() == end
    steps = [int(words.removeprefix("step ")) for words in screen.page.evaluate("[...window.seen]")]
    assert steps == sorted(steps)
    assert steps[0] < 120


def test_reduced_motion_replays_in_marked_steps_only(open_screen, finished_run):
    screen = open_screen(reduced_motion="reduce")
    screen.go_to_end(finished_run)
    note_steps(screen)
    screen.page.get_by_role("button", name="Replay").click()
    screen.wait_until(
        "window.seen.size > 2 && document.querySelector('#now-word').textContent === 'Now'"
    )
    seen = {int(words.removeprefix("step ")) for words in screen.page.evaluate("[...window.seen]")}
    assert seen <= {0, 3, 10, 30, 60, 100, 120}


def test_replay_holds_and_goes_on_where_it_stood(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.page.locator("#speed").select_option("0.5")
    button = screen.page.locator("#replay-button")
    button.click()
    expect(button).to_have_text("Pause")
    screen.wait_until(f"{STEP} >= 3 && {STEP} < 120")
    button.click()
    expect(button).to_have_text("Play on")
    held = screen.step()
    assert 3 <= held < 120
    screen.page.locator("#speed").select_option("4")
    button.click()
    screen.wait_for_step(120)
    expect(button).to_have_text("Replay")


def test_the_film_takes_four_seconds_at_the_plain_speed(screen):
    lengths = screen.module(
        "control/player.js",
        """a.map((speed) => {
            const frames = [{ step: 0 }, { step: 400 }];
            const view = { step: null, replaying: false, speed };
            const store = { state: { frames, view }, dispatch: (act) => {
                const end = act.type === "looked_live";
                store.state.view = { ...view, step: end ? null : act.step, replaying: !end };
            } };
            let now = performance.now();
            const began = now;
            const queue = [];
            const own = [window.requestAnimationFrame, performance.now];
            window.requestAnimationFrame = (call) => queue.push(call);
            performance.now = () => now;
            new m.Player(store).replay();
            while (queue.length) queue.shift()((now += 10));
            [window.requestAnimationFrame, performance.now] = own;
            return now - began;
        })""",
        [0.5, 1, 2, 4],
    )
    assert lengths == pytest.approx([8000, 4000, 2000, 1000], abs=30)


def test_buttons_and_keys_jump_to_the_first_the_latest_and_the_edge(screen, finished_run):
    screen.go_to_end(finished_run)
    names = [tile.get_attribute("aria-label") for tile in screen.tiles.all()]
    number = next(at for at, name in enumerate(names, 1) if "oriented" in name)
    screen.tile(number).focus()
    screen.page.keyboard.press("Shift+ArrowLeft")  # a step back is a step back on a tile too
    expect(screen.shown_step).not_to_have_text("step 120")
    screen.go(f"/runs/{finished_run}?filter={number}")
    edge = screen.page.locator("#go-edge")
    expect(edge).to_have_attribute(
        "aria-label", re.compile(rf"^Step \d+: filter {number} becomes an? (edge|line)$")
    )
    step = re.search(r"\d+", edge.get_attribute("aria-label"))[0]
    for first, became, latest in (
        (
            lambda: screen.page.get_by_role("button", name="First picture").click(),
            edge.click,
            lambda: screen.page.get_by_role("button", name="Latest picture").click(),
        ),
        (
            lambda: screen.page.keyboard.press("f"),
            lambda: screen.page.keyboard.press("e"),
            lambda: screen.page.keyboard.press("l"),
        ),
    ):
        first()
        expect(screen.shown_step).to_have_text("step 0")
        became()
        expect(screen.shown_step).to_have_text(f"step {step}")
        latest()
        expect(screen.shown_step).to_have_text("step 120")


def test_a_drag_asks_nothing_until_it_is_over(screen, finished_run):
    rows = []

    def has_been_told_to_its_end(response):
        """The page asks for a run's row when it opens the run, and when its stream has ended."""
        rows.extend([response.url] if response.url.endswith(f"/api/runs/{finished_run}") else [])
        return len(rows) == 2

    with screen.page.expect_response(has_been_told_to_its_end):
        screen.go(f"/runs/{finished_run}?view=filter&filter=2")
    told = "((s) => s.classList.contains('ready') && !s.classList.contains('stale'))"
    screen.wait_until(f"{told}(document.querySelector('#scene-filter'))")
    screen.wait_for_answers()
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    box = screen.page.locator("#scrubber").bounding_box()
    middle = box["y"] + box["height"] / 2
    shown = set()
    screen.page.mouse.move(box["x"] + box["width"] - 2, middle)
    screen.page.mouse.down()
    for share in (0.9, 0.7, 0.5, 0.3, 0.5):
        screen.page.mouse.move(box["x"] + share * box["width"], middle, steps=3)
        frames = "new Promise((done) => { let left = 12; const next = () => "
        frames += "left-- ? requestAnimationFrame(next) : done(); next(); })"
        screen.page.evaluate(frames)  # 12 frames are 200 ms: the thumb has come to rest under way
        shown.add(screen.page.locator("#filter-place").text_content())
    assert [url for url in asked if "/api/runs/" in url] == []
    assert len(shown) == 4
    with screen.page.expect_response(re.compile(r"/filters/conv1/1$")):
        screen.page.mouse.up()


def test_a_link_opened_elsewhere_shows_the_same(open_screen, finished_run):
    here, there = open_screen(), open_screen()
    here.go_to_end(finished_run)
    here.page.get_by_label("Difference", exact=True).check()
    here.page.get_by_label("Each its own").check()
    here.tile(3).click()
    here.thumb.press("PageDown")
    here.page.locator("#filter-picture-next").click()
    here.wait_until("['filter=3', 'picture=8', 'step='].every((p) => location.search.includes(p))")
    there.page.goto(here.page.url)
    told = "!document.querySelector('#scene-filter').classList.contains('stale')"
    for one in (here, there):
        one.wait_until(
            f"{told} && document.querySelector('#filter-picture-words').textContent.length > 9"
            " && document.querySelector('#filter-map').width > 1"
        )
    for canvas in ("filter-large canvas", "filter-picture", "filter-map", "filter-ideal"):
        pixels = f"document.querySelector('#{canvas}').toDataURL()"
        assert here.page.evaluate(pixels) == there.page.evaluate(pixels), canvas
    for words in ("filter-title", "filter-place", "filter-map-words", "filter-pull-words"):
        expect(there.page.locator(f"#{words}")).to_have_text(
            here.page.locator(f"#{words}").inner_text()
        )
    for one in (here, there):
        one.page.keyboard.press("Escape")
        expect(one.page.get_by_label("Difference", exact=True)).to_be_checked()
        expect(one.tile(3)).to_be_visible()
    assert here.step() == there.step()
    wait_until(lambda: here.picture() == there.picture(), "the filters differ")


def test_a_link_carries_run_step_and_filter(open_screen, finished_run):
    screen = open_screen()
    screen.go(f"/runs/{finished_run}?step=30&filter=7")
    expect(screen.shown_step).to_have_text("step 30")
    expect(screen.page.locator("#facts h2")).to_contain_text("Filter 7")
    screen.tile(3).click()
    screen.wait_until("location.search === '?step=30&filter=3&view=filter'")
    screen.page.keyboard.press("Escape")
    screen.wait_until("location.search === '?step=30&filter=3'")


def test_the_back_button_returns_to_the_run_before(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.page.get_by_role("button", name="Dead leaves, large").click()
    screen.expect_state("Ready")
    expect(screen.page).to_have_url(screen.url + "/?preset=dead-leaves-large")
    screen.page.go_back()
    screen.expect_state("Finished")
    screen.page.go_forward()
    screen.expect_state("Ready")


def test_a_click_on_a_chart_goes_to_that_step(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.wait_until("document.querySelector('#shares .drawing path')")
    box = screen.page.locator("#shares .chart").bounding_box()
    screen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(screen.page.locator("#now-word")).to_have_text("Then")
    assert 10 <= screen.step() <= 40


def test_a_chart_tells_the_step_and_the_values_under_the_pointer(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.wait_until("document.querySelector('#answers .new-pictures')")
    box = screen.page.locator("#answers .chart").bounding_box()
    screen.page.mouse.move(box["x"] + box["width"] - 14, box["y"] + box["height"] / 2)
    reading = screen.page.locator("#answers .reading")
    expect(reading.locator("b")).to_have_text("step 120")
    expect(reading).to_contain_text(re.compile(r"\d+ % new pictures\s*\d+ % training"))
    expect(screen.page.locator("#answers .hair")).to_be_visible()
    screen.page.mouse.move(box["x"] + 10, box["y"] - 200)
    expect(reading).to_be_hidden()


def test_a_curve_follows_the_theme_and_the_width_of_its_place(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.wait_until("document.querySelector('#answers .new-pictures')")
    curve = screen.page.locator("#answers .new-pictures")
    width = "(path) => path.getBoundingClientRect().width"
    wide = curve.evaluate(width)
    expect(curve).to_have_css("stroke", "rgb(23, 24, 28)")
    screen.page.emulate_media(color_scheme="dark")
    expect(curve).to_have_css("stroke", "rgb(240, 240, 238)")
    screen.page.set_viewport_size({"width": 390, "height": 844})
    screen.wait_until(
        "document.querySelector('#answers .new-pictures').getBoundingClientRect().right <= 390"
    )
    assert curve.evaluate(width) != wide
