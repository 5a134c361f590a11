"""What looking at a run of a million steps costs: its numbers, files to take home, its page."""

import tempfile
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import NamedTuple

from app.curves.kept import keep
from app.curves.kept_files import file_of
from bench.browser import opened_page, wait_until
from bench.long_run import RUN, STEPS, write_long_run
from bench.row import Row, milliseconds, percentile
from bench.scrubbing import dragged
from bench.serving import Serving, family_cpu_seconds, resident_bytes, serving

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
    """How long it took, on the clock and of the server's processors, and how large it was."""

    seconds: float
    cpu_seconds: float
    size: int


def measure() -> Iterator[Row]:
    """Measures each question alone, then small ones beside large ones, then the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = f"/api/runs/{write_long_run(folder)}"
        # As the server has it done while a run is recorded.
        keep(folder / "filterscope.sqlite3", folder / "cache", RUN)
        with serving(folder=folder) as server:
            yield from _points(server, run, file_of(folder / "cache", RUN))
            yield from _numbers(server, run)
            yield from _files(server, run)
            yield from _beside(server, run)
            memory = resident_bytes(server.pid)
            shown = f"{memory / _MEGABYTE:.0f} MB"
            yield Row("server's memory after all that", "≤ 120 MB", shown, memory <= _SERVER_BYTES)
        with serving(folder=folder) as server:
            yield from _page(server)


def _points(server: Serving, run: str, kept: Path) -> Iterator[Row]:
    path, what = f"{run}/metrics?points={_POINTS}", f"{STEPS:,} steps in {_POINTS:,} points"
    server.ask("POST", "/api/recipes/preview", {"preset": "dead-leaves"})  # starts what answers
    first, *others = (_asked(server, path) for _ in range(4 * _TRIES))
    usual, size = median(one.seconds for one in others), first.size
    shown = f"{milliseconds(usual)}, {size / 1000:.0f} kB"
    yield Row(what, "≤ 50 ms, ≤ 200 kB", shown, usual <= 0.05 and size <= 200_000)
    yield Row("the same, the first time", "≤ 50 ms", _shown(first), first.seconds <= 0.05)
    kept.unlink()
    yield Row("the same, where nothing was kept", "none", _shown(_asked(server, path)))


def _shown(answer: _Answer) -> str:
    return f"{milliseconds(answer.seconds)}, {answer.cpu_seconds:.2f} s of a core"


def _usual(answers: list[_Answer]) -> _Answer:
    return _Answer(*(median(column) for column in zip(*answers, strict=True)))


def _numbers(server: Serving, run: str) -> Iterator[Row]:
    for kind in ("json", "csv"):
        answers = [_asked(server, f"{run}/metrics?format={kind}") for _ in range(_TRIES)]
        usual = _usual(answers)
        shown = f"{_shown(usual)}, {usual.size / _MEGABYTE:.1f} MB in gzip"
        yield Row(f"all of them as {kind}", "≤ 1.5 s", shown, usual.seconds <= 1.5)


def _files(server: Serving, run: str) -> Iterator[Row]:
    for kind, asked in _FILES.items():
        answers = [_asked(server, f"{run}/export?{asked}") for _ in range(_TRIES)]
        usual = _usual(answers)
        size = usual.size / _MEGABYTE
        shown = f"{_shown(usual)}, {size:.1f} MB"
        if kind == "html":
            yield Row("a page of them to take home", "≤ 3 MB", shown, size <= _HTML_MEGABYTES)
        else:
            yield Row(f"its filters as {kind}", "≤ 800 ms", shown, usual.seconds <= _BUDGETS[kind])


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
    began, worked = time.perf_counter(), family_cpu_seconds(server.pid)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    size = 0
    while piece := answer.read(1 << 16):
        size += len(piece)
    seconds = time.perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return _Answer(seconds, family_cpu_seconds(server.pid) - worked, size)


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
