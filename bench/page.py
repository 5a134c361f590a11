"""What a viewer sees and when: from Start to change, live at 20 a second, on a slow line."""

import re
from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Page, Route

from bench.broadcasting import RUN_ID, SEQ_OF_STEP_0
from bench.browser import opened_page, wait_until
from bench.light_page import waterfall
from bench.row import Row, milliseconds, percentile
from bench.serving import serving

_STARTS = 3
_LINE = {"latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}

_CHANGED = 'performance.getEntriesByName("filterscope:first-change").length > 0'
_SECONDS_TO_CHANGE = """
    (performance.getEntriesByName("filterscope:first-change")[0].startTime
        - performance.getEntriesByName("filterscope:start")[0].startTime) / 1000
"""
_NOTE_STEPS = """
    window.seen = {};
    const look = () => {
        const step = parseInt(document.querySelector("#now-step").textContent.slice(5));
        window.seen[step] ??= Date.now() / 1000;
        requestAnimationFrame(look);
    };
    look();
"""
_TIME_PAINTING = """
async () => {
    const { Montage } = await import("/static/js/views/montage.js");
    const paint = Montage.prototype.paint;
    window.painting = [];
    Montage.prototype.paint = function () {
        const began = performance.now();
        paint.call(this);
        window.painting.push((performance.now() - began) / 1000);
    };
}
"""
_CHARTED = "document.querySelectorAll('.plot .drawing path').length > 0"


def measure() -> Iterator[Row]:
    """Measures the page's budgets, in a real Chromium."""
    yield from _starts()
    yield from _live(filters=16, rate=20, count=200)
    yield from _live(filters=1024, rate=5, count=50)
    yield from _slow_line()
    yield from _first_filters()


def _starts() -> Iterator[Row]:
    changes, trainings = [], []
    with serving() as server, opened_page() as page:
        for _ in range(_STARTS):
            page.goto(server.url)
            page.get_by_role("button", name="Start training").click()
            wait_until(page, _CHANGED)
            changes.append(float(page.evaluate(_SECONDS_TO_CHANGE)))
            run = server.wait("latest", lambda run: run["status"] == "finished")
            trainings.append(run["training_seconds"])
    each = ", ".join(milliseconds(change) for change in changes)
    yield Row("Start pressed → first changed kernels", "≤ 1 s", each, max(changes) <= 1)
    whole = max(trainings)
    yield Row("whole dead-leaves run, watched", "≤ 6 s", f"{whole:.1f} s", whole <= 6)


def _live(filters: int, rate: int, count: int) -> Iterator[Row]:
    with serving(("bench.broadcasting",)) as server, opened_page() as page:
        page.route(f"{server.url}/runs/{RUN_ID}", _as_written)
        page.goto(f"{server.url}/runs/{RUN_ID}")
        server.broadcast(rate, rate, filters)  # until the page is warm
        wait_until(page, f"document.querySelector('#now-step').textContent == 'step {rate - 1}'")
        page.evaluate(_TIME_PAINTING)
        page.evaluate(f"() => {{ {_NOTE_STEPS} }}")
        sent = server.broadcast(rate, count, filters)
        wait_until(page, f"window.seen[{rate + count - 1}]")
        late = _lateness(page, {seq - SEQ_OF_STEP_0: at for seq, at in sent.items()})
        painting: list[float] = page.evaluate("window.painting")
    what = f"{filters:,} filters"
    painted = f"{len(late)} of {len(sent)}"
    yield Row(f"{what}, {rate} snapshots a second, painted", "all", painted, len(late) == len(sent))
    yield _p95_row(f"{what}: recording → screen, p95", late, 0.06)
    yield _p95_row(f"{what}: painting a montage, p95", painting, 0.002)


def _as_written(route: Route) -> None:
    """Has the page begin with the module itself, so that what is timed can be reached."""
    answer = route.fetch()
    html = re.sub(r"joined/parts/main-\w+\.js(?=\"></script>)", "js/main.js", answer.text())
    route.fulfill(response=answer, body=html)


def _p95_row(what: str, seconds: list[float], budget: float) -> Row:
    p95 = percentile(seconds, 95)
    shown = f"{milliseconds(p95)} (median {milliseconds(median(seconds))})"
    return Row(what, f"≤ {1000 * budget:g} ms", shown, p95 <= budget)


def _lateness(page: Page, sent: dict[int, float]) -> list[float]:
    seen: dict[str, float] = page.evaluate("window.seen")
    return [seen[str(step)] - at for step, at in sent.items() if str(step) in seen]


def _slow_line() -> Iterator[Row]:
    with serving() as server, opened_page() as page:
        run = server.train({"preset": "mnist-strokes", "steps": 100})
        server.wait(run, lambda run: run["status"] == "finished")
        line: dict[str, Any] = {"offline": False, **_LINE}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", line)
        page.goto(f"{server.url}/runs/{run}")
        wait_until(page, _CHARTED)
        chart = float(page.evaluate("performance.now() / 1000"))
        paint = float(page.evaluate("performance.getEntriesByType('paint')[0].startTime / 1000"))
    yield Row("first paint at 10 Mbit/s, 40 ms", "≤ 200 ms", milliseconds(paint), paint <= 0.2)
    yield Row("first chart on that line", "≤ 1600 ms", milliseconds(chart), chart <= 1.6)


def _first_filters() -> Iterator[Row]:
    with serving() as server, opened_page() as page:
        assert page.context.browser
        run = server.train({"preset": "mnist-strokes", "steps": 100})
        server.wait(run, lambda run: run["status"] == "finished")
        for what, path in (("first page", "/"), ("a run", f"/runs/{run}")):
            size = page.viewport_size
            assert size
            address = f"{server.url}{path}"
            seen = [waterfall(page.context.browser, address, size) for _ in range(3)]
            seconds = sorted(one["shown"] for one in seen)
            each = ", ".join(milliseconds(one) for one in seconds)
            asked = max(len(one["lines"]) for one in seen)
            name = f"{what}: first filters at 3 Mbit/s, 100 ms"
            yield Row(name, "≤ 1.2 s", each, median(seconds) <= 1.2)
            yield Row("its requests until then", "≤ 25", str(asked), asked <= 25)
