"""The table of runs where there are ten thousand: how long a page takes, and how it scrolls."""

import tempfile
import time
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from statistics import median

from app.events import EncodedEvent, Evaluated, RunFinished, encode
from app.recipe import described, resolve
from app.store import NewRun, Store
from bench.browser import opened_page, wait_until
from bench.row import Row, milliseconds, percentile
from bench.scrubbing import busy_seconds
from bench.serving import Serving, serving

_RUNS = 10_000
_REQUESTS = 200
_BUDGET_SECONDS = 0.020
_FIRST_SECONDS = 0.100
_AHEAD_SECONDS = 4.0  # in which a server reads what a search looks at
_SLOW_MILLISECONDS = 34.0  # two frames of 60 a second, and what a clock is off
_SCROLL = """
    new Promise((resolve) => {
        const grid = document.querySelector("#runs-grid");
        const painted = [];
        const go = (time) => {
            painted.push(time);
            grid.scrollTop += 1700;
            const isOver = grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1;
            isOver ? resolve(painted) : requestAnimationFrame(go);
        };
        requestAnimationFrame(go);
    })
"""
_PAGES = {
    "newest": "",
    "as the table asks": "&pins=first&offset=0",
    "searched": "&q=seed%209",
    "sorted by name": "&sort=name",
    "filtered, by accuracy": "&status=finished&preset=mnist-strokes&sort=accuracy",
}


def measure() -> list[Row]:
    """Measures pages of 50 over a kept connection, after the first one of each kind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder)
        first = _first_search(folder)
        with serving(folder=folder) as server:
            pages = [_row(server.port, what, asked) for what, asked in _PAGES.items()]
            return [*pages, first, _scrolled(server)]


def _first_search(folder: Path) -> Row:
    """Searches once, at once after a server's start and when it has had time to read ahead."""
    seconds = []
    for rest in (0.0, _AHEAD_SECONDS):
        with serving(folder=folder) as server:
            time.sleep(rest)
            began = time.perf_counter()
            server.ask("GET", "/api/runs?limit=50&q=seed%209")
            seconds.append(time.perf_counter() - began)
    at_once, later = (milliseconds(one) for one in seconds)
    label = f"the first search of {_RUNS:,} runs, {_AHEAD_SECONDS:g} s after the start"
    shown = f"{later}; at once {at_once}"
    return Row(label, "≤ 100 ms", shown, seconds[-1] <= _FIRST_SECONDS)


def _scrolled(server: Serving) -> Row:
    """Scrolls through all of the table in some seconds, to rows that nobody has asked for yet."""
    with opened_page() as page:
        page.goto(f"{server.url}/?view=runs")
        wait_until(page, "document.querySelectorAll('.runs-called:not(:empty)').length > 10")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = busy_seconds(session)
        painted: list[float] = page.evaluate(_SCROLL)
        work = (busy_seconds(session) - before) / len(painted)
    gaps = [later - earlier for earlier, later in pairwise(painted)]
    slow = sum(gap > _SLOW_MILLISECONDS for gap in gaps)
    longest = milliseconds(max(gaps) / 1000)
    shown = f"{slow} of {len(gaps)}, longest {longest}, {milliseconds(work)} of work a frame"
    return Row(f"{_RUNS:,} runs scrolled through: slow frames", "none", shown, slow == 0)


def _fill(folder: Path) -> None:
    with Store(folder / "filterscope.sqlite3", lambda _run_id, _events: None) as store:
        for number in range(_RUNS):
            store.create_run(_run(number))
            store.record(f"r{number}", _over(number % 1000), 1.0)


def _run(number: int) -> NewRun:
    preset = ("dead-leaves", "mnist-strokes", "keras-mnist")[number % 3]
    recipe = resolve({"preset": preset, "seed": number, "name": f"{preset}, seed {number}"})
    kept = recipe.model_dump_json(exclude_none=True)
    return NewRun(f"r{number}", described(recipe), preset, kept, recipe.total_steps)


def _over(thousandths: int) -> list[EncodedEvent]:
    """Returns what a run told that is over, and right about so many of a thousand pictures."""
    right = thousandths / 1000
    seen = Evaluated(step=1, validation_loss=0.5, validation_accuracy=right, samples=1000)
    return [encode(seen, 1), encode(RunFinished(step=1), 1)]


def _row(port: int, what: str, asked: str) -> Row:
    connection = HTTPConnection("127.0.0.1", port)
    seconds = []
    for _ in range(_REQUESTS + 1):
        began = time.perf_counter()
        connection.request("GET", f"/api/runs?limit=50{asked}")
        answer = connection.getresponse()
        answer.read()
        seconds.append(time.perf_counter() - began)
        assert answer.status == 200
    connection.close()
    first, *others = seconds
    p99 = percentile(others, 99)
    shown = (
        f"{milliseconds(p99)} (median {milliseconds(median(others))}, first {milliseconds(first)})"
    )
    label = f"50 of {_RUNS:,} runs, {what}, p99"
    return Row(label, "≤ 20 ms", shown, p99 <= _BUDGET_SECONDS)
