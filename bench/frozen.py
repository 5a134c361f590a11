"""How much faster a step gets where layers are frozen: python -m bench.frozen

One network with and without, in turns, on one core, in processor time: so the ratio is of work that
isn't done, and neighbours on the machine move it little.
"""

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from app.engine import ParallelPlan
from app.recipe import PRESETS, resolve
from bench.row import HEADING, Row, milliseconds
from bench.steps import step_of

CASES = {"dead-leaves": (1, 2), "mnist-strokes": (1,), "keras-mnist": (1, 2)}
_BUDGET = 1.1  # times as fast
_SECONDS = 4.0
_TURN_SECONDS = 0.1


def measure() -> Iterator[Row]:
    """Measures a step of each preset with its first conv layers frozen, beside the same without."""
    for preset, counts in CASES.items():
        typical = _in_turns([_step_of(preset, frozen) for frozen in (0, *counts)])
        for frozen, seconds in zip(counts, typical[1:], strict=True):
            faster = typical[0] / seconds
            layers = " and ".join(f"conv{number + 1}" for number in range(frozen))
            yield Row(
                f"a step of {preset} with {layers} frozen",
                f"≥ {_BUDGET} times as fast",
                f"{faster:.2f} times: {milliseconds(seconds)} for {milliseconds(typical[0])}",
                faster >= _BUDGET,
            )


def _step_of(preset: str, frozen: int) -> Callable[[], None]:
    layers: list[dict[str, Any]] = [dict(layer) for layer in PRESETS[preset].recipe["layers"]]
    convolutions = [layer for layer in layers if layer["type"] == "conv2d"]
    for layer in convolutions[:frozen]:
        layer["trainable"] = False
    recipe = resolve({"preset": preset, "layers": layers})
    return step_of(recipe, ParallelPlan(replicas=1))


def _in_turns(steps: list[Callable[[], None]]) -> list[float]:
    """Returns the median seconds of each step; short turns, so that all meet the same machine."""
    times: list[list[float]] = [[] for _ in steps]
    ends = time.perf_counter() + _SECONDS
    while time.perf_counter() < ends or len(times[0]) < 3:
        for step, taken in zip(steps, times, strict=True):
            step()  # what the others left in the cache isn't counted
            began = last = time.process_time()
            while last - began < _TURN_SECONDS:
                step()
                now = time.process_time()
                taken.append(now - last)
                last = now
    return [median(taken) for taken in times]


if __name__ == "__main__":
    print(HEADING)
    for row in measure():
        print(row, flush=True)
