"""The offline page, opened from a disk in a real browser with no server to ask."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

MOST_BYTES = 3_000_000
FAINT_WORDS = """() => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const curved = (share) => (share <= 0.04 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
    const linear = (value) => curved(value / 255);
    const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const ground = (element) => {
        for (let one = element; one; one = one.parentElement) {
            const colour = numbers(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
        }
    };
    const faint = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const words = walker.currentNode.textContent.trim();
        if (!words || element.closest(".spoken, script, style, noscript")) continue;
        if (!element.getClientRects().length) continue;
        const style = getComputedStyle(element);
        const ink = numbers(element instanceof SVGElement ? style.fill : style.color);
        const [dark, bright] = [light(ink), light(ground(element))].sort((a, b) => a - b);
        const contrast = (bright + 0.05) / (dark + 0.05);
        if (contrast < 4.5) faint.push([words, contrast]);
    }
    return faint;
}"""
LAST_KERNEL = """() => {{
    const film = JSON.parse(document.getElementById("data").textContent).{film};
    const text = atob(film.kernels.bdata);
    const size = text.length / film.steps.length;
    return btoa(text.slice(text.length - size));
}}"""
OpenFile = Callable[..., Page]


@pytest.fixture(scope="module")
def saved(server: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole default run as one file."""
    run = server.client.post("/api/runs", json={"preset": "dead-leaves"}).json()["id"]
    with server.client.stream("GET", f"/api/runs/{run}/events", timeout=120) as events:
        kinds = [line for line in events.iter_lines() if line.startswith("event:")]
    assert kinds[-1] == "event: run_finished"
    answer = server.client.get(f"/api/runs/{run}/export", params={"format": "html"})
    answer.raise_for_status()
    path: Path = tmp_path_factory.mktemp("course") / "run.html"
    path.write_bytes(answer.content)
    return path


@pytest.fixture
def open_file(browser: Browser, saved: Path) -> Iterator[OpenFile]:
    """Opens the file; fails if the page complains or asks anything of anyone."""
    complaints: list[str] = []
    contexts = []

    def opened(width: int = 1440, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"the page threw {error}"))
        page.on(
            "console",
            lambda message: message.type == "error" and complaints.append(message.text),
        )
        page.on(
            "request",
            lambda request: (
                request.url.startswith(("data:", saved.as_uri()))
                or complaints.append(f"a request left for {request.url}")
            ),
        )
        page.goto(saved.as_uri())
        expect(page.locator("#montage .tile")).to_have_count(16)
        expect(page.locator("#now-step")).to_have_text("step 400")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def picture(page: Page, montage: str = "montage") -> str:
    return str(page.evaluate(f"document.querySelector('#{montage} canvas').toDataURL()"))


def test_a_default_run_fits_into_three_megabytes(saved: Path) -> None:
    assert saved.stat().st_size <= MOST_BYTES


def test_the_file_shows_before_and_now_with_a_label_under_each(open_file: OpenFile) -> None:
    page = open_file()
    expect(page.locator("#headline")).to_contain_text("of 16 filters see edges or lines.")
    words = page.locator("#montage .word").all_text_contents()
    known = {"edge", "line", "blob", "flat", "structured", "noise", "dead"}
    assert len(words) == 16
    assert set(words) <= known
    assert picture(page) != picture(page, "before")
    expect(page.locator(".curve")).to_have_count(3)
    told = [one.get_attribute("aria-label") for one in page.locator("#curves svg[role=img]").all()]
    assert [(words or "").split(" ")[0] for words in told] == ["Share", "Right", "Error"]
    for part in ("What happened", "What this does not prove", "What was trained on what"):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(page.locator("#about")).to_contain_text("MIT, like the code that draws it")
    expect(page.locator("#about")).to_contain_text("16 filters of 9×9")


def test_the_scrubber_goes_by_keys_from_frame_to_frame(open_file: OpenFile) -> None:
    page = open_file()
    last = picture(page)
    thumb = page.get_by_role("slider")
    thumb.focus()
    page.keyboard.press("Home")
    expect(page.locator("#now-step")).to_have_text("step 0")
    expect(page.locator("#headline")).to_contain_text("random noise")
    assert picture(page) != last
    page.keyboard.press("ArrowRight")
    expect(page.locator("#now-step")).to_have_text("step 1")
    page.keyboard.press("End")
    expect(page.locator("#now-step")).to_have_text("step 400")
    assert picture(page) == last
    page.locator("#headline").click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#now-step")).not_to_have_text("step 400")


