"""A server with a long run, one that is watched and one that is fast: python -m bench.attacked

Ten times a second the watched run tells when it was told, as its loss, by time.time(). The fast one
tells 2,000 losses and 40 snapshots a second from the line "fast" on standard input to the line
"calm".
"""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from app import lifespan
from app import main as composition
from app.cli.server import Server, listen
from app.events import EncodedEvent, Evaluated, RunFinished, Steps, encode, run_started
from app.recipe import described, resolve
from app.settings import Settings
from app.store import NewRun, Store
from bench.attacks import FAST_RUN, LONG_RUN
from bench.broadcasting import snapshots_of

WATCHED_RUN = "watched"
_LONG_STEPS = 300_000
_PER_EVENT = 50
_PAUSE_SECONDS = 0.1
_FAST_PAUSE_SECONDS = 0.025
_FILTERS = 16


def main() -> None:
    """Serves until it is ended."""
    settings = Settings.from_environment()
    listener = listen(settings.host, settings.port)
    app = composition.create_app(settings)

    def ready(_url: str) -> None:
        store: Store = app.state.services.store
        for run_id in (LONG_RUN, WATCHED_RUN, FAST_RUN):
            _begin(store, run_id)
        _fill(store)
        threading.Thread(target=_tell_time, args=(store,), daemon=True).start()
        threading.Thread(target=_obey, args=(store, settings.cache_folder), daemon=True).start()

    with patch.object(lifespan, "is_snapshot_step", lambda _step, _total: True):
        Server(app, settings, listener, ready).run(sockets=[listener])


def _begin(store: Store, run_id: str) -> None:
    recipe = resolve({"preset": "mnist-strokes"})
    text = recipe.model_dump_json(exclude_none=True)
    store.create_run(NewRun(run_id, described(recipe), recipe=text, total_steps=10**6)).result()
    store.record(run_id, [encode(run_started(recipe), 0)], 0.0).result()


def _steps(first: int) -> EncodedEvent:
    numbers = range(first, first + _PER_EVENT)
    told = Steps(
        step=list(numbers),
        loss=[round(0.1 + 2 / (7 + number), 6) for number in numbers],
        accuracy=[round(1 - 1 / (2 + number), 6) for number in numbers],
        learning_rate=[0.01] * _PER_EVENT,
    )
    return encode(told, numbers[-1])


def _fill(store: Store) -> None:
    told = [_steps(first) for first in range(1, _LONG_STEPS + 1, _PER_EVENT)]
    tried = Evaluated(
        step=_LONG_STEPS, validation_loss=0.1, validation_accuracy=0.9, samples=10_000
    )
    end = RunFinished(step=_LONG_STEPS)
    last = [encode(tried, _LONG_STEPS), encode(end, _LONG_STEPS)]
    store.record(LONG_RUN, [*told, *last], 60.0).result()


def _tell_time(store: Store) -> None:
    step = 0
    while True:
        step += 1
        now = Steps(step=[step], loss=[time.time()], accuracy=[0.5], learning_rate=[0.01])
        store.record(WATCHED_RUN, [encode(now, step)], 0.0)
        time.sleep(_PAUSE_SECONDS)


def _obey(store: Store, cache_folder: Path) -> None:
    frames = snapshots_of(range(40), _FILTERS, cache_folder)
    is_fast = threading.Event()
    telling = threading.Thread(target=_tell_fast, args=(store, frames, is_fast), daemon=True)
    telling.start()
    for line in sys.stdin:
        is_fast.set() if line.strip() == "fast" else is_fast.clear()


def _tell_fast(store: Store, frames: list[EncodedEvent], is_fast: threading.Event) -> None:
    for number, frame in enumerate(_over_and_over(frames)):
        is_fast.wait()
        steps = _steps(1 + number * _PER_EVENT)
        store.record(FAST_RUN, [steps, frame._replace(step=steps.step)], 0.0)
        time.sleep(_FAST_PAUSE_SECONDS)


def _over_and_over(frames: list[EncodedEvent]) -> Iterator[EncodedEvent]:
    while True:
        yield from frames


if __name__ == "__main__":
    main()
