"""A server with one run that tells snapshots at a fixed pace: python -m bench.broadcasting

Reads lines "RATE COUNT FILTERS" from standard input; for each it records COUNT snapshots, RATE a
second, of FILTERS kernels 7×7, and prints "SEQ SECONDS" for each: when it was handed to the
recorder, by time.time().
"""

import sys
import threading
import time

import numpy as np

from app.cli.server import Server, listen
from app.events import EncodedEvent, RunStarted, Snapshot, StoredArray, encode
from app.main import create_app
from app.recipe import resolve
from app.settings import Settings
from app.store import NewRun, Store

RUN_ID = "broadcast"


def main() -> None:
    """Serves until it is ended."""
    settings = Settings.from_environment()
    listener = listen(settings.host, settings.port)
    app = create_app(settings)

    def ready(_url: str) -> None:
        store: Store = app.state.services.store
        threading.Thread(target=_obey, args=(store,), daemon=True).start()

    Server(app, settings, listener, ready).run(sockets=[listener])


def _obey(store: Store) -> None:
    recipe = resolve({"preset": "mnist-strokes"})
    text = recipe.model_dump_json(exclude_none=True)
    run = NewRun(
        id=RUN_ID, name="Pace", preset=None, recipe=text, layers=("conv1",), total_steps=10**6
    )
    store.create_run(run).result()
    started = RunStarted(
        recipe=recipe, total_steps=10**6, parameters=0, layers=[], class_names=list("0123456789")
    )
    store.record(RUN_ID, [encode(started, 0)], 0.0).result()
    step, seq = 0, 1
    for line in sys.stdin:
        rate, count, filters = map(int, line.split())
        began = time.monotonic()
        for number in range(count):
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            event = _snapshot(step, filters)
            step, seq = step + 1, seq + 1
            sent = time.time()
            store.record(RUN_ID, [event], 0.0)
            print(seq, sent, flush=True)
        print("done", flush=True)


def _snapshot(step: int, filters: int) -> EncodedEvent:
    generator = np.random.default_rng(step)
    kernel = generator.standard_normal((7, 7, 1, filters), np.float32)
    some = [0.5] * filters
    event = Snapshot(
        step=step,
        layer="conv1",
        score=some,
        label=["edge"] * filters,
        orientation_degrees=[90.0] * filters,
        coherence=some,
        template_r2=[(0.1, 0.1, 0.1, 0.1)] * filters,
        colour=[""] * filters,
        change=some,
        correlation=some,
        layer_score=0.5,
        oriented=1.0,
        counts={"edge": filters},
    )
    return encode(event, step, (StoredArray("conv1/kernel", kernel.shape, kernel.tobytes()),))


if __name__ == "__main__":
    main()
