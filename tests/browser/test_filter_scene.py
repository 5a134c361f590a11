"""The scene of one filter: what it is, how it became so, why it is called so, what it does."""

import math
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SCENE = "document.querySelector('#scene-filter')"
TOLD = f"{SCENE}.classList.contains('ready') && !{SCENE}.classList.contains('stale')"


@pytest.fixture
def on_filter(screen, finished_run):
    def opened(query="", run=finished_run):
        screen.go(f"/runs/{run}?view=filter{query}")
        screen.wait_until(TOLD)
        return screen

    return opened


@pytest.fixture
def told(server, finished_run):
    def ask(path, run=finished_run):
        return server.client.get(f"/api/runs/{run}/snapshots/{path}").json()

    return ask


def picture(screen, canvas):
    return screen.page.evaluate(f"document.querySelector('#{canvas}').toDataURL()")


def test_a_click_opens_a_filter_and_both_ways_lead_back_to_it(screen, finished_run):
    screen.go_to_end(finished_run)
    title = screen.page.locator("#filter-title")
    for way_back in (
        lambda: screen.page.get_by_role("button", name="All filters").click(),
        lambda: screen.page.keyboard.press("Escape"),
    ):
        screen.tile(9).click()
        expect(title).to_contain_text("Filter 9")
        expect(screen.page.get_by_role("button", name="All filters")).to_be_focused()
        way_back()
        expect(title).to_be_hidden()
        expect(screen.tile(9)).to_be_focused()


def test_enter_opens_and_the_arrows_go_from_one_to_the_next(screen, finished_run):
    screen.go_to_end(finished_run)
    screen.tile(15).focus()
    screen.page.keyboard.press("Enter")
    title = screen.page.locator("#filter-title")
    expect(title).to_contain_text("Filter 15")
    for name, words in (("Next filter", "16"), ("Next filter", "1"), ("Filter before", "16")):
        screen.page.get_by_role("button", name=name).click()
        expect(title).to_contain_text(f"Filter {words} ")
    screen.page.keyboard.press("ArrowLeft")
    expect(title).to_contain_text("Filter 15")
    expect(screen.page.locator("#filter-place")).to_have_text("15 of 16")


def test_the_large_filter_tells_the_weight_under_the_pointer_and_zooms(on_filter, told):
    screen = on_filter("&filter=4")
    screen.wait_until("document.querySelector('#filter-large .main-svg')")
    box = screen.page.locator("#filter-large .plot").bounding_box()
    screen.page.mouse.move(box["x"] + 16, box["y"] + 16)
    screen.page.mouse.move(box["x"] + 20, box["y"] + 20, steps=3)
    hover = screen.page.locator("#filter-large .hovertext")
    expect(hover).to_contain_text("row 0, column 0")
    expect(screen.page.locator("#filter-large .cell-ring")).to_be_visible()
    whole = picture(screen, "filter-large canvas")
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + 150, box["y"] + 150, steps=4)
    screen.page.mouse.up()
    screen.wait_until(f"document.querySelector('#filter-large canvas').toDataURL() !== {whole!r}")


def test_the_bars_and_marks_are_those_of_the_metric(on_filter, told):
    screen = on_filter("&filter=6&step=60")
    story = told("60/filters/conv1/5")["story"]
    shares = screen.page.locator("#filter-shares > div")
    for at, (name, share) in enumerate(story["template_r2"].items()):
        row = shares.nth(at)
        expect(row).to_contain_text(name)
        expect(row.locator("dd").last).to_have_text(f"{math.floor(share * 100 + 0.5)} %")
        level = row.locator(".mark").evaluate("(mark) => parseFloat(mark.style.left)")
        assert level == pytest.approx(100 * story["chance"]["template_r2"][name], abs=0.01)
    expect(screen.page.locator("#filter-score")).to_have_text(f"{story['score']:.2f}")
    coherence = f"random stays below {story['chance']['coherence']:.2f}"
    expect(screen.page.locator("#filter-direction-words")).to_have_text(coherence)
    expect(screen.page.locator("#filter-ideal-words")).to_contain_text(
        f"ideal {story['template']['family']}"
    )


def test_the_strip_leads_through_time_and_the_bars_follow(on_filter):
    screen = on_filter("&filter=6")
    before = screen.page.locator("#filter-shares").inner_text()
    screen.page.get_by_role("button", name=re.compile("^Step 10:")).click()
    expect(screen.page.locator("#filter-strip [aria-current] span")).to_have_text("10")
    expect(screen.page.locator("#filter-place")).to_have_text("6 of 16 · step 10")
    assert screen.page.locator("#filter-shares").inner_text() != before
    screen.wait_until("location.search.includes('step=10')")


def test_a_patch_shows_where_it_fires_and_the_map_tells_its_answers(on_filter, told):
    screen = on_filter("&filter=2")
    patches = told("latest/filters/conv1/1")["patches"]
    buttons = screen.page.locator("#filter-patches button")
    expect(buttons).to_have_count(9)
    buttons.first.click()
    words = screen.page.locator("#filter-map-words")
    place = f"{patches['activation'][0]:.2f} in row {patches['row'][0]}, column"
    expect(words).to_contain_text(f"{place} {patches['column'][0]}")
    expect(screen.page.locator("#filter-picture-words")).to_contain_text(
        f"picture {patches['image'][0]}:"
    )
    screen.wait_until(f"location.search.includes('picture={patches['image'][0]}')")
    screen.page.locator("#filter-map").hover(position={"x": 3, "y": 3})
    expect(words).to_contain_text("in row 0, column 0")


def test_a_picture_that_is_not_there_is_said(open_screen, finished_run):
    screen = open_screen(expected=("422",))
    screen.go(f"/runs/{finished_run}?view=filter&filter=2&picture=9999999")
    expect(screen.page.locator("#filter-picture-words")).to_contain_text("there is no 9,999,999")


