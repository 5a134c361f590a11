"""A line of code is pasted, understood word by word, and trained."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


def open_code(screen: Screen) -> Page:
    screen.go()
    page = screen.page
    screen.wait_until("document.querySelector('#code-open').onclick")
    page.get_by_role("button", name="Your own line of code").click()
    expect(page.locator("#code-lead")).to_contain_text("32 grids of 3 × 3 numbers.")
    return page


def test_the_line_that_thousands_copied_is_explained_word_by_word(screen: Screen) -> None:
    page = open_code(screen)
    expect(page.locator("#code-sum")).to_contain_text("3·3·1·32 + 32 = 320 numbers")
    page.get_by_role("button", name="nb_filter=32").focus()
    expect(page.locator("#code-word")).to_contain_text("k from 0 to 31")
    page.keyboard.press("Tab")
    expect(page.locator("#code-word")).to_contain_text("3 rows in each filter’s grid")


def test_what_is_pasted_is_read_at_once_and_trained_as_it_says(screen: Screen) -> None:
    page = open_code(screen)
    page.locator("#code-text").fill(
        "nn.Sequential(nn.Conv2d(1, 8, 5, stride=2, bias=False), nn.ReLU(), nn.Flatten(),"
        " nn.Linear(1152, 10))\noptim.SGD(lr=0.01)"
    )
    expect(page.locator("#code-lead")).to_contain_text("8 grids of 5 × 5 numbers.")
    expect(page.locator("#code-sum")).to_contain_text("x[2·i + u, 2·j + v, c]")
    expect(page.locator("#code-notes")).to_contain_text("every layer here has a bias")
    page.get_by_role("button", name="Train it").click()
    expect(page.locator("#code")).to_be_hidden()
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
    open_screen: type, code: str, sentence: str
) -> None:
    page = open_code(open_screen(expected=("422",)))
    page.locator("#code-text").fill(code)
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_role("button", name="Train it")).to_be_disabled()
