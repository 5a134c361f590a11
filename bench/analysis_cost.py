"""What looking at filters costs, piece by piece: python -m bench.analysis_cost

Each snapshot's parts are timed alone; then whole trainings run as in a worker, with a clock around
all that only looks at them: snapshots, the edge metric, events, and their packing for the pipe.
"""

import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from app import events
from app.analysis import change_from, judge_filters
from app.recipe import resolve
from app.telling.learner import BatchOutcome
from app.telling.snapshots import SnapshotTaker
from app.training.build import build_network
from app.training.data import load_dataset
from app.training.loop import Training
from app.workers.checkpoint_spacing import PATIENCE_SECONDS
from app.workers.messages import Report
from app.workers.worker import OWN_PROCESS
from bench.row import HEADING, Row, milliseconds

SHAPES = ((7, 7, 1, 64), (9, 9, 3, 16), (11, 11, 3, 32))
PRESETS = ("dead-leaves", "mnist-strokes")
_SNAPSHOT_SECONDS = 0.002
_LOOKING_SHARE = 0.05
_TRYING_SHARE = 0.10
_REPEATS = 300
_RUNS = 5
_OUTCOME = BatchOutcome(1.0, 0.5)


def measure() -> Iterator[Row]:
    """Measures one snapshot of several shapes, and whole runs of two presets."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        for shape in SHAPES:
            yield from _snapshot_rows(shape, cache)
        for preset in PRESETS:
            yield from _run_rows(preset, cache)


class _Watched(Training):
    """A training that knows how long it was looked at, and how long it was put to the test."""

    looking = 0.0
    trying = 0.0

    def train(self) -> None:
        """Trains the whole run, told as often as a worker tells it."""
        began = last = time.perf_counter()
        report = Report("a-run", self.begin(), 0.0, False, False)
        while not self.is_over:
            told = self.advance(patiently=last - began < PATIENCE_SECONDS)
            last = time.perf_counter()
            if told:
                pickle.dumps(report._replace(events=told), pickle.HIGHEST_PROTOCOL)
                began = time.perf_counter()
                self.looking += began - last
        self.looking += self._noting()

    def tell(self) -> list[events.EncodedEvent]:
        began = time.perf_counter()
        told = super().tell()
        self.looking += time.perf_counter() - began
        return told

    def _look(self, stop_here: bool = False) -> None:
        began = time.perf_counter()
        super()._look(stop_here)
        self.looking += time.perf_counter() - began

    def _evaluate(self) -> events.Evaluated:
        """Tries the test set, which isn't looking at filters; it has a budget of its own."""
        began = time.perf_counter()
        evaluated = super()._evaluate()
        took = time.perf_counter() - began
        self.looking -= took
        self.trying += took
        return evaluated

    def _noting(self) -> float:
        """Seconds in which all updates are noted once more; a single one is too short to time."""
        began = time.perf_counter()
        for step in range(self.step):
            self._pending.add_update(step, _OUTCOME, 0.01)
        return time.perf_counter() - began


def _snapshot_rows(shape: tuple[int, int, int, int], cache: Path) -> Iterator[Row]:
    kernels = np.random.default_rng(0).uniform(-1, 1, shape).astype(np.float32)
    taker = _taker(shape, cache)
    named = f"{shape[3]} filters {shape[0]}×{shape[1]}×{shape[2]}"
    parts = {
        "judged": lambda: judge_filters(kernels, cache_folder=cache),
        "compared with frame 0": lambda: change_from(kernels, kernels),
    }
    for what, part in parts.items():
        yield Row(f"{named}, {what}", "", milliseconds(_typical(part)))
    whole = _typical(lambda: taker.take(1))
    within = whole <= _SNAPSHOT_SECONDS
    yield Row(f"{named}, the whole snapshot", "≤ 2 ms", milliseconds(whole), within)


def _run_rows(preset: str, cache: Path) -> Iterator[Row]:
    recipe = resolve({"preset": preset})
    dataset = load_dataset(recipe, cache)
    looking, trying, totals = [], [], []
    for _ in range(_RUNS):
        training = _Watched(recipe, dataset, cache, OWN_PROCESS)
        began = time.perf_counter()
        training.train()
        totals.append(time.perf_counter() - began)
        looking.append(training.looking / totals[-1])
        trying.append(training.trying / totals[-1])
    of = f"of {median(totals):.1f} s, median of {_RUNS}"
    for what, shares, most in (
        (f"looking at {preset}, whole run", looking, _LOOKING_SHARE),
        (f"validation of {preset}, whole run", trying, _TRYING_SHARE),
    ):
        share = median(shares)
        yield Row(what, f"≤ {most:.0%}".replace("%", " %"), f"{share:.1%} {of}", share <= most)


def _taker(shape: tuple[int, int, int, int], cache: Path) -> SnapshotTaker:
    request: dict[str, Any] = {
        "name": "one layer",
        "dataset": "mnist" if shape[2] == 1 else "dead-leaves",
        "layers": [
            {"type": "conv2d", "filters": shape[3], "kernel_size": shape[0]},
            {"type": "global_average_pool2d"},
            {"type": "dense", "units": 10},
        ],
        "optimizer": {"type": "sgd", "learning_rate": 0.01},
        "steps": 1,
    }
    return SnapshotTaker(build_network(resolve(request), batch_size=1), cache)


def _typical(call: Callable[[], object]) -> float:
    """Returns the median seconds of a call, the first one aside."""
    call()
    return median(_seconds(call) for _ in range(_REPEATS))


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


if __name__ == "__main__":
    print(HEADING)
    for row in measure():
        print(row, flush=True)
