"""What the network's line of pictures costs while training goes on: the page, and the training."""

from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Page

from bench.browser import opened_page, wait_until
from bench.row import Row, milliseconds
from bench.serving import Serving, serving

_RECIPES: dict[str, dict[str, Any]] = {
    "mnist-two-layers": {"preset": "mnist-two-layers", "steps": 5_000},  # some seconds
    "keras-mnist": {"preset": "keras-mnist", "steps": 200},  # of fewer, most would be looked at
}
_TURNS = 3
_MOST_SHARE = 0.1
_FRAME_SECONDS = 1 / 60
_READY = "document.body.classList.contains('settled')"
_SHOWN = "document.querySelectorAll('.network-frame canvas').length > 0"
_TRAINED = "document.querySelector('#state .word').textContent === 'Finished'"
_HIDE = "document.querySelector('#network').style.display = 'none'"
_ASKED = "performance.getEntriesByType('resource').filter(({ name }) => /network\\?/.test(name))"


class _Watched(NamedTuple):
    """One training that a page watched: how long it took, and what the page did for it."""

    training_seconds: float
    busy_seconds: float  # of each frame of 60 a second
    requests: int
    kilobytes: float  # of an answer, as it travelled


def measure() -> Iterator[Row]:
    """Trains with the line shown and hidden in turns, after one of each to be warm."""
    with serving() as server, opened_page() as page:
        for preset, recipe in _RECIPES.items():
            shown: list[_Watched] = []
            hidden: list[_Watched] = []
            for turn in range(_TURNS + 1):
                for hides in (False, True) if turn % 2 else (True, False):
                    watched = _watched(server, page, recipe, hides)
                    if turn:
                        (hidden if hides else shown).append(watched)
            yield from _rows(preset, shown, hidden)


def _rows(preset: str, shown: list[_Watched], hidden: list[_Watched]) -> Iterator[Row]:
    trainings, works = (
        [median(getattr(one, name) for one in each) for each in (shown, hidden)]
        for name in ("training_seconds", "busy_seconds")
    )
    slower = trainings[0] / trainings[1] - 1
    beside = f"{slower:+.1%} ({trainings[0]:.2f} s, without {trainings[1]:.2f} s)"
    yield Row(f"{preset}: training beside the network's line", "≤ +10 %", beside, slower <= 0.1)
    more = works[0] - works[1]
    took = f"{milliseconds(more)} ({milliseconds(works[0])}, without {milliseconds(works[1])})"
    most = _MOST_SHARE * _FRAME_SECONDS
    yield Row(f"{preset}: its share of a frame's time", "≤ 1.67 ms", took, more <= most)
    rate = median(one.requests / one.training_seconds for one in shown)
    size = median(one.kilobytes for one in shown)
    asked = f"{rate:.1f} a second, {size:.0f} kB each"
    yield Row(f"{preset}: what it asks", "≤ 4 a second", asked, rate <= 4)


def _watched(server: Serving, page: Page, recipe: dict[str, Any], hides: bool) -> _Watched:
    run = server.train(recipe)
    page.goto(f"{server.url}/runs/{run}")
    wait_until(page, f"{_READY} && {_SHOWN}")
    if hides:
        page.evaluate(_HIDE)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before, began = _busy_seconds(session), float(page.evaluate("performance.now()"))
    first = int(page.evaluate(f"{_ASKED}.length"))
    wait_until(page, _TRAINED)
    busy = _busy_seconds(session) - before
    seconds = (float(page.evaluate("performance.now()")) - began) / 1000
    sizes = page.evaluate(f"{_ASKED}.map((entry) => entry.encodedBodySize)")
    session.detach()
    told = server.wait(run, lambda run: run["status"] == "finished")
    kilobytes = median(sizes) / 1000 if sizes else 0.0
    frames = seconds / _FRAME_SECONDS
    return _Watched(told["training_seconds"], busy / frames, len(sizes) - first, kilobytes)


def _busy_seconds(session: Any) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))