def test_a_press_on_a_curve_looks_at_that_step(open_file: OpenFile) -> None:
    page = open_file()
    page.locator("#curves svg[role=img]").nth(1).click(position={"x": 40, "y": 40})
    expect(page.locator("#now-step")).not_to_have_text("step 400")
    assert int((page.locator("#now-step").text_content() or "").removeprefix("step ")) < 10


def test_a_filter_opens_large_with_its_values_and_its_course(open_file: OpenFile) -> None:
    page = open_file()
    page.locator("#montage .tile").nth(6).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Filter 7:")
    expect(dialog).to_contain_text("Edge score")
    reading = page.locator("#cell-reading")
    page.locator(".cells").hover(position={"x": 5, "y": 5})
    expect(reading).to_contain_text("Row 1, column 1: red ")
    page.locator(".cells").focus()
    page.keyboard.press("ArrowRight")
    expect(reading).to_contain_text("Row 1, column 2: red ")
    expect(dialog.locator(".score-course svg")).to_have_attribute(
        "aria-label",
        re.compile(r"Edge score over the steps: 0\.\d\d at step 0, 0\.\d\d at step 400"),
    )
    dialog.get_by_role("button", name="Look at step 0").click()
    expect(page.locator("#large-title")).to_contain_text("step 0")
    page.locator("summary").click()
    expect(dialog.locator("table")).to_have_count(3)
    expect(dialog.locator("td")).to_have_count(3 * 81)
    dialog.get_by_role("button", name="Next filter").click()
    expect(dialog).to_contain_text("Filter 8:")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_values_shown_are_those_that_were_trained(
    open_file: OpenFile, server: RunningServer
) -> None:
    page = open_file()
    told = server.client.get("/api/runs/latest/snapshots/latest?layer=conv1").json()["kernel"]
    kept = page.evaluate(LAST_KERNEL.format(film="film"))
    assert kept == told["bdata"]


def test_the_second_layer_is_in_the_file_too_and_says_what_it_is(
    open_file: OpenFile, server: RunningServer
) -> None:
    page = open_file()
    expect(page.locator("#about")).to_contain_text("snapshots of conv2")
    page.get_by_label("Layer", exact=True).select_option("conv2")
    expect(page.locator("#montage .tile")).to_have_count(32)
    expect(page.locator("#headline")).to_have_text("A deeper layer, shown as raw numbers.")
    expect(page.locator("#layer-holds")).to_be_hidden()
    told = server.client.get("/api/runs/latest/snapshots/latest?layer=conv2").json()["kernel"]
    kept = page.evaluate(LAST_KERNEL.format(film="deeper[0]"))
    assert kept == told["bdata"]
    last = picture(page)
    page.get_by_role("slider").press("Home")
    expect(page.locator("#now-step")).to_have_text("step 0")
    assert picture(page) != last
    page.locator("#montage .tile").nth(20).click()
    expect(page.get_by_role("dialog")).to_contain_text("Filter 21, step 0")
    page.locator(".cells").hover(position={"x": 5, "y": 5})
    expect(page.locator("#cell-reading")).to_contain_text("Row 1, column 1 from filter 1: ")
    page.keyboard.press("Escape")
    page.get_by_label("Layer", exact=True).select_option("conv1")
    expect(page.locator("#montage .tile")).to_have_count(16)


def test_filters_open_and_change_by_keys_alone(open_file: OpenFile) -> None:
    page = open_file()
    page.locator("#montage .tile").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#facts")).to_contain_text("Filter 2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Filter 2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_at_any_width_in_either_theme(open_file: OpenFile, scheme: str) -> None:
    page = open_file(1280, 844, color_scheme=scheme)
    dialog = page.locator("#large")
    for width in (1280, 900, 720, 390, 360):
        page.set_viewport_size({"width": width, "height": 844})
        page.locator("#montage .tile").first.click()
        expect(dialog).to_be_visible()
        assert dialog.evaluate("one => one.scrollWidth <= one.clientWidth"), width
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(open_file: OpenFile, scheme: str) -> None:
    page = open_file(color_scheme=scheme)
    assert page.evaluate(FAINT_WORDS) == []
    page.locator("#montage .tile").first.click()
    expect(page.locator("#large")).to_be_visible()
    assert page.evaluate(FAINT_WORDS) == []


def test_replay_plays_and_ends_at_the_end(open_file: OpenFile) -> None:
    page = open_file(reduced_motion="reduce")
    page.get_by_role("button", name="Replay").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("#now-step")).not_to_have_text("step 400")
    expect(page.get_by_role("button", name="Replay")).to_be_visible()
    expect(page.locator("#now-step")).to_have_text("step 400")
