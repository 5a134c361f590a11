"""A filter laid on a picture: numbers that add up, wherever it lies."""

import base64
import re

import numpy as np
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

DEEDS = [
    {},
    {"border": "same", "stride": "1", "row": "0", "column": "27"},
    {"flip": "1", "row": "3", "column": "9"},
    {"border": "same", "flip": "1", "row": "13", "column": "0"},
]


def number(text):
    return float(text.replace("−", "-"))


def cells(screen, table):
    found = screen.page.locator(f"#lens-{table} td[data-row]").all_text_contents()
    return np.array([number(text) for text in found])


def terms(screen):
    """The large numbers by what stands over them."""
    parts = screen.page.locator("#lens-sum .term")
    names = parts.locator(".quiet").all_text_contents()
    return dict(zip(names, map(number, parts.locator("b").all_text_contents()), strict=True))


def look(screen, run, **details):
    query = "&".join(f"{name}={value}" for name, value in details.items())
    if run is None:
        screen.go(f"/?view=microscope&{query}")
    else:
        screen.go_to_end(run, f"?view=microscope&{query}")
    worked_out = "[...document.querySelectorAll('#lens-work td[data-row]')]"
    screen.wait_until(f"{worked_out}.some((cell) => cell.checkVisibility())")


@pytest.mark.parametrize("details", DEEDS, ids=lambda details: "-".join(details))
def test_the_numbers_are_the_servers(screen, server, finished_run, details):
    details = {"row": "4", "column": "5", **details}
    look(screen, finished_run, picture="7", filter="3", **details)
    question = {"index": 7, "filter": 2, "row": int(details["row"])}
    question |= {"column": int(details["column"]), "flip": details.get("flip") == "1"}
    if "border" in details:
        question["padding"] = details["border"]
    if "stride" in details:
        question["strides"] = int(details["stride"])
    answer = server.client.post(
        f"/api/runs/{finished_run}/snapshots/latest/convolve", json=question
    )
    told = answer.json()
    for table in ("patch", "kernel", "products"):
        shown, meant = cells(screen, table), np.array(told[table]).ravel()
        np.testing.assert_allclose(shown, meant, atol=0.00501)
    shown = terms(screen)
    meant = [told["sum"], told["bias"], told["sum"] + told["bias"], told["output"]]
    np.testing.assert_allclose(list(shown.values()), meant, atol=0.00501)
    rows = np.array(told["products"]).sum(axis=(1, 2))
    sums = [
        number(text) for text in screen.page.locator("#lens-products .row-sum").all_inner_texts()
    ]
    np.testing.assert_allclose(sums, rows, atol=0.00501)
    by_hand = np.round(cells(screen, "products").sum(), 2) + 0.0
    note = screen.page.locator("#lens-note").text_content()
    assert number(re.search(r"by hand gives (−?\d+\.\d\d)", note)[1]) == pytest.approx(by_hand)


def test_the_pages_sums_are_the_servers_to_the_last_digits(screen, server, finished_run):
    look(screen, finished_run)
    path = f"/api/runs/{finished_run}/snapshots/latest"
    seen = server.client.post(f"{path}/activations", json={"index": 7}).json()
    values = np.frombuffer(base64.b64decode(seen["input"]["bdata"]), "<f4").tolist()
    kept = server.client.get(path).json()["kernel"]
    kernel = np.frombuffer(base64.b64decode(kept["bdata"]), "<f4").reshape(7, 7, 1, 16)[..., 2]
    laying = {"padding": "same", "strides": 3, "flip": True}
    task = {
        "input": {"values": values, "shape": [28, 28, 1]},
        "kernel": {"values": kernel.ravel().tolist(), "shape": [7, 7, 1]},
        "bias": 0.25,
        "activation": "relu",
        "laying": laying,
    }
    module = "pictures/convolution.js"
    worked = screen.module(
        module, "(({sum, top, left}) => [sum, top, left])(m.workOut(a, 8, 1))", task
    )
    question = {"index": 7, "filter": 2, "row": 8, "column": 1, **laying}
    told = server.client.post(f"{path}/convolve", json=question).json()
    assert worked == pytest.approx([told["sum"], told["top"], told["left"]], rel=1e-12, abs=1e-12)
    answers = screen.module(module, "[...m.featureMap(a)]", task)
    assert len(answers) == np.prod(told["output_shape"])
    assert answers[8 * 10 + 1] == pytest.approx(max(0, told["sum"] + 0.25), abs=1e-12)


