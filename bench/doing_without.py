"""How long one waits for a confusion matrix, and for what all filters of a layer are worth."""

import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from bench.row import Row, milliseconds
from bench.serving import Serving, serving

_PRESETS = ("dead-leaves", "dead-leaves-large", "mnist-strokes", "mnist-two-layers")
_IMAGES = 2_000  # that the budget is for
_MATRIX_SECONDS = 0.15
_WORTH_SECONDS = 1.0
_STEPS = 60


def measure() -> Iterator[Row]:
    """Measures each step's first matrix, once the pictures were read, then ablation of conv1."""
    with serving() as server:
        for preset in _PRESETS:
            run_id = server.train({"preset": preset, "steps": _STEPS})
            server.wait(run_id, lambda run: run["status"] == "finished")
            at = f"/api/runs/{run_id}/snapshots"
            yield _matrices(server, at, preset)
            yield _worth(server, at, preset)


def _matrices(server: Serving, at: str, preset: str) -> Row:
    first, told = _timed(server, "GET", f"{at}/first/confusion")
    steps = server.ask("GET", at)["steps"][1:]
    each = median(_timed(server, "GET", f"{at}/{step}/confusion")[0] for step in steps)
    images = told["images"]
    shown = f"{milliseconds(each)} (the first: {milliseconds(first)})"
    budget, holds = "", None
    if images <= _IMAGES:
        budget, holds = "≤ 150 ms", each <= _MATRIX_SECONDS
    return Row(f"{preset}: confusion of {images:,} pictures", budget, shown, holds)


def _worth(server: Serving, at: str, preset: str) -> Row:
    path = f"{at}/latest/ablation"
    seconds, told = _timed(server, "POST", path, {"layer": "conv1"})
    noise, _ = _timed(server, "POST", path, {"layer": "conv1", "how": "noise"})
    filters, images = len(told["filters"]), told["images"]
    what = f"{preset}: {filters} filters off in turn, {images:,} pictures"
    shown = f"{milliseconds(seconds)} (back to noise: {milliseconds(noise)})"
    return Row(what, "≤ 1 s", shown, seconds <= _WORTH_SECONDS)


def _timed(server: Serving, method: str, path: str, body: object = None) -> tuple[float, Any]:
    began = time.perf_counter()
    told = server.ask(method, path, body)
    return time.perf_counter() - began, told
