"""What is asked of a run that is over: its numbers, files to take home, its page."""

import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from statistics import median
from typing import NamedTuple

from bench.browser import opened_page, wait_until
from bench.meanwhile import meanwhile
from bench.row import Row, milliseconds, percentile
from bench.scrubbing import dragged
from bench.serving import Serving, family_cpu_seconds, resident_bytes

_TRIES = 3
_MEGABYTE = 1e6
POINTS = 2_000
_FILE_SECONDS = 0.8
_HTML_MEGABYTES = 3
_BESIDE = ("metrics", "metrics?format=csv", "export?format=html", "export?format=npz")
_PAUSE_SECONDS = 0.02
_SERVER_BYTES = 120e6
_PREVIEW = "document.querySelector('#montage canvas')?.style.width"
_FILTERS = f"{_PREVIEW} && document.querySelector('.thumb')?.ariaValueMax > 0"
_CURVES = """
    document.querySelectorAll('.measure .drawing:has(path)').length >= 3
    && document.querySelector('.thumb').ariaValueNow === '{steps}'
"""


class Answer(NamedTuple):
    """How long it took, on the clock and of the server's processors, and how large it was."""

    seconds: float
    cpu_seconds: float
    size: int


class LongRun(NamedTuple):
    """A run that is over, and the server that has it."""

    server: Serving
    id: str
    steps: int

    def asked(self, question: str = "") -> Answer:
        """Asks it something."""
        return asked(self.server, f"/api/runs/{self.id}{question}")


def downloads(run: LongRun) -> Iterator[Row]:
    """Measures each file by itself, small questions beside large ones, and the server's memory."""
    yield from _numbers(run)
    yield from _files(run)
    yield from _beside(run)
    memory = resident_bytes(run.server.pid)
    shown = f"{memory / _MEGABYTE:.0f} MB"
    yield Row("server's memory after all that", "≤ 120 MB", shown, memory <= _SERVER_BYTES)


def points(run: LongRun) -> Iterator[Row]:
    """Measures few points in place of all steps, the first time and then."""
    what = f"{run.steps:,} steps in {POINTS:,} points"
    preview = {"preset": "dead-leaves"}
    run.server.ask("POST", "/api/recipes/preview", preview)  # starts what answers
    first, *others = (run.asked(f"/metrics?points={POINTS}") for _ in range(4 * _TRIES))
    usual, size = median(one.seconds for one in others), first.size
    shown = f"{milliseconds(usual)}, {size / 1000:.0f} kB"
    yield Row(what, "≤ 50 ms, ≤ 200 kB", shown, usual <= 0.05 and size <= 200_000)
    yield Row("the same, the first time", "≤ 50 ms", shown_with_work(first), first.seconds <= 0.05)


def shown_with_work(answer: Answer) -> str:
    """Writes how long it took, and how much of that a core worked."""
    return f"{milliseconds(answer.seconds)}, {answer.cpu_seconds:.2f} s of a core"


def _usual(answers: list[Answer]) -> Answer:
    return Answer(*(median(column) for column in zip(*answers, strict=True)))


def _numbers(run: LongRun) -> Iterator[Row]:
    for kind in ("json", "csv"):
        answers = [run.asked(f"/metrics?format={kind}") for _ in range(_TRIES)]
        usual = _usual(answers)
        shown = f"{shown_with_work(usual)}, {usual.size / _MEGABYTE:.1f} MB in gzip"
        yield Row(f"all of them as {kind}", "≤ 1.5 s", shown, usual.seconds <= 1.5)


def _files(run: LongRun) -> Iterator[Row]:
    for kind in ("svg", "gif", "npz", "html"):
        answers = [run.asked(f"/export?format={kind}") for _ in range(_TRIES)]
        usual = _usual(answers)
        size = usual.size / _MEGABYTE
        shown = f"{shown_with_work(usual)}, {size:.1f} MB"
        if kind == "html":
            yield Row("a page of them to take home", "≤ 3 MB", shown, size <= _HTML_MEGABYTES)
        else:
            yield Row(f"its filters as {kind}", "≤ 800 ms", shown, usual.seconds <= _FILE_SECONDS)


def _beside(run: LongRun) -> Iterator[Row]:
    """Asks small things again and again while somebody downloads large ones, one after another."""
    over, address = threading.Event(), f"/api/runs/{run.id}"
    waits: dict[str, list[float]] = {"/healthz": [], address: []}

    def ask() -> None:
        while not over.is_set():
            for path, seconds in waits.items():
                seconds.append(asked(run.server, path).seconds)
                time.sleep(_PAUSE_SECONDS)

    with meanwhile(over, ask):
        for path in _BESIDE * 2:
            run.asked(f"/{path}")
    for path, what in (("/healthz", "/healthz"), (address, "GET of the run")):
        p95 = percentile(waits[path], 95)
        shown = f"{milliseconds(p95)} (median {milliseconds(median(waits[path]))})"
        yield Row(f"{what} beside such downloads, p95", "≤ 50 ms", shown, p95 <= 0.05)


def asked(server: Serving, path: str) -> Answer:
    """Asks a server for something, compressed, and reads all of the answer."""
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
    return Answer(seconds, family_cpu_seconds(server.pid) - worked, size)


def page_opened(run: LongRun) -> Iterator[Row]:
    """Measures a page on it, from the click to its filters and curves, and dragged through."""
    curves = _CURVES.format(steps=run.steps)
    with opened_page() as page:
        page.goto(run.server.url)  # so that what is measured isn't the first start of a browser
        wait_until(page, _PREVIEW)
        began = time.perf_counter()
        page.goto(f"{run.server.url}/runs/{run.id}")
        for what, condition, budget in (("filters", _FILTERS, 1.0), ("curves", curves, 2.0)):
            wait_until(page, condition)
            seconds = time.perf_counter() - began
            label = f"the page of {run.steps:,} steps, opened → {what}"
            yield Row(label, f"≤ {budget:.0f} s", milliseconds(seconds), seconds <= budget)
        yield from dragged(page, f"{run.steps:,} steps, dragged")
