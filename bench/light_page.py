"""The light page for followers on a slow line: when its first filters stand there, and for what."""

from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

from bench.browser import opened_page, wait_until
from bench.row import Row, milliseconds
from bench.serving import serving

_TIMES = 5
_LINE = {"latency": 100, "downloadThroughput": 3e6 / 8, "uploadThroughput": 3e6 / 8}
_PHONE: ViewportSize = {"width": 390, "height": 844}
_SHOWN = "performance.getEntriesByName('filters shown').length > 0"
# A name, when it was asked for and was there, and its bytes on the wire; the page itself first.
_WATERFALL = """() => {
    const [shown] = performance.getEntriesByName("filters shown");
    const asked = performance.getEntriesByType("resource");
    const before = asked.filter(({ startTime }) => startTime < shown.startTime);
    const [page] = performance.getEntriesByType("navigation");
    return {
        shown: shown.startTime / 1000,
        redirects: page.redirectCount,
        lines: [page, ...before].map(({ name, startTime, responseEnd, transferSize }) =>
            [name, startTime, responseEnd, transferSize]),
    };
}"""


def measure() -> Iterator[Row]:
    """Opens it by the code, as phones do, each time in a browser that has kept nothing."""
    with serving() as server, opened_page() as page:
        run = server.train({"preset": "dead-leaves", "steps": 100})
        server.wait(run, lambda run: run["status"] == "finished")
        place = {"leader": "desk-0001", "run": run, "begins": True}
        code = server.ask("PUT", "/api/teaching", place)["code"]
        assert page.context.browser
        seen = [waterfall(page.context.browser, f"{server.url}/{code}") for _ in range(_TIMES)]
    seconds = [one["shown"] for one in seen]
    each = ", ".join(milliseconds(one) for one in seconds)
    yield Row("light page: first filters at 3 Mbit/s, 100 ms", "≤ 1 s", each, max(seconds) <= 1)
    bytes_each = [sum(size for *_, size in one["lines"]) for one in seen]
    asked = max(len(one["lines"]) + one["redirects"] for one in seen)
    yield Row("its bytes until then", "≤ 60 kB", f"{max(bytes_each):,.0f}", max(bytes_each) <= 60e3)
    yield Row("its requests until then", "≤ 8", str(asked), asked <= 8)
    typical = min(seen, key=lambda one: abs(one["shown"] - median(seconds)))
    for name, began, ended, size in typical["lines"]:
        what = f"  {name.rpartition('/')[2]}"
        yield Row(what, "", f"{began:.0f}–{ended:.0f} ms, {size:,} bytes")


def waterfall(browser: Browser, address: str, size: ViewportSize = _PHONE) -> dict[str, Any]:
    """Returns what was asked for until the first filters stood there, and when that was."""
    context = browser.new_context(viewport=size)
    page: Page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": False, **_LINE})
    page.goto(address, wait_until="commit")
    wait_until(page, _SHOWN)
    told: dict[str, Any] = page.evaluate(_WATERFALL)
    context.close()
    return told