def test_the_textbooks_example_needs_no_run_and_counts_from_zero(screen):
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    look(screen, None)
    assert cells(screen, "map-numbers").tolist() == [-6, -4, 5, 0, -6, 1, 2, -2, -1]
    heads = screen.page.locator("#lens-numbers th").all_text_contents()
    assert heads == [*"01234", *"01234"]
    screen.page.locator("#lens-numbers td[data-row='1'][data-column='3']").click()
    expect(screen.page.locator("#lens-map-words")).to_contain_text("this is row 0, column 2")
    assert list(terms(screen).values()) == [5, 0, 5]
    screen.page.get_by_label("flipped").check()
    expect(screen.page.locator("#lens-note")).to_contain_text(
        "what mathematics calls a convolution"
    )
    assert cells(screen, "map-numbers").tolist() == [6, 4, -5, 0, 6, -1, -2, 2, 1]
    screen.page.get_by_label("same").check()
    expect(screen.page.locator("#lens-map-words")).to_contain_text("5 × 5 answers")
    assert [url for url in asked if "convolve" in url or "activations" in url] == []
    expect(screen.page.locator("#lens-start")).to_be_visible()


def test_one_click_leads_to_the_textbook_and_another_back(screen, finished_run):
    look(screen, finished_run)
    screen.page.get_by_role("button", name="Textbook 5×5").click()
    expect(screen.page.locator("#lens-map-words")).to_contain_text("3 × 3 answers")
    screen.page.get_by_role("button", name="Test picture: 8").click()
    expect(screen.page.locator("#lens-map-words")).to_contain_text("11 × 11 answers")


def test_scrubbing_works_the_answer_out_anew_and_asks_nothing(screen, finished_run):
    look(screen, finished_run, picture="7", row="4", column="5")
    before = terms(screen)
    screen.wait_for_answers()
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.thumb.press("Home")
    expect(screen.page.locator("#lens-origin")).to_contain_text("step 0")
    after = terms(screen)
    assert after["bias"] == 0
    assert after != before
    # Which way the next batch pulls the filter is asked when the scrubber rests: perhaps by now.
    asked = [url for url in asked if "/api/" in url and not url.endswith("/gradient")]
    assert asked == []


def test_keys_clicks_and_pointing_move_the_window(screen, finished_run):
    look(screen, finished_run, picture="7", row="4", column="5")
    words = screen.page.locator("#lens-map-words")
    screen.press_at_once("#lens-sight", "ArrowDown", "ArrowLeft")
    expect(words).to_contain_text("this is row 5, column 4")
    screen.wait_until("location.search.includes('row=5') && location.search.includes('column=4')")
    screen.page.locator("#lens-map canvas").click(position={"x": 3, "y": 3})
    expect(words).to_contain_text("this is row 0, column 0")
    screen.page.locator("#lens-sight canvas").hover(position={"x": 275, "y": 275})
    expect(words).to_contain_text("this is row 10, column 10")
    screen.page.locator("h1", has_text="One patch").hover()
    expect(words).to_contain_text("this is row 0, column 0")
    screen.page.locator("#lens-filters .tile").nth(8).click()
    expect(screen.page.locator("#lens-kernel-title")).to_have_text("Filter 9")


def test_pointing_at_a_cell_multiplies_it(screen, finished_run):
    look(screen, finished_run, picture="7", row="4", column="5")
    screen.page.locator("#lens-kernel td[data-row='2'][data-column='6']").hover()
    reading = screen.page.locator("#lens-reading")
    expect(reading).to_contain_text("row 10, column 16:")
    expect(screen.page.locator("#lens-patch .ringed")).to_have_attribute("data-column", "6")
    left, product = reading.text_content().partition(": ")[2].split(" = ")
    pixel, weight = map(number, left.split(" × "))
    assert pixel * weight == pytest.approx(number(product), abs=0.02)


def test_slide_goes_from_place_to_place_until_the_last(screen):
    look(screen, None, row="2", column="1")
    slide = screen.page.locator("#lens-slide")
    slide.click()
    expect(screen.page.locator("#lens-map-words")).to_contain_text("row 2, column 2")
    expect(slide).to_have_text("Slide")


