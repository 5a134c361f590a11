"""What it costs a training to be watched: snapshots, the edge metric, writing events down."""

import tempfile
import time
from pathlib import Path
from statistics import median

from app import datasets
from app.recipe import PRESETS, resolve
from app.training.build import build_network
from app.training.loop import Training
from app.training.schedule import is_snapshot_step
from app.training.snapshots import SnapshotTaker
from bench.row import Row, milliseconds

_REPEATS = 3
_LONGEST_STEPS = 400


def measure() -> list[Row]:
    """A snapshot's share of each preset's training time, both measured in this process."""
    return [_row(name) for name in PRESETS]


def _row(preset: str) -> Row:
    recipe = resolve({"preset": preset})
    recipe = resolve({"preset": preset, "steps": min(_LONGEST_STEPS, recipe.total_steps)})
    total = recipe.total_steps
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        dataset = datasets.load(
            recipe.dataset, scaling=recipe.scaling, data_seed=recipe.data_seed, cache_folder=cache
        )
        taker = SnapshotTaker(build_network(recipe), cache)
        seconds = []
        for _ in range(_REPEATS):
            training = Training(recipe, dataset, cache)
            began = time.perf_counter()
            for _ in training.run():
                pass
            seconds.append(time.perf_counter() - began)
    snapshots = sum(is_snapshot_step(step, total) for step in range(total + 1))
    each = median(_timed(taker) for _ in range(50))
    share = snapshots * each / median(seconds)
    shown = f"{share:.1%} ({snapshots} × {milliseconds(each)} in {median(seconds):.1f} s)"
    return Row(f"snapshots and analysis, {preset}, {total} steps", "≤ 3 %", shown, share <= 0.03)


def _timed(taker: SnapshotTaker) -> float:
    began = time.perf_counter()
    taker.take(0)
    return time.perf_counter() - began
