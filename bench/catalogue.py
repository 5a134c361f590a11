"""A catalogue of 10,000 runs: how long a page of it takes, and whether starting notices."""

import json
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from app.events import EncodedEvent, RunFinished, encode, run_started
from app.recipe import PRESETS, Recipe, described, resolve
from app.store import NewRun, Store
from app.training.preview import first_snapshot
from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, serving

_RUNS = 10_000
_PAGE = 50
_REQUESTS = 400
_STARTS = 5
_UNNOTICED_SECONDS = 0.1


def measure() -> list[Row]:
    """Pages of 50, and starts with and without all those runs."""
    with tempfile.TemporaryDirectory(prefix="filterscope-bench-") as folder:
        _fill(Path(folder))
        full, empty = [], []
        for _ in range(_STARTS):
            with serving(folder=Path(folder)) as server:
                full.append(server.start_seconds)
            with serving() as server:
                empty.append(server.start_seconds)
        with serving(folder=Path(folder)) as server:
            seconds = _pages(server)
    p99, later = percentile(seconds, 99), median(full) - median(empty)
    shown = f"{milliseconds(median(full))} (none: {milliseconds(median(empty))})"
    return [
        Row(f"{_RUNS:,} runs: a page of {_PAGE}, p99", "≤ 20 ms",
            f"{milliseconds(p99)} (median {milliseconds(median(seconds))})", p99 <= 0.02),
        Row(f"process start → first 200 with {_RUNS:,} runs", "unaffected (+100 ms)", shown,
            later <= _UNNOTICED_SECONDS),
    ]  # fmt: skip


def _fill(folder: Path) -> None:
    """Adds finished runs of all presets in turn, each with its first snapshot."""
    kinds = [_kind(name, folder / "cache") for name in PRESETS]
    with Store(folder / "filterscope.sqlite3", lambda _run_id, _events: None) as store:
        for number in range(_RUNS):
            run, events = kinds[number % len(kinds)]
            run = run._replace(id=f"{number:012x}")
            store.create_run(run).add_done_callback(lambda done: done.result())
            recorded = store.record(run.id, events, 1.5)
        recorded.result()


def _kind(preset: str, cache_folder: Path) -> tuple[NewRun, list[EncodedEvent]]:
    recipe: Recipe = resolve({"preset": preset})
    run = NewRun(
        id="",
        described=described(recipe),
        preset=preset,
        recipe=recipe.model_dump_json(exclude_none=True),
        total_steps=recipe.total_steps,
    )
    snapshot = first_snapshot(recipe, cache_folder)
    events = [
        encode(run_started(recipe), 0),
        snapshot._replace(arrays=snapshot.arrays[:2]),  # some take megabytes
        encode(RunFinished(step=recipe.total_steps), recipe.total_steps),
    ]
    return run, events


def _pages(server: Serving) -> list[float]:
    """Seconds a page, from the newest on, over a kept connection."""
    connection = HTTPConnection("127.0.0.1", server.port)
    seconds, cursor = [], None
    for _ in range(_REQUESTS):
        path = f"/api/runs?limit={_PAGE}" + (f"&cursor={cursor}" if cursor else "")
        began = time.perf_counter()
        connection.request("GET", path)
        content = connection.getresponse().read()
        seconds.append(time.perf_counter() - began)
        page = json.loads(content)
        assert len(page["runs"]) == _PAGE
        cursor = page["next_cursor"]
    connection.close()
    return seconds
