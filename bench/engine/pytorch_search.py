"""Which of PyTorch's variants is fastest here: all of them in turns, then the best again."""

import json
import statistics
import time
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import TypeVar

from bench.engine.nets import Net
from bench.engine.pytorch import Training
from bench.engine.variants import CHUNKS, Variant, all_variants

_FIRST_SECONDS, _FINAL_SECONDS = 6.0, 3.0
_FINALISTS = 4
_TURN_SECONDS = 0.03
_NAMED = 2_000

Key = TypeVar("Key", bound=Hashable)


def search(net: Net) -> None:
    """Prints {"variants": names, the fastest first, "chunk": images}."""
    has_pool = any(kind == "pool" for kind, *_ in net.layers)
    trainings = {
        variant: Training(net, variant, CHUNKS[0])
        for variant in all_variants(net.optimizer, has_pool)
    }
    steps = {variant: training.step for variant, training in trainings.items()}
    finalists = _fastest(steps, _FIRST_SECONDS)[:_FINALISTS]
    best = _fastest({variant: steps[variant] for variant in finalists}, _FINAL_SECONDS)
    print(json.dumps({"variants": list(map(str, best)), "chunk": _chunk(net, best[0])}))


def _chunk(net: Net, variant: Variant) -> int:
    names: dict[int, Callable[[], None]] = {}
    for chunk in CHUNKS:
        training = Training(net, variant, chunk)
        names[chunk] = partial(training.name, training.noise(min(_NAMED, net.named_at_once)))
    return _fastest(names, _FINAL_SECONDS)[0]


def _fastest(actions: Mapping[Key, Callable[[], None]], seconds: float) -> list[Key]:
    """Orders by the median of what each took in its turns."""
    taken: dict[Key, list[float]] = {key: [] for key in actions}
    end, rounds = time.perf_counter() + seconds, 0
    while rounds < 2 or time.perf_counter() < end:
        for key, action in actions.items():
            taken[key].append(_turn(action))
        rounds += 1
    return sorted(taken, key=lambda key: statistics.median(taken[key][1:]))


def _turn(action: Callable[[], None]) -> float:
    """Seconds of one call, after one that warms up."""
    action()
    times: list[float] = []
    end = time.perf_counter() + _TURN_SECONDS
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)
