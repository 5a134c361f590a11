"""What it costs a training to be watched: snapshots, the edge metric, writing events down."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from app import datasets
from app.recipe import PRESETS, resolve
from app.training.build import build_network
from app.training.loop import Training
from app.training.schedule import is_snapshot_step
from app.training.snapshots import SnapshotTaker
from bench.row import Row, milliseconds

_STEPS = 100


def measure() -> Iterator[Row]:
    """A snapshot's share of each preset's training time, both measured in this process."""
    for name in PRESETS:
        with tempfile.TemporaryDirectory() as folder:
            yield _row(name, Path(folder))


def _row(preset: str, cache: Path) -> Row:
    whole = resolve({"preset": preset}).total_steps
    recipe = resolve({"preset": preset, "steps": _STEPS})
    dataset = datasets.load(recipe.dataset, scaling=recipe.scaling, cache_folder=cache)
    taker = SnapshotTaker(build_network(recipe), cache)
    each = median(_timed(taker) for _ in range(50))
    training = Training(recipe, dataset, cache)
    began = time.perf_counter()
    for _ in training.run():
        pass
    trained = time.perf_counter() - began - _snapshots(_STEPS) * each
    expected = trained * whole / _STEPS
    share = _snapshots(whole) * each / expected
    shown = f"{share:.1%} ({_snapshots(whole)} × {milliseconds(each)} in {expected:.1f} s)"
    return Row(f"snapshots and analysis, {preset}", "≤ 3 % of training", shown, share <= 0.03)


def _snapshots(steps: int) -> int:
    return sum(is_snapshot_step(step, steps) for step in range(steps + 1))


def _timed(taker: SnapshotTaker) -> float:
    began = time.perf_counter()
    taker.take(0)
    return time.perf_counter() - began
