"""Whether the film keeps up with the screen: dragged through and replayed, on the wall clock."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from playwright.sync_api import CDPSession, Page

from bench.browser import opened_page, wait_until
from bench.row import Row, milliseconds
from bench.serving import serving

_PRESETS = ("dead-leaves", "dead-leaves-large")
_SCENES = ("live", "filter")
_SWINGS, _SWING_MOVES = 2, 90
_FRAME_MILLISECONDS = 17.5  # 60 frames a second, and what a clock is off
_LEAST_SHARE = 0.95

_COMPLETE = {
    "live": "document.querySelectorAll('.measure .drawing:has(path)').length >= 3",
    "filter": "document.querySelectorAll('#filter-patches button').length > 0",
}
_AT_END = "(t => t.ariaValueMax > 0 && t.ariaValueNow === t.ariaValueMax)"
# What a film at rest is asked about, has been answered.
_RESTED = "!document.querySelector('#scene-filter.stale:not([hidden]), #network.stale')"
_REQUESTS = """
    performance.getEntriesByType("resource").filter(({ startTime, name }) =>
        startTime > window.since && name.includes("/api/runs/")).length
"""
_REPLAYED = "document.querySelector('#replay-button').ariaLabel === null"
_NOTE_FRAMES = """
() => {
    window.painted = [];
    const note = (time) => {
        window.painted.push(time);
        requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
}
"""


class _Course(NamedTuple):
    """How a film went: when each frame was painted, and what the page's main thread did for it."""

    frames: list[float]
    busy_seconds: float
    requests: int

    def rows(self, what: str) -> Iterator[Row]:
        gaps = [
            later - earlier for earlier, later in zip(self.frames, self.frames[1:], strict=False)
        ]
        in_time = sum(gap <= _FRAME_MILLISECONDS for gap in gaps) / len(gaps)
        rate = 1000 * len(gaps) / (self.frames[-1] - self.frames[0])
        busy = milliseconds(self.busy_seconds / len(gaps))
        shown = f"{in_time:.0%}, {rate:.0f} a second, {busy} of work"
        yield Row(f"{what}: frames within 17.5 ms", "≥ 95 %", shown, in_time >= _LEAST_SHARE)
        yield Row(f"{what}: requests", "none", str(self.requests), self.requests == 0)


def measure() -> Iterator[Row]:
    """Measures scrubbing there and back, and one replay, of 16 filters and of 32 large ones."""
    with serving() as server, opened_page() as page:
        for preset in _PRESETS:
            run = server.train({"preset": preset})
            server.wait(run, lambda run: run["status"] == "finished")
            for scene in _SCENES:
                page.goto(f"{server.url}/runs/{run}?view={scene}&filter=5")
                wait_until(page, _COMPLETE[scene])
                wait_until(page, f"{_AT_END}(document.querySelector('.thumb'))")
                page.evaluate(_NOTE_FRAMES)
                yield from _watched(page, _drag).rows(f"{preset}, {scene}, dragged")
                yield from _watched(page, _replay).rows(f"{preset}, {scene}, replayed")


def dragged(page: Page, what: str) -> Iterator[Row]:
    """Measures scrubbing there and back through the film of an open page that is at its end."""
    page.evaluate(_NOTE_FRAMES)
    yield from _watched(page, _drag).rows(what)


def _watched(page: Page, go: Callable[[Page], None]) -> _Course:
    """Plays a film with `go`, once to be warm and once to be measured."""
    go(page)
    wait_until(page, _RESTED)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate("window.painted = [], window.since = performance.now()")
    before = busy_seconds(session)
    go(page)
    frames: list[float] = page.evaluate("window.painted")
    busy = busy_seconds(session) - before
    requests = int(page.evaluate(_REQUESTS))
    session.detach()
    return _Course(frames, busy, requests)


def busy_seconds(session: CDPSession) -> float:
    """Returns how long the page's main thread has worked so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def _drag(page: Page) -> None:
    box = page.locator("#scrubber").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"], y)
    page.mouse.down()
    for _ in range(_SWINGS):  # each move waits until the page has taken the one before
        page.mouse.move(box["x"], y, steps=_SWING_MOVES)
        page.mouse.move(box["x"] + box["width"], y, steps=_SWING_MOVES)
    page.mouse.up()


def _replay(page: Page) -> None:
    page.locator("#replay-button").click()
    wait_until(page, f"!({_REPLAYED})")
    wait_until(page, _REPLAYED)
