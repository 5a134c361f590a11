"""A server with one run that tells snapshots at a fixed rate: python -m bench.broadcasting

Reads lines "RATE COUNT FILTERS" from standard input; for each it records COUNT snapshots, RATE a
second, of FILTERS kernels 7×7, and prints "SEQ SECONDS" for each: when it was handed to the
recorder, by time.time().
"""

import sys
import threading
import time
from pathlib import Path
from unittest.mock import patch

import numpy as np

from app import lifespan
from app import main as composition
from app.cli.server import Server, listen
from app.events import EncodedEvent, RunStarted, Snapshot, StoredArray, encode
from app.recipe import described, resolve
from app.settings import Settings
from app.store import NewRun, Store
from app.telling.snapshots import SnapshotTaker
from app.training.build import build_network

RUN_ID = "broadcast"
SEQ_OF_STEP_0 = 2  # the first event says that the run began


def main() -> None:
    """Serves until it is ended."""
    settings = Settings.from_environment()
    listener = listen(settings.host, settings.port)
    app = composition.create_app(settings)

    def ready(_url: str) -> None:
        store: Store = app.state.services.store
        threading.Thread(target=_obey, args=(store, settings.cache_folder), daemon=True).start()

    with patch.object(lifespan, "is_snapshot_step", _every_step):  # none is by schedule
        Server(app, settings, listener, ready).run(sockets=[listener])


def _every_step(_step: int, _total_steps: int) -> bool:
    return True


def _obey(store: Store, cache_folder: Path) -> None:
    recipe = resolve({"preset": "mnist-strokes"})
    text = recipe.model_dump_json(exclude_none=True)
    run = NewRun(RUN_ID, described(recipe), recipe=text, total_steps=10**6)
    store.create_run(run).result()
    started = RunStarted(
        recipe=recipe, total_steps=10**6, parameters=0, layers=[], class_names=list("0123456789")
    )
    store.record(RUN_ID, [encode(started, 0)], 0.0).result()
    step = 0
    for line in sys.stdin:
        rate, count, filters = map(int, line.split())
        events = snapshots_of(range(step, step + count), filters, cache_folder)
        step += count
        began = time.monotonic()
        for number, event in enumerate(events):
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            sent = time.time()
            store.record(RUN_ID, [event], 0.0)
            print(event.step + SEQ_OF_STEP_0, sent, flush=True)
        print("done", flush=True)


def snapshots_of(steps: range, filters: int, cache_folder: Path) -> list[EncodedEvent]:
    """Gives snapshots of random weights, with the verdicts of one real snapshot of such a layer."""
    layers = [
        {"type": "conv2d", "filters": filters, "kernel_size": 7},
        {"type": "global_average_pool2d"},
        {"type": "dense", "units": 10},
    ]
    recipe = resolve({"preset": "mnist-strokes", "layers": layers})
    real = SnapshotTaker(build_network(recipe, batch_size=1), cache_folder).take(0)
    said = Snapshot.model_validate_json(real.body)
    kernel = next(array for array in real.arrays if array.name == "conv1/kernel")
    return [
        encode(said.model_copy(update={"step": step}), step, (_random(kernel, step),))
        for step in steps
    ]


def _random(kernel: StoredArray, seed: int) -> StoredArray:
    weights = np.random.default_rng(seed).uniform(-1, 1, kernel.shape).astype("<f4")
    return kernel._replace(data=weights.tobytes())


if __name__ == "__main__":
    main()
