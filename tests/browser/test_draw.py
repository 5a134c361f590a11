"""Drawing, and what every layer and class answers meanwhile."""

import base64
import re

import numpy as np
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SEVEN = [(0.32, 0.25), (0.68, 0.25), (0.64, 0.36), (0.54, 0.55), (0.46, 0.8)]


def open_pad(screen, run, query=""):
    screen.page.goto(f"{screen.url}/runs/{run}?view=draw{query}")
    expect(screen.page.locator("#draw-answers dt").first).to_be_visible()


def draw(screen, points=SEVEN, steps=8):
    box = screen.page.locator("#draw-paper").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    screen.page.mouse.move(*places[0])
    screen.page.mouse.down()
    for place in places[1:]:
        screen.page.mouse.move(*place, steps=steps)
    screen.page.mouse.up()


def shares(screen):
    widths = screen.page.locator("#draw-answers .bar-filled").evaluate_all(
        "(bars) => bars.map((bar) => parseFloat(bar.style.width) / 100)"
    )
    return np.array(widths)


def paper(screen):
    """The picture once all that was drawn is painted, which happens at the next frame."""
    screen.wait_for_paint()
    return screen.page.evaluate("document.querySelector('#draw-paper canvas').toDataURL()")


def cells(screen, canvas="#draw-paper canvas"):
    """The ink of each pixel, 0 to 15."""
    data = f"document.querySelector('{canvas}').getContext('2d').getImageData(0, 0, 28, 28).data"
    return screen.page.evaluate(f"[...{data}].filter((_, at) => at % 4 === 0).map((p) => p / 17)")


def expect_change(screen, before):
    screen.wait_until(
        f"document.querySelector('#draw-paper canvas').toDataURL() !== {before!r}",
    )


def test_without_a_run_one_is_told_to_start_one(screen):
    screen.page.goto(f"{screen.url}/?view=draw")
    expect(screen.page.locator("#draw-headline")).to_have_text("Start a run first.")
    screen.page.get_by_role("button", name="Or start Dead leaves").click()
    expect(screen.page.locator("#draw-paper")).to_be_visible()
    expect(screen.page.locator("#draw-headline")).to_have_text("Draw bars or discs.")
    screen.page.goto(f"{screen.url}/?view=draw")
    screen.page.get_by_role("button", name="Train on handwritten digits").click()
    expect(screen.page.locator("#draw-headline")).to_have_text("Draw a digit.")


def test_a_test_picture_gets_the_servers_answer(screen, server, finished_run):
    open_pad(screen, finished_run)
    screen.page.get_by_role("button", name="Test picture: 7").click()
    screen.wait_until("location.search.includes('picture=')")
    index = int(re.search(r"picture=(\d+)", screen.page.url)[1])
    path = f"/api/runs/{finished_run}/snapshots/latest/activations"
    told = server.client.post(path, json={"index": index}).json()
    expect(screen.page.locator("#draw-headline")).to_contain_text(re.compile("reads|hesitates"))
    np.testing.assert_allclose(shares(screen), told["probabilities"], atol=1e-4)
    maps = screen.page.locator("#draw-layers canvas").first
    expect(maps).to_have_css("filter", "none")
    screen.page.emulate_media(color_scheme="dark")
    expect(maps).to_have_css("filter", "invert(0.87)")  # where paper would glare
    best = told["class_names"][int(np.argmax(told["probabilities"]))]
    expect(screen.page.locator("#draw-answers .first dt")).to_have_text(best)
    expect(screen.page.locator("#draw-layers h2")).to_contain_text("16 maps of 11 × 11 answers")


def test_what_is_drawn_is_answered_one_question_at_a_time_the_newest_always(screen, finished_run):
    open_pad(screen, finished_run)
    under_way, most, bodies = set(), [0], []

    def begin(request):
        if request.url.endswith("/activations"):
            under_way.add(request)
            most[0] = max(most[0], len(under_way))
            bodies.append(request.post_data_json["image"]["bdata"])

    screen.page.on("request", begin)
    screen.page.on("requestfinished", lambda request: under_way.discard(request))
    draw(screen)
    expect(screen.page.locator("#draw-headline")).to_contain_text(re.compile("reads|hesitates"))
    screen.wait_until("location.search.includes('drawing=')")
    while under_way:
        screen.page.wait_for_event("requestfinished")
    assert most[0] == 1
    given = bytes(17 * round(ink) for ink in cells(screen, "#draw-given canvas"))
    assert base64.b64decode(bodies[-1]) == given
    assert shares(screen).sum() == pytest.approx(1, abs=1e-3)


def test_the_paper_stays_where_it_is_while_one_draws(open_screen, finished_run):
    for width in (390, 1440):
        screen = open_screen(width, 844)
        open_pad(screen, finished_run)
        place = "JSON.stringify(document.querySelector('#draw-paper').getBoundingClientRect())"
        before = screen.page.evaluate(place)
        draw(screen)
        expect(screen.page.locator("#draw-headline")).to_contain_text(re.compile("reads|hesit"))
        assert screen.page.evaluate(place) == before


def test_undo_and_clear_take_back(screen, finished_run):
    open_pad(screen, finished_run)
    blank = paper(screen)
    draw(screen)
    expect_change(screen, blank)
    drawn = paper(screen)
    screen.page.locator("#draw-clear").click()
    expect_change(screen, drawn)
    assert paper(screen) == blank
    expect(screen.page.locator("#draw-headline")).to_have_text("Draw a digit.")
    screen.page.locator("#draw-undo").click()
    expect_change(screen, blank)
    assert paper(screen) == drawn
    screen.page.keyboard.press("Control+z")
    expect_change(screen, drawn)
    assert paper(screen) == blank


