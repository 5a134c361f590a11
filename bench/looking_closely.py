"""How long one waits for what a network sees, and for all there is to say of one filter."""

import pickle
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from app.inspection.subject import Subject
from app.web import numeric
from bench.row import Row, milliseconds
from bench.serving import Serving, serving

_RECIPES: dict[str, tuple[int, dict[str, Any]]] = {
    "mnist-two-layers": (64, {"preset": "mnist-two-layers", "steps": 60}),
    "keras-mnist": (32, {"preset": "keras-mnist", "steps": 10}),
}
_LARGE = {
    "name": "A large network",
    "dataset": "mnist",
    "layers": [
        {"type": "conv2d", "filters": 32, "kernel_size": 5, "strides": 2, "activation": "relu"},
        {"type": "conv2d", "filters": 256, "kernel_size": 5, "strides": 2, "activation": "relu"},
        {"type": "conv2d", "filters": 512, "kernel_size": 4, "activation": "relu"},
        {"type": "flatten"},
        {"type": "dense", "units": 10},
    ],
    "optimizer": {"type": "sgd", "learning_rate": 0.01},
    "batch_size": 8,
    "steps": 2,
}
_CLICKS = 12
_SENT_BYTES = 10_000
_FILTER_SECONDS = 0.5
_IMAGE_SECONDS = 0.05
_NETWORK_SECONDS = 0.04
_REQUESTS = 40


def measure() -> Iterator[Row]:
    """Measures images through two networks, then their second layers on the test images."""
    with serving() as server:
        for preset, (units, recipe) in _RECIPES.items():
            run_id = server.train(recipe)
            server.wait(run_id, lambda run: run["status"] == "finished")
            at = f"/api/runs/{run_id}/snapshots/latest"
            yield from _images(server, at, preset)
            yield from _networks(server, at, preset)
            yield from _filters(server, at, preset, units)
        yield from _clicks(server)


def _clicks(server: Serving) -> Iterator[Row]:
    """Asks the three things that a click on a filter asks, of a network of 2.3 million weights."""
    run_id = server.train(_LARGE)
    server.wait(run_id, lambda run: run["status"] == "finished")
    seconds = [_click(server, f"/api/runs/{run_id}/snapshots/2", n) for n in range(_CLICKS)]
    shown = f"{milliseconds(median(seconds[1:]))} (the first: {milliseconds(seconds[0])})"
    yield Row("a click on a filter of a network of 2.3 million weights", "", shown)
    subject = Subject(Path("/some/folder/filterscope.sqlite3"), Path("/some/folder"), run_id, 2)
    asked = [
        (numeric.unit, subject, "conv1", 0),
        (numeric.pull, subject, "conv1", 0),
        (numeric.activations, subject, ("conv1", "conv2"), {"index": 7}),
    ]
    sent = sum(len(pickle.dumps(question)) for question in asked)
    what = "sent to the process aside for it"
    yield Row(what, "≤ 10 kB", f"{sent / 1000:.1f} kB", sent <= _SENT_BYTES)


def _click(server: Serving, at: str, number: int) -> float:
    asked = [
        (server, "GET", f"{at}/filters/conv1/{number}"),
        (server, "GET", f"{at}/filters/conv1/{number}/gradient"),
        (server, "POST", f"{at}/activations", {"index": 7}),
    ]
    began = time.perf_counter()
    with ThreadPoolExecutor(len(asked)) as together:
        list(together.map(lambda one: _timed(*one), asked))
    return time.perf_counter() - began


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


def _networks(server: Serving, at: str, preset: str) -> Iterator[Row]:
    """Asks what a page asks up to 2.5 times a second: so long is a tenth of one core's time."""
    typical = median(_timed(server, "GET", f"{at}/network?index={n}")[0] for n in range(_REQUESTS))
    what = f"{preset}: all layers' maps and links"
    yield Row(what, "≤ 40 ms", milliseconds(typical), typical <= _NETWORK_SECONDS)


def _timed(server: Serving, method: str, path: str, body: object = None) -> tuple[float, Any]:
    began = time.perf_counter()
    told = server.ask(method, path, body)
    return time.perf_counter() - began, told
