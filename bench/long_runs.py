"""What looking at a long run costs, and training one.

One of a million steps is written into the database; one of a hundred thousand is trained over REST.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.curves.kept import keep
from app.curves.kept_files import file_of
from bench.long_run import RUN, STEPS, write_long_run
from bench.looking_at_run import (
    POINTS,
    LongRun,
    downloads,
    page_opened,
    points,
    shown_with_work,
)
from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, serving
from tests.reliability.flood import HealthWatch

_TRAINED: dict[str, Any] = {"preset": "mnist-strokes", "steps": 100_000}
_TRAINED_SECONDS = 600


def measure() -> Iterator[Row]:
    """Measures each question alone, then small ones beside large ones, then the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_long_run(folder)
        # As the server has it done while a run is recorded.
        keep(folder / "filterscope.sqlite3", folder / "cache", RUN)
        with serving(folder=folder) as server:
            run = LongRun(server, RUN, STEPS)
            yield from points(run)
            yield from _where_nothing_was_kept(run, file_of(folder / "cache", RUN))
            yield from downloads(run)
        with serving(folder=folder) as server:
            yield from page_opened(LongRun(server, RUN, STEPS))
    with serving() as server:
        yield from _trained(server)


def _trained(server: Serving) -> Iterator[Row]:
    """Has a run trained as anybody would, and asks of it what was asked of the longer one."""
    began, steps = time.perf_counter(), _TRAINED["steps"]
    run_id = server.train(_TRAINED)
    with HealthWatch(server.port, every_seconds=0.1) as health:
        while server.ask("GET", f"/api/runs/{run_id}")["status"] != "finished":
            time.sleep(0.1)
            if time.perf_counter() - began > _TRAINED_SECONDS:
                raise TimeoutError(f"{steps:,} steps took more than {_TRAINED_SECONDS} s")
    seconds = time.perf_counter() - began
    p95 = percentile([look.seconds for look in health.looks], 95)
    yield Row(f"{steps:,} steps trained over REST", "none", f"{seconds:.0f} s")
    yield Row("/healthz meanwhile, p95", "≤ 50 ms", milliseconds(p95), p95 <= 0.05)
    run = LongRun(server, run_id, steps)
    yield from points(run)
    yield from downloads(run)
    yield from page_opened(run)


def _where_nothing_was_kept(run: LongRun, kept: Path) -> Iterator[Row]:
    kept.unlink()
    answer = run.asked(f"/metrics?points={POINTS}")
    yield Row("the same, where nothing was kept", "none", shown_with_work(answer))
