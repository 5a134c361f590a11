"""How long one waits for what a network sees, and for all there is to say of one filter."""

import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from bench.row import Row, milliseconds
from bench.serving import Serving, serving

_RECIPES: dict[str, tuple[int, dict[str, Any]]] = {
    "mnist-two-layers": (64, {"preset": "mnist-two-layers", "steps": 60}),
    "keras-mnist": (32, {"preset": "keras-mnist", "steps": 10}),
}
_FILTER_SECONDS = 0.5
_IMAGE_SECONDS = 0.05
_REQUESTS = 40


def measure() -> Iterator[Row]:
    """Images through two networks, then their second layers' filters over the test images."""
    with serving() as server:
        for preset, (units, recipe) in _RECIPES.items():
            run_id = server.train(recipe)
            server.wait(run_id, lambda run: run["status"] == "finished")
            at = f"/api/runs/{run_id}/snapshots/latest"
            yield from _images(server, at, preset)
            yield from _filters(server, at, preset, units)


def _filters(server: Serving, at: str, preset: str, units: int) -> Iterator[Row]:
    first, told = _timed(server, "GET", f"{at}/filters/conv2/0")
    others = [_timed(server, "GET", f"{at}/filters/conv2/{n}")[0] for n in range(1, units)]
    images = told["patches"]["images"]
    shown = f"{milliseconds(first)} (others, kept: {milliseconds(median(others))})"
    what = f"{preset}: a filter of conv2, sought in {images:,} images"
    yield Row(what, "≤ 500 ms", shown, first <= _FILTER_SECONDS)


def _images(server: Serving, at: str, preset: str) -> Iterator[Row]:
    ask = (server, "POST", f"{at}/activations")
    first = _timed(*ask, {"index": 0})[0]
    typical = median(_timed(*ask, {"index": n})[0] for n in range(1, _REQUESTS))
    shown = f"{milliseconds(typical)} (the first: {milliseconds(first)})"
    what = f"{preset}: activations of a test image"
    yield Row(what, "≤ 50 ms", shown, typical <= _IMAGE_SECONDS)


def _timed(server: Serving, method: str, path: str, body: object = None) -> tuple[float, Any]:
    began = time.perf_counter()
    told = server.ask(method, path, body)
    return time.perf_counter() - began, told
