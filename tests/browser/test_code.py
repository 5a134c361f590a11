"""A line of code as a scene: explained word by word, worked out in numbers, pasted and trained."""

import base64
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen
from tests.browser.violations import violations
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

STRIDED = (
    "nn.Sequential(nn.Conv2d(3, 8, 5, stride=2, padding=2), nn.Tanh(), nn.Flatten(),"
    " nn.Linear(2048, 10))\noptim.SGD(lr=0.01)"
)


def word(page: Page, text: str) -> Any:
    return page.get_by_role("button", name=text)


def ready(screen: Screen, path: str = "/?view=code") -> Page:
    screen.page.goto(screen.url + path)
    expect(screen.page.locator("#code-sum b").first).to_be_visible()
    expect(screen.page.locator("#code-lines .code-word").first).to_be_visible()
    return screen.page


def paste(screen: Screen) -> Page:
    page = ready(screen)
    page.get_by_role("button", name="Paste another line").click()
    expect(page.locator("#code-text")).to_be_focused()
    return page


def array_of(told: dict[str, str]) -> np.ndarray[Any, Any]:
    dtype = {"u1": "u1", "f4": "<f4"}[told["dtype"]]
    shape = [int(side) for side in told["shape"].split(",")]
    return np.frombuffer(base64.b64decode(told["bdata"]), dtype).reshape(shape)


@pytest.fixture(scope="module")
def keras_run(server: RunningServer) -> str:
    """Two steps of the questioner's line, in a network that is tested sooner than his."""
    line = {"type": "conv2d", "filters": 32, "kernel_size": 3, "activation": "relu"}
    head = [{"type": "max_pool2d", "pool_size": 13}, {"type": "flatten"}]
    layers = [line, *head, {"type": "dense", "units": 10}]
    recipe = {"preset": "keras-mnist", "epochs": None, "steps": 2, "layers": layers}
    run = server.client.post("/api/runs", json=recipe).json()["id"]
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        assert "event: run_finished" in list(events.iter_lines())
    return str(run)


def test_the_line_that_thousands_copied_is_explained_word_by_word(
    screen: Screen, keras_run: str
) -> None:
    page = ready(screen, f"/runs/{keras_run}?view=code")
    expect(page.locator("#code-headline")).to_have_text(
        "Your line makes 32 grids of 3 × 3 numbers."
    )
    first = page.locator(".code-line.first code")
    written = "".join(first.locator(".code-word > span, .code-unbroken").all_text_contents())
    assert "nb_filter=32" in written
    expect(page.locator("#code-count")).to_have_text("320")
    expect(page.locator("#code-count-formula")).to_have_text("3 · 3 · 1 · 32 weights + 32 biases")
    word(page, "nb_filter=32").focus()
    expect(page.locator("#code-meaning")).to_contain_text("k from 0 to 31")
    expect(page.locator("#code-count-other")).to_have_text("With 64 filters it would be 640.")
    lit = page.locator(".code-word.lit > span")
    assert lit.all_text_contents() == ["nb_filter=32", "filters=32", "out_channels=32"]
    page.keyboard.press("Tab")
    expect(page.locator("#code-meaning")).to_contain_text("3 rows in each filter’s grid")
    assert lit.all_text_contents() == ["nb_row=3", "kernel_size=(3, 3)", "kernel_size=3"]