def test_with_reduced_motion_each_press_is_one_place(open_screen):
    screen = open_screen(reduced_motion="reduce")
    look(screen, None)
    screen.page.get_by_role("button", name="Next place").click()
    expect(screen.page.locator("#lens-map-words")).to_contain_text("row 0, column 1")


def test_a_colour_filter_has_three_slices_that_add_up(screen, server):
    run = server.client.post("/api/runs", json={"preset": "dead-leaves", "steps": 12}).json()["id"]
    look(screen, run, picture="3", row="4", column="5", filter="2")
    screen.expect_state("Finished")
    shown = terms(screen)
    slices = [shown[name] for name in ("red", "green", "blue")]
    assert sum(slices) == pytest.approx(shown["sum of 243 products"], abs=0.02)
    assert cells(screen, "products").sum() == pytest.approx(slices[0], abs=0.5)
    red = cells(screen, "kernel")
    screen.page.locator("#scene-microscope").get_by_label("Blue", exact=True).check()
    expect(screen.page.locator("#lens-patch-words")).to_contain_text("blue light")
    assert cells(screen, "kernel").tolist() != red.tolist()
    assert terms(screen) == shown


def test_one_can_draw_what_the_filter_slides_over(screen, finished_run):
    look(screen, finished_run)
    screen.page.get_by_role("button", name="Draw your own").click()
    expect(screen.page.locator("#lens-sight")).to_have_class(re.compile("drawing"))
    box = screen.page.locator("#lens-sight").bounding_box()
    screen.page.mouse.move(box["x"] + 140, box["y"] + 40)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + 140, box["y"] + 240, steps=6)
    screen.page.mouse.up()
    screen.page.locator("#lens-sight").focus()
    for key in ("ArrowUp", " ", "ArrowLeft", " "):
        screen.page.keyboard.press(key)
    expect(screen.page.locator("#lens-pen-spoken")).to_have_text("row 13, column 13, pen up")
    screen.page.get_by_role("button", name="Done drawing").click()
    screen.wait_until("location.search.includes('drawing=')")
    screen.wait_until(
        "[...document.querySelectorAll('#lens-patch td')].some((td) => td.textContent === '2.82')"
    )


def test_nothing_sticks_out_to_the_side(screen, finished_run):
    look(screen, finished_run)
    for width in (1280, 900, 720, 360):
        screen.resize(width, 844)
        screen.wait_until(f"document.documentElement.scrollWidth === {width}")
        assert screen.right_end(".lens table, .lens .segments, .lens canvas") <= width


def test_one_learning_step_is_the_servers_and_adds_up(screen, server, finished_run):
    look(screen, finished_run, act="learn", filter="3", step="3")
    reading = screen.page.locator("#lesson-reading")
    expect(reading).to_contain_text("=")
    path = f"/api/runs/{finished_run}/snapshots/3/filters/conv1/2/gradient"
    told = server.client.get(path).json()
    for table, name in (("weights", "kernel"), ("gradient", "gradient"), ("after", "after")):
        texts = screen.page.locator(f"#lesson-{table} td").all_text_contents()
        meant = np.frombuffer(base64.b64decode(told[name]["bdata"]), "<f4")
        np.testing.assert_allclose([number(text) for text in texts], meant, atol=0.000501)
    old, rate, pull, new = map(number, re.findall(r"−?\d*\.\d+", reading.text_content())[:4])
    assert abs(rate) == pytest.approx(told["learning_rate"], rel=1e-3)
    assert old - abs(rate) * pull == pytest.approx(new, abs=2e-5)
    expect(screen.page.locator("#lesson-note")).to_contain_text("sgd and momentum 0.9")
    expect(screen.page.locator("#lesson-note")).to_contain_text("The run itself went to")
    screen.wait_for_answers()
    asked = []
    screen.page.on("request", lambda request: asked.append(request.url))
    screen.scrub("Home", "ArrowRight", "Home")
    expect(screen.page.locator("#lesson-words")).to_contain_text("step 0")
    expect(reading).to_contain_text("=")
    (question,) = [url for url in asked if "/api/" in url]
    assert question.endswith("/snapshots/0/filters/conv1/2/gradient")
    screen.page.get_by_label("Apply the filter").check()
    expect(screen.page.locator("#lens-sum")).to_be_visible()
