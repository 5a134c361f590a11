"""Each clause of the question is answered where docs/question.md says, after as many clicks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import TRAINED, Screen
from tests.contracts.repository import text_of

pytestmark = pytest.mark.browser

_ROW = re.compile(r"^\| ([^|]+?) \| [^|]+ \| (\d) \|$", re.MULTILINE)
PROMISED = {clause: int(clicks) for clause, clicks in _ROW.findall(text_of("docs/question.md"))}

Click = Callable[[Locator], None]


def _tour(page: Page, click: Click) -> None:
    click(page.get_by_role("button", name="Take the tour"))
    expect(page.locator("#tour-title")).to_have_text("What are those filters?")


def _line(page: Page, click: Click) -> None:
    click(page.get_by_role("button", name="The Keras example"))
    click(page.get_by_role("link", name="The line of code that makes them"))
    expect(page.locator("#code-lines")).to_contain_text("nb_filter=32")
    expect(page.locator("#code-headline")).to_contain_text("32 grids of 3 × 3 numbers")


def _filters(page: Page, click: Click) -> None:
    expect(page.locator("#montage .tile")).to_have_count(16)
    expect(page.locator("#facts")).to_contain_text("A small grid of numbers")


def _specify(page: Page, click: Click) -> None:
    click(page.get_by_role("link", name="Workshop"))
    expect(page.get_by_role("gridcell").first).to_be_visible()
    expect(page.locator("#shop-answer-title")).to_contain_text("answers")


def _chosen(page: Page, click: Click) -> None:
    click(page.get_by_role("link", name="Start weights"))
    expect(page.locator("#weights-run-rule")).to_contain_text("glorot_uniform")


def _mathematically(page: Page, click: Click) -> None:
    click(page.get_by_role("link", name="Your own line of code"))
    expect(page.locator("#code-formula")).to_contain_text("Σ")
    expect(page.locator("#code-count-formula")).to_contain_text("9 · 9 · 3 · 16")


def _become(page: Page, click: Click) -> None:
    click(page.get_by_role("button", name="Start training"))
    expect(page.locator("#state .word")).to_have_text("Finished", timeout=TRAINED)
    expect(page.locator("#headline")).to_have_text(re.compile(r"\d+ of 16 filters see edges or"))


def _second_layer(page: Page, click: Click) -> None:
    click(page.get_by_role("button", name="Start training"))
    expect(page.locator("#state .word")).to_have_text("Finished", timeout=TRAINED)
    click(page.get_by_role("combobox", name="Layer", exact=True))
    page.get_by_role("combobox", name="Layer", exact=True).select_option("conv2")
    expect(page.locator("#headline")).to_contain_text("conv2 look for, in pixels")


def _words(page: Page, click: Click) -> None:
    click(page.get_by_role("button", name="Help"))
    expect(page.locator("#word-kernel")).to_be_visible()


ANSWERS: dict[str, Callable[[Page, Click], None]] = {
    "the whole question": _tour,
    "the line of code": _line,
    "what are those filters?": _filters,
    "I expected that I would have to specify them": _specify,
    "who chose them, then?": _chosen,
    "how would I describe them mathematically?": _mathematically,
    "what do they become?": _become,
    "and those of the second layer?": _second_layer,
    "what do all these words mean?": _words,
}


def test_each_clause_of_the_question_is_answered_after_as_many_clicks_as_is_said(
    screen: Screen,
) -> None:
    assert list(PROMISED) == list(ANSWERS)
    for clause, answer in ANSWERS.items():
        screen.page.evaluate("localStorage.clear()") if screen.page.url != "about:blank" else None
        screen.go()
        screen.wait_until("document.body.classList.contains('settled')")
        clicks: list[Locator] = []

        def click(what: Locator, clicks: list[Locator] = clicks) -> None:
            clicks.append(what)
            what.click()

        answer(screen.page, click)
        assert len(clicks) == PROMISED[clause], clause
