"""How long a stroke of the pen waits for the class bars: in a real Chromium, while one draws on."""

import math
from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Page

from bench.browser import opened_page, wait_until
from bench.row import Row, milliseconds, percentile
from bench.serving import serving

_BUDGET_SECONDS = 0.1
_MOVES = 240
_RECIPES: list[dict[str, Any]] = [
    {"preset": "mnist-strokes", "steps": 100},
    {"preset": "mnist-two-layers", "steps": 60},
    {"preset": "keras-mnist", "steps": 10, "epochs": None},
]
_ANSWERED = "document.querySelectorAll('#draw-answers dt').length > 0"
# Times in milliseconds of the page's clock. A question holds what was drawn before it was asked,
# and no other is asked until the bars show its answer.
_WATCH = """
() => {
    window.drawn = [];
    window.asked = [];
    window.shown = [];
    const fetched = window.fetch;
    window.fetch = (path, ...rest) => {
        if (String(path).endsWith("/activations")) window.asked.push(performance.now());
        return fetched(path, ...rest);
    };
    const paper = document.querySelector("#draw-paper");
    paper.addEventListener("pointermove", () => window.drawn.push(performance.now()), true);
    const note = () => window.shown.push(performance.now());
    const bars = { attributes: true, subtree: true };
    new MutationObserver(note).observe(document.querySelector("#draw-answers"), bars);
}
"""


def measure() -> Iterator[Row]:
    """Measures from a stroke to the bars that show it, drawing at the screen's own rate."""
    for recipe in _RECIPES:
        with serving() as server, opened_page() as page:
            run = server.train({key: value for key, value in recipe.items() if value is not None})
            server.wait(run, lambda run: run["status"] == "finished")
            page.goto(f"{server.url}/runs/{run}?view=draw")
            wait_until(page, _ANSWERED)
            waits, answers = _draw(page)
        p95 = percentile(waits, 95)
        shown = f"{milliseconds(p95)} (median {milliseconds(median(waits))}, {answers} answers)"
        what = f"{recipe['preset']}: stroke → class bars, p95"
        yield Row(what, "≤ 100 ms", shown, p95 <= _BUDGET_SECONDS)


def _draw(page: Page) -> tuple[list[float], int]:
    """Measures how many seconds each stroke waited, and how many answers there were."""
    box = page.locator("#draw-paper").bounding_box()
    assert box is not None
    page.evaluate(_WATCH)
    middle, radius = box["x"] + box["width"] / 2, box["width"] / 3
    for move in range(_MOVES):
        angle = 2 * math.pi * move / _MOVES
        x, y = middle + radius * math.cos(angle), box["y"] + radius * (1.5 + math.sin(2 * angle))
        page.mouse.move(x, y)
        if move == 0:
            page.mouse.down()
    page.mouse.up()
    wait_until(page, "window.shown.at(-1) > window.drawn.at(-1)")
    drawn, asked, shown = (page.evaluate(f"window.{name}") for name in ("drawn", "asked", "shown"))
    waits = []
    for stroke in drawn:
        question = next((time for time in asked if time >= stroke), None)
        answer = next((time for time in shown if question is not None and time > question), None)
        if answer is not None:
            waits.append((answer - stroke) / 1000)
    return waits, len(asked)