def test_one_can_draw_with_the_keys_alone(screen, finished_run):
    open_pad(screen, finished_run)
    blank = paper(screen)
    pad = screen.page.locator("#draw-paper")
    pad.focus()
    for key in ("ArrowUp", "ArrowUp", " ", "ArrowDown", "ArrowDown", "ArrowDown", " "):
        screen.page.keyboard.press(key)
    expect_change(screen, blank)
    expect(screen.page.locator("#draw-spoken")).to_have_text("row 15, column 14, pen up")
    lowered = paper(screen)
    screen.page.keyboard.press("ArrowRight")
    expect(screen.page.locator("#draw-spoken")).to_have_text("row 15, column 15, pen up")
    assert paper(screen) == lowered
    screen.expect_state("Finished")


def test_centring_fills_the_box_and_moves_the_middle_as_mnist_does(screen, finished_run):
    open_pad(screen, finished_run)
    ink = np.zeros((28, 28), int)
    ink[2:14, 3:6] = 15
    ink[12:14, 3:9] = 15
    moved = screen.module(
        "pictures/centre.js",
        "[...m.centred(Uint8Array.from(a), [28, 28, 1])]",
        ink.ravel().tolist(),
    )
    moved = np.array(moved, float).reshape(28, 28)
    rows, columns = (np.flatnonzero((moved >= 8).any(axis=axis)) for axis in (1, 0))
    assert 19 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 21
    places = np.arange(28) + 0.5
    middle = [(moved.sum(axis=axis) * places).sum() / moved.sum() for axis in (1, 0)]
    assert middle == pytest.approx([14, 14], abs=0.15)
    draw(screen)
    expect(screen.page.locator("#draw-given")).to_be_visible()
    screen.page.locator("#draw-centre").uncheck()
    expect(screen.page.locator("#draw-given")).to_be_hidden()


def test_a_link_carries_the_drawing(open_screen, finished_run):
    first, second = open_screen(), open_screen()
    open_pad(first, finished_run)
    draw(first)
    drawn = paper(first)
    text = first.module("pictures/drawing.js", "m.encodeDrawing(Uint8Array.from(a))", cells(first))
    first.wait_until(f"new URLSearchParams(location.search).get('drawing') === {text!r}")
    second.page.goto(first.page.url)
    expect(second.page.locator("#draw-headline")).to_contain_text(re.compile("reads|hesitates"))
    assert paper(second) == drawn


def test_looking_back_asks_once_the_scrubber_rests(screen, finished_run):
    open_pad(screen, finished_run, "&picture=0")
    expect(screen.page.locator("#draw-under")).to_contain_text("at step 120")
    screen.wait_for_answers()
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.scrub("Home", "ArrowRight", "ArrowRight", "Home")
    expect(screen.page.locator("#draw-under")).to_contain_text("at step 0")
    (question,) = [url for url in asked if "/api/" in url]
    assert question.endswith("/snapshots/0/activations")


def test_a_map_leads_to_the_microscope_with_the_same_picture(screen, finished_run):
    open_pad(screen, finished_run)
    draw(screen)
    expect(screen.page.locator("#draw-headline")).to_contain_text(re.compile("reads|hesitates"))
    screen.page.locator("#draw-layers .tile").nth(4).click()
    expect(screen.page.locator("#lens-kernel-title")).to_have_text("Filter 5")
    expect(screen.page.locator("#lens-sight canvas")).to_be_visible()
    expect(screen.page.locator("#lens-examples [aria-pressed=true]")).to_have_count(0)


def test_bars_are_drawn_in_colour_for_a_network_that_knows_no_digits(screen, server):
    run = server.client.post("/api/runs", json={"preset": "dead-leaves", "steps": 12}).json()["id"]
    open_pad(screen, run)
    screen.page.get_by_label("Ink: red").click()
    screen.page.get_by_role("button", name="Fine").click()
    blank = paper(screen)
    draw(screen, [(0.1, 0.5), (0.9, 0.5)])
    expect_change(screen, blank)
    expect(screen.page.locator("#draw-headline")).to_contain_text(re.compile("sees|hesitates"))
    expect(screen.page.locator("#draw-answers dt")).to_have_count(10)
    expect(screen.page.locator("#draw-centre")).to_be_hidden()


def test_a_network_without_names_shows_which_filters_answer(screen, server):
    recipe = {
        "preset": "sparse-code",
        "steps": 8,
        "layers": [{"type": "conv2d", "filters": 12, "kernel_size": 9}],
    }
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    open_pad(screen, run, "&picture=1")
    expect(screen.page.locator("#draw-answers-title")).to_have_text("Who answers")
    expect(screen.page.locator("#draw-headline")).to_contain_text("of all answers count")
    expect(screen.page.locator("#draw-answers dt").first).to_contain_text("filter")


def test_nothing_sticks_out_to_the_side(screen, finished_run):
    open_pad(screen, finished_run, "&picture=0")
    for width in (1280, 900, 720, 719, 360):
        screen.resize(width, 844)
        screen.wait_until(f"document.documentElement.scrollWidth === {width}")
        assert screen.right_end(".drawing canvas, .drawing dl, .drawing p") <= width
