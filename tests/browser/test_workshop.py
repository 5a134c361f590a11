"""Filters are typed, painted and walked through, answer at once, and are kept and exported."""

import base64
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.screen import Screen
from tests.browser.violations import violations

pytestmark = pytest.mark.browser

_CELLS = "[...document.querySelectorAll('#shop-cells .shop-cell')].map((one) => one.textContent)"
_ANSWER = """
    (() => {
        const canvas = document.querySelector("#shop-answer canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return [canvas.width, canvas.height, [...data]];
    })()
"""


@pytest.fixture
def page(screen: Screen) -> Page:
    """The workshop with an empty bank of 9×9 in colour."""
    screen.page.goto(f"{screen.url}/?view=workshop")
    screen.wait_until("document.querySelector('#shop-picture canvas')?.width === 32")
    return screen.page


def _cell(page: Page, row: int, column: int) -> str:
    return str(page.evaluate(f"{_CELLS}[{9 * (row - 1) + column - 1}]"))


def _expect_cells(page: Page, told: dict[tuple[int, int], str]) -> None:
    """Waits for the frame that shows them: cells are drawn once a frame, not with each key."""
    for (row, column), text in told.items():
        expect(page.locator(".shop-cell").nth(9 * (row - 1) + column - 1)).to_have_text(text)


def _centre(page: Page, row: int, column: int) -> tuple[float, float]:
    box = page.locator(".shop-cell").nth(9 * (row - 1) + column - 1).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_cells_are_typed_walked_through_and_had_back(page: Page) -> None:
    page.locator("#shop-cells [tabindex='0']").focus()
    page.keyboard.type("-.12")
    expect(page.locator("#shop-under")).to_contain_text("1 of 16 are filled")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(".3")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowDown")
    _expect_cells(page, {(5, 5): "−.12", (5, 6): ".35", (4, 6): "−.05"})
    expect(page.locator("#shop-cells [tabindex='0']")).to_have_attribute(
        "aria-label", "row 4, column 6: −.05"
    )
    for left in ("0", ".30", ".00"):
        page.keyboard.press("Control+z")
        expect(page.locator(".shop-cell").nth(41 if left != "0" else 32)).to_have_text(
            left if left != "0" else ".00"
        )
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".shop-cell").nth(41)).to_have_text(".30")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    _expect_cells(page, {(4, 6): ".00"})


def test_a_drag_carries_a_number_along_and_is_undone_as_one(page: Page) -> None:
    page.locator("#shop-cells [tabindex='0']").focus()
    page.keyboard.type(".25")
    page.mouse.move(*_centre(page, 5, 5))
    page.mouse.down()
    for column in (6, 7, 8):
        page.mouse.move(*_centre(page, 5, column), steps=3)
    page.mouse.up()
    painted = {(5, column): ".25" for column in (5, 6, 7, 8)}
    _expect_cells(page, {**painted, (5, 4): ".00", (5, 9): ".00"})
    page.keyboard.press("Control+z")
    _expect_cells(page, {**dict.fromkeys(painted, ".00"), (5, 5): ".25"})


def test_a_filter_is_begun_slid_and_pasted_by_keys_alone(page: Page) -> None:
    page.get_by_role("button", name="Gabor", exact=True).press("Enter")
    page.get_by_label("Angle").press("ArrowRight")
    slots = page.locator(".shop-slot")
    expect(slots.first).to_have_attribute("aria-label", "filter 1: 31°")
    slots.first.focus()
    page.keyboard.press("Control+c")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+v")
    expect(slots.nth(1)).to_have_attribute("aria-label", "filter 2: 31°")
    expect(slots.nth(1)).to_be_focused()
    page.keyboard.press("1")
    expect(slots.nth(1)).to_have_attribute("aria-label", "filter 2: Sobel ↕")
    page.keyboard.press("Delete")
    expect(slots.nth(1)).to_have_attribute("aria-label", "slot 2: empty")
    page.get_by_role("button", name="Random", exact=True).press("Enter")
    expect(slots.nth(1)).to_have_attribute("aria-label", "filter 2: random")
    first = page.evaluate(_CELLS)
    page.get_by_role("button", name="Random", exact=True).press("Enter")
    expect(page.locator("#shop-cells")).not_to_have_text("".join(first))


def _blotches(width: int, height: int) -> np.ndarray:
    generator = np.random.default_rng(3)
    return generator.integers(0, 256, (height, width, 3), dtype=np.uint8)


def _png(pixels: np.ndarray) -> dict[str, object]:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return {"name": "photo.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_an_opened_picture_is_answered_in_its_own_size_as_the_sum_says(
    screen: Screen, page: Page
) -> None:
    pixels = _blotches(320, 200)
    page.locator("#shop-file").set_input_files(_png(pixels))
    expect(page.locator("#shop-picture-size")).to_have_text("320 × 200")
    page.locator("#shop-size").select_option("3")
    page.locator("#shop-channels").select_option("3")
    kernel = np.zeros((3, 3, 3))
    page.locator("#shop-cells [tabindex='0']").focus()
    for channel, (value, key) in enumerate(((".5", "ArrowLeft"), ("-.25", "ArrowUp"), ("1", ""))):
        page.locator(f"[name='shop-channel'][value='{channel}']").check(force=True)
        page.locator("#shop-cells [tabindex='0']").focus()
        page.keyboard.type(value)
        if key:
            page.keyboard.press(key)
    kernel[1, 1, 0], kernel[1, 0, 1], kernel[0, 0, 2] = 0.5, -0.25, 1
    expect(page.locator("#shop-answer-size")).to_have_text("318 × 198")
    windows = np.lib.stride_tricks.sliding_window_view(pixels / 255, (3, 3), axis=(0, 1))
    wanted = np.einsum("ijcuv,uvc->ij", windows, kernel)
    limit = np.abs(wanted).max()
    expect(page.locator("#shop-reading")).to_contain_text(f"±{limit:.2f}")
    colours = screen.module(
        "pictures/paint.js",
        "a.map(([value, limit]) => m.colourOf(value, limit, true))",
        [[float(value), float(limit)] for value in wanted[::40, ::40].ravel()],
    )
    width, height, data = page.evaluate(_ANSWER)
    painted = np.array(data).reshape(height, width, 4)[::40, ::40, :3].reshape(-1, 3)
    assert np.abs(painted - np.array(colours)).max() <= 3  # a level more or less, by rounding


