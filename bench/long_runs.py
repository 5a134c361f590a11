"""What looking at a run of a million steps costs: its numbers, files to take home, its page."""

import tempfile
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.browser import opened_page, wait_until
from bench.long_run import STEPS, write_long_run
from bench.row import Row, milliseconds, percentile
from bench.scrubbing import dragged
from bench.serving import Serving, resident_bytes, serving

_TRIES = 3
_MEGABYTE = 1e6
_POINTS = 2_000
_FILES = {
    "svg": "format=svg",
    "gif": "format=gif",
    "npz": "format=npz",
    "html": "format=html",
}
_BUDGETS = {"svg": 0.8, "gif": 0.8, "npz": 0.8}
_HTML_MEGABYTES = 3
_BESIDE = ("metrics", "metrics?format=csv", "export?format=html", "export?format=npz")
_PAUSE_SECONDS = 0.02
_SERVER_BYTES = 120e6
_PREVIEW = "document.querySelector('#montage canvas')?.style.width"
_FILTERS = f"{_PREVIEW} && document.querySelector('.thumb')?.ariaValueMax > 0"
_CURVES = f"""
    document.querySelectorAll('.measure .drawing:has(path)').length >= 3
    && document.querySelector('.thumb').ariaValueNow === '{STEPS}'
"""


class _Answer(NamedTuple):
    seconds: float
    size: int


def measure() -> Iterator[Row]:
    """Measures each question alone, then small ones beside large ones, then the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = f"/api/runs/{write_long_run(folder)}"
        with serving(folder=folder) as server:
            yield from _numbers(server, run)
            yield from _files(server, run)
            yield from _beside(server, run)
            memory = resident_bytes(server.pid)
            shown = f"{memory / _MEGABYTE:.0f} MB"
            yield Row("server's memory after all that", "≤ 120 MB", shown, memory <= _SERVER_BYTES)
        with serving(folder=folder) as server:
            yield from _page(server)


def _numbers(server: Serving, run: str) -> Iterator[Row]:
    path = f"{run}/metrics?points={_POINTS}"
    first, *others = (_asked(server, path) for _ in range(4 * _TRIES))
    usual, size = median(one.seconds for one in others), first.size
    shown = f"{milliseconds(usual)}, first {milliseconds(first.seconds)}, {size / 1000:.0f} kB"
    holds = usual <= 0.05 and size <= 200_000
    yield Row(f"{STEPS:,} steps in {_POINTS:,} points", "≤ 50 ms, ≤ 200 kB", shown, holds)
    for kind in ("json", "csv"):
        answers = [_asked(server, f"{run}/metrics?format={kind}") for _ in range(_TRIES)]
        usual, size = median(one.seconds for one in answers), answers[0].size
        shown = f"{milliseconds(usual)}, {size / _MEGABYTE:.1f} MB in gzip"
        yield Row(f"all of them as {kind}", "≤ 1.5 s", shown, usual <= 1.5)


def _files(server: Serving, run: str) -> Iterator[Row]:
    for kind, asked in _FILES.items():
        answers = [_asked(server, f"{run}/export?{asked}") for _ in range(_TRIES)]
        usual, size = median(one.seconds for one in answers), answers[0].size / _MEGABYTE
        shown = f"{milliseconds(usual)}, {size:.1f} MB"
        if kind == "html":
            yield Row("a page of them to take home", "≤ 3 MB", shown, size <= _HTML_MEGABYTES)
        else:
            yield Row(f"its filters as {kind}", "≤ 800 ms", shown, usual <= _BUDGETS[kind])


def _beside(server: Serving, run: str) -> Iterator[Row]:
    """Asks small things again and again while somebody downloads large ones, one after another."""
    over = threading.Event()
    waits: dict[str, list[float]] = {"/healthz": [], run: []}

    def ask() -> None:
        while not over.is_set():
            for path, seconds in waits.items():
                seconds.append(_asked(server, path).seconds)
                time.sleep(_PAUSE_SECONDS)

    thread = threading.Thread(target=ask)
    thread.start()
    for path in _BESIDE * 2:
        _asked(server, f"{run}/{path}")
    over.set()
    thread.join()
    for path, what in (("/healthz", "/healthz"), (run, "GET of the run")):
        p95 = percentile(waits[path], 95)
        shown = f"{milliseconds(p95)} (median {milliseconds(median(waits[path]))})"
        yield Row(f"{what} beside such downloads, p95", "≤ 50 ms", shown, p95 <= 0.05)


def _asked(server: Serving, path: str) -> _Answer:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
    began = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    size = 0
    while piece := answer.read(1 << 16):
        size += len(piece)
    seconds = time.perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return _Answer(seconds, size)


def _page(server: Serving) -> Iterator[Row]:
    with opened_page() as page:
        page.goto(server.url)  # so that what is measured isn't the first start of a browser
        wait_until(page, _PREVIEW)
        began = time.perf_counter()
        page.goto(f"{server.url}/runs/a10000000000")
        for what, condition, budget in (("filters", _FILTERS, 1.0), ("curves", _CURVES, 2.0)):
            wait_until(page, condition)
            seconds = time.perf_counter() - began
            label = f"the page of {STEPS:,} steps, opened → {what}"
            yield Row(label, f"≤ {budget:.0f} s", milliseconds(seconds), seconds <= budget)
        yield from dragged(page, f"{STEPS:,} steps, dragged")