def test_what_moves_it_is_the_step_that_led_here_where_the_one_before_is_kept(on_filter, told):
    screen = on_filter("&filter=3&step=3")
    gradient = told("2/filters/conv1/2/gradient")
    words = screen.page.locator("#filter-pull-words")
    expect(words).to_contain_text(f"Step 3 led here: it learnt from {gradient['batch_size']}")
    expect(words).to_contain_text(f"η = {gradient['learning_rate']:g} times")
    expect(words).to_contain_text("All in all it went that way")
    expect(screen.page.locator("#filter-gradient-words")).to_contain_text("gradient of step 3,")
    expect(screen.page.locator("#filter-path-words")).to_contain_text("next gradient step (step 3,")


def test_elsewhere_what_moves_it_is_the_gradient_of_the_runs_next_batch(on_filter, told):
    screen = on_filter("&filter=3&step=30")
    gradient = told("30/filters/conv1/2/gradient")
    words = screen.page.locator("#filter-pull-words")
    expect(words).to_contain_text(f"Step 31 learns from {gradient['batch_size']} pictures")
    expect(words).to_contain_text(f"η = {gradient['learning_rate']:g} times")
    expect(words).to_contain_text("(cosine ")
    expect(words).to_contain_text("momentum")
    expect(screen.page.locator("#filter-path-words")).to_contain_text(
        "next gradient step (step 31,"
    )
    screen.thumb.press("End")
    expect(words).to_contain_text("Step 121 would come next: it would learn from")


def test_a_later_layer_is_drawn_in_pixels_and_not_named(screen, server):
    recipe = {"preset": "mnist-two-layers", "steps": 20}
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    screen.go(f"/runs/{run}")
    screen.expect_state("Finished")
    screen.go(f"/runs/{run}?layer=conv2")
    expect(screen.headline).to_have_text("What the filters of conv2 look for, in pixels.")
    expect(screen.tiles).to_have_count(64)
    expect(screen.shown_step).to_have_text("step 20")
    now = screen.picture()
    screen.scrub("Home")
    expect(screen.shown_step).to_have_text("step 0")
    assert screen.picture() != now
    screen.go(f"/runs/{run}?layer=conv2&view=filter&filter=5")
    screen.wait_until(TOLD)
    expect(screen.page.locator("#filter-title")).to_have_text("Filter 5 of conv2.")
    expect(screen.page.locator("#filter-pixels-words")).to_contain_text(
        "linear approximation, ignores ReLU and pooling"
    )
    expect(screen.page.locator("#filter-pixels-words")).to_contain_text("17 × 17 pixels")
    expect(screen.page.locator("#filter-looks")).to_contain_text("prove nothing")
    expect(screen.page.locator("#filter-raw-words")).to_contain_text("each of the 16 filters")
    expect(screen.page.locator("#filter-why")).to_be_hidden()
    expect(screen.page.locator("#filter-patches button")).to_have_count(9)


def test_before_training_there_is_the_filter_and_nothing_is_asked(screen):
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.go("/?view=filter&filter=3")
    expect(screen.page.locator("#filter-title")).to_have_text("Filter 3 is random noise.")
    expect(screen.page.locator("#filter-excites-words")).to_have_text(
        "Known once training has begun."
    )
    expect(screen.page.locator("#filter-chart")).to_be_hidden()
    assert [url for url in asked if "/snapshots/" in url] == []


def test_while_it_trains_the_scene_follows(screen, begin_run):
    screen.go(f"/runs/{begin_run(steps=100_000)}?view=filter&filter=1")
    screen.wait_for_step(30)
    expect(screen.page.locator("#filter-patches button")).to_have_count(9)
    first = picture(screen, "filter-large canvas")
    screen.wait_until(f"document.querySelector('#filter-large canvas').toDataURL() !== {first!r}")


def test_nothing_sticks_out_to_the_side(screen, finished_run):
    screen.go(f"/runs/{finished_run}?view=filter&filter=5")
    screen.wait_until(TOLD)
    sizes = [(1440, 900), (1280, 800), (900, 800), (720, 900), (390, 844), (360, 740)]
    for width, height in sizes:
        screen.resize(width, height)
        screen.wait_until(f"document.documentElement.scrollWidth === {width}")
        seen = ":is(#scene-filter, .dock) :not(.plot, .plot *, .spoken, .spoken *)"
        assert screen.right_end(seen) <= width


OPACITY = """
    (canvas) => {
        const { width, height } = canvas;
        const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
        return { width, height, least: data.reduce((least, value, at) =>
            at % 4 === 3 ? Math.min(least, value) : least, 255) };
    }
"""


def test_nothing_of_the_filter_opened_before_shows_between_the_slices_of_the_next(screen, server):
    five, three = ({"type": "conv2d", "filters": 16, "kernel_size": size} for size in (5, 3))
    rest = [{"type": "global_average_pool2d"}, {"type": "dense", "units": 10}]
    recipe = {"preset": "mnist-two-layers", "steps": 20, "layers": [five, three, *rest]}
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    title = screen.page.locator("#filter-title")
    slices = screen.page.locator("#filter-raw")
    screen.go(f"/runs/{run}")
    screen.expect_state("Finished")
    screen.page.locator("#layer").select_option("conv2")
    screen.tile(5).click()
    expect(title).to_have_text("Filter 5 of conv2.")
    expect(slices).not_to_have_attribute("width", "1")
    first = slices.evaluate(OPACITY)
    screen.page.keyboard.press("Escape")
    screen.tile(6).click()
    expect(title).to_have_text("Filter 6 of conv2.")
    assert first["least"] == 0
    assert slices.evaluate(OPACITY) == first