def test_what_is_no_picture_or_no_bank_is_said(page: Page) -> None:
    text = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"}
    page.locator("#shop-file").set_input_files(text)
    expect(page.locator("#shop-note")).to_contain_text("“notes.txt” is no picture")
    page.locator("#shop-bank-file").set_input_files(text)
    expect(page.locator("#shop-told")).to_contain_text("“notes.txt” is no bank")


def test_a_bank_is_kept_exported_emptied_and_read_back(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="Fill with Gabors").click()
    page.locator("#shop-name").fill("<b>eight</b> angles")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#shop-kept-list")).to_contain_text("<b>eight</b> angles")
    assert page.locator("#shop-kept-list b").count() == 0
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    path = tmp_path / "bank.json"
    download.value.save_as(path)
    told = json.loads(path.read_text(encoding="utf-8"))
    kernel = np.frombuffer(base64.b64decode(told["kernel"]["bdata"]), "<f4").reshape(9, 9, 3, 16)
    page.get_by_role("button", name="Empty").click()
    expect(page.locator("#shop-count")).to_have_text("0 of 16")
    halved = {**told, "kernel": {**told["kernel"], "bdata": _packed(kernel / 2)}, "empty": [3]}
    path.write_text(json.dumps(halved), encoding="utf-8")
    page.locator("#shop-bank-file").set_input_files(path)
    expect(page.locator("#shop-count")).to_have_text("15 of 16")
    shown = float(_cell(page, 5, 5).replace("−", "-"))
    assert abs(shown - kernel[4, 4, :, 0].mean() / 2) < 0.006
    page.reload()
    expect(page.locator("#shop-count")).to_have_text("15 of 16")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#shop-kept")).to_be_hidden()
    page.locator("#shop-told").get_by_role("button", name="Undo").click()
    page.locator("#shop-kept-list").get_by_role(
        "button", name="<b>eight</b> angles", exact=True
    ).click()
    expect(page.locator("#shop-count")).to_have_text("16 of 16")


def _packed(kernel: np.ndarray) -> str:
    return base64.b64encode(kernel.astype("<f4").tobytes()).decode()


def test_learned_filters_are_a_start_and_a_whole_bank(screen: Screen, finished_run: str) -> None:
    page = screen.page
    page.goto(f"{screen.url}/runs/{finished_run}?view=workshop")
    page.get_by_role("button", name="Take the learned 16").click()
    expect(page.locator("#shop-count")).to_have_text("16 of 16")
    page.get_by_role("button", name="Learned…").click()
    page.get_by_role("button", name="Begin with learned filter 5").click()
    expect(page.locator(".shop-slot").first).to_have_attribute("aria-label", "filter 1: learned 5")
    screen.wait_until("document.querySelector('#shop-picture canvas')?.width === 28")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.locator("#shop-picture").focus()
    before = page.evaluate(_ANSWER)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    screen.wait_until("location.search.includes('drawing=')")
    assert page.evaluate(_ANSWER) != before
    assert violations(screen) == []


def test_a_phone_has_the_workshop_in_parts_and_the_views_behind_a_button(
    open_screen: type, finished_run: str
) -> None:
    screen = open_screen(390, 844)
    page = screen.page
    page.goto(f"{screen.url}/runs/{finished_run}")
    page.locator("#views-open").click()
    page.get_by_role("link", name="Workshop").click()
    expect(page.locator("#shop-cells")).to_be_visible()
    expect(page.locator("#views-title")).to_have_text("Workshop")
    expect(page.get_by_role("link", name="Workshop")).to_be_hidden()
    expect(page.locator("#shop-answer")).to_be_hidden()
    page.locator("#shop-parts [value=answer]").check()
    expect(page.locator("#shop-answer")).to_be_visible()
    assert violations(screen) == []
    page.locator("#shop-parts [value=bank]").check()
    page.get_by_role("button", name="Fill with Gabors").click()
    assert violations(screen) == []
    assert screen.width_needed() == 390


def test_the_bar_has_room_for_every_view_at_every_width(screen: Screen, finished_run: str) -> None:
    screen.go_to_end(finished_run)
    needed = "['.scenes', '.bar'].map((s) => document.querySelector(s))"
    for width in (320, 360, 420, 720, 899, 900, 1099, 1100, 1279, 1280):
        screen.resize(width, 800)
        over = screen.page.evaluate(f"{needed}.map((one) => one.scrollWidth - one.clientWidth)")
        assert over == [0, 0], width