def test_a_word_is_kept_by_a_click_and_let_go_by_escape(screen: Screen, keras_run: str) -> None:
    page = ready(screen, f"/runs/{keras_run}?view=code")
    word(page, "border_mode='valid'").click()
    expect(page.locator("#code-picture-words")).to_contain_text("Lost: the outermost 108 cells")
    expect(page.locator("#code-map-words")).to_contain_text("28 − 3 + 1 = 26")
    page.mouse.move(0, 0)
    screen.wait_until("location.search.includes('word=padding')")
    page.reload()
    expect(word(page, "border_mode='valid'")).to_have_attribute("aria-pressed", "true")
    letters = page.locator("#code-formula .lit")
    expect(letters).to_have_text(["i", "j", "i", "j"])
    page.keyboard.press("Escape")
    expect(letters).to_have_count(0)
    expect(page.locator("#scene-code")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#scene-code")).to_be_hidden()


def numbers_shown(page: Page) -> list[str]:
    return page.locator("#code-sum b").all_text_contents()


def as_shown(value: float) -> str:
    text = f"{value:.2f}".replace("-", "−")
    return text.removeprefix("−") if float(f"{value:.2f}") == 0 else text


def test_the_numbers_under_the_pointer_are_numpys(
    screen: Screen, keras_run: str, server: RunningServer
) -> None:
    page = ready(screen, f"/runs/{keras_run}?view=code&filter=28&picture=0&row=9&column=12")
    seen = server.client.post(f"/api/runs/{keras_run}/snapshots/2/activations", json={"index": 0})
    film = server.client.get(f"/api/runs/{keras_run}/film", params={"layer": "conv1"}).json()
    x = array_of(seen.json()["input"])[:, :, 0].astype(float)
    w = array_of(film["kernels"])[-1][:, :, 0, 27].astype(float)
    bias = film["bias"][-1][27]

    def expect_place(row: int, column: int) -> None:
        total = float((w * x[row : row + 3, column : column + 3]).sum())
        shown = [total, bias, total + bias, max(total + bias, 0)]
        expect(page.locator("#code-sum b")).to_have_text([as_shown(value) for value in shown])
        cells = page.locator("#code-patch td").all_text_contents()
        patch = x[row : row + 3, column : column + 3].ravel()
        assert [float(cell) for cell in cells] == [round(value, 2) for value in patch]
        expect(page.locator("#code-now")).to_contain_text(f"i = {row}, j = {column}, k = 27")

    expect_place(9, 12)
    page.locator("#code-sight").focus()
    page.keyboard.press("Shift+ArrowDown")
    expect_place(14, 12)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect_place(14, 10)
    box = page.locator("#code-map canvas").bounding_box()
    assert box is not None
    cell = box["width"] / 26
    page.mouse.move(box["x"] + 6.5 * cell, box["y"] + 5.5 * cell)
    expect_place(5, 6)
    page.mouse.move(0, 0)
    expect_place(14, 10)


def test_what_is_pasted_is_read_at_once_and_trained_as_it_says(screen: Screen) -> None:
    page = paste(screen)
    page.locator("#code-text").fill(STRIDED)
    expect(page.locator("#code-headline")).to_contain_text("8 grids of 5 × 5 × 3 numbers.")
    expect(page.locator("#code-title")).to_have_text("As you wrote it · PyTorch")
    expect(page.locator("#code-formula")).to_have_attribute(
        "aria-label",
        "y[i, j, k] = b[k] + Σ over u Σ over v Σ over c w[u, v, c, k] · x[2·i+u−1, 2·j+v−1, c]",
    )
    expect(page.locator("#code-notes")).to_contain_text("same shifts by a pixel")
    expect(page.locator("#code-sum")).to_contain_text("after tanh")
    screen.wait_until("location.search.includes('Tanh')")
    page.reload()
    expect(page.locator("#code-headline")).to_contain_text("8 grids of 5 × 5 × 3 numbers.")
    page.get_by_role("button", name="Train it").click()
    expect(page.locator("#scene-code")).to_be_hidden()
    expect(screen.tiles).to_have_count(8)
    screen.wait_for_step(1)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("what are those filters?", "That isn't Python"),
        ("__import__('os').system('true')", "No Conv2D is made in it"),
        ("Conv2D(32, 40)", "kernel_size"),
    ],
)
def test_what_cannot_be_is_said_and_cannot_be_trained(
    open_screen: OpenScreen, code: str, sentence: str
) -> None:
    page = paste(open_screen(expected=("422",)))
    page.locator("#code-text").fill(code)
    expect(page.locator("#code-problem")).to_contain_text(sentence)
    expect(page.get_by_role("button", name="Train it")).to_be_disabled()
    expect(page.locator("#code-work")).to_be_hidden()


def test_the_scene_is_reached_from_the_list_of_experiments_and_copies_by_a_key(
    open_screen: OpenScreen,
) -> None:
    screen = open_screen(permissions=["clipboard-read", "clipboard-write"])
    screen.go("/")
    screen.page.get_by_role("link", name="Your own line of code").click()
    page = screen.page
    expect(page.locator("#code-lines .code-word").first).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator("[data-library=keras]")).to_have_text("Copied")
    script = page.evaluate("navigator.clipboard.readText()")
    assert "keras.Sequential" in script
    page.get_by_role("button", name="Copy: PyTorch").click()
    expect(page.get_by_role("button", name="Copy: PyTorch")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("nn.Conv2d(in_channels=3")


def test_large_kernels_and_small_screens_leave_nothing_cut_off(open_screen: OpenScreen) -> None:
    screen = open_screen(width=390, height=844)
    page = ready(screen, "/?view=code&code=Conv2D(64, 11, padding='same', input_shape=(32,32,3))")
    expect(page.locator("#code-patch td")).to_have_count(121)
    for width, height in ((390, 844), (640, 400), (1280, 720)):
        screen.resize(width, height)
        assert screen.width_needed() <= width
        right = screen.right_end("#scene-code :is(td, canvas, code, .code-word, b, p)")
        assert right <= width, (width, right)


def test_nothing_is_in_the_way_of_those_who_cannot_see_or_point(
    screen: Screen, keras_run: str
) -> None:
    ready(screen, f"/runs/{keras_run}?view=code&word=padding&paste=1")
    assert violations(screen) == []
