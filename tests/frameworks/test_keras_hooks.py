"""On whatever backend Keras trains, what is told of a network is what the network was.

A backend is chosen when Keras is imported, so each trains in a process of its own.
"""

import functools
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from app.vocabulary.snapshot_steps import is_snapshot_step
from tests.frameworks.film import Arrays, Film

ROOT = Path(__file__).resolve().parent.parent.parent
BACKENDS = [
    backend for backend in ("tensorflow", "jax", "torch") if importlib.util.find_spec(backend)
]
WAYS = [
    *("chain", "built chain", "subclassed", "functional", "several steps an execution"),
    *("a chain, several steps", "eagerly", "fit twice", "accumulated", "bfloat16", "mixed"),
    *("signal", "signal, depthwise", "volume", "weights put in", "unknown length"),
]
EACH = [
    pytest.param(backend, way, id=f"{backend}-{way}")
    for backend in BACKENDS
    for way in WAYS
    if backend != "torch" or "several" not in way  # which Keras refuses there
]


class Trained(NamedTuple):
    """A training, as it was told and as its script copied it."""

    film: Film
    copies: dict[int, Arrays]
    losses: dict[str, list[float]]

    @property
    def last(self) -> int:
        """How many updates there were."""
        return max(self.copies)


@functools.cache
def folder_of(backend: str) -> Path:
    """Trains in every way on a backend, once."""
    folder = Path(tempfile.mkdtemp(prefix=f"keras-{backend}-"))
    environment = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "tests.frameworks.keras_trainings", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return folder


@functools.cache
def trained(backend: str, way: str) -> Trained:
    folder = folder_of(backend)
    copies: dict[int, Arrays] = {}
    with np.load(folder / f"{way}.npz") as arrays:
        for key in arrays:
            step, _, name = key.partition(" ")
            copies.setdefault(int(step), {})[name] = arrays[key]
    losses = json.loads((folder / "told.json").read_text())[way]
    return Trained(Film(folder / f"{way}.fscope"), copies, losses)


@pytest.mark.parametrize(("backend", "way"), EACH)
def test_each_way_of_training_is_told_to_the_bit(backend: str, way: str) -> None:
    film, copies, _ = trained(backend, way)
    last = max(copies)
    counted = {step for step in copies if is_snapshot_step(step, last)}
    counted |= {15} if way == "fit twice" else set()  # where the first `fit` ended
    if "several" not in way:
        assert list(film.snapshots) == sorted(counted)
    assert {0, last} <= set(film.snapshots)
    assert film.end == {"kind": "end", "step": last, "outcome": "finished", "message": None}
    for step, snapshot in film.snapshots.items():
        # A transposed stem isn't the streamed layer where an ordinary convolution follows.
        streamed = "apart/depthwise/kernel" if way == "functional" else "stem/kernel"
        assert {streamed} <= set(snapshot) <= set(copies[step])
        for name, array in snapshot.items():
            assert array.shape == copies[step][name].shape, name
            assert array.tobytes() == copies[step][name].tobytes(), (step, name)
        if step in (0, last) or film.registration["network"]:
            assert {name for name in copies[step] if name.endswith("/kernel")} <= set(snapshot)


@pytest.mark.parametrize(("backend", "way"), EACH)
def test_losses_are_the_same_to_the_bit_with_and_without_watch(backend: str, way: str) -> None:
    losses = trained(backend, way).losses
    assert losses["watched"] == losses["unwatched"]
    assert len(losses["watched"]) >= 3


@pytest.mark.parametrize("backend", BACKENDS)
def test_several_steps_an_execution_are_counted_as_so_many(backend: str) -> None:
    if backend == "torch":
        pytest.skip("Keras has no steps_per_execution there")
    film, copies, _ = trained(backend, "several steps an execution")
    assert sorted(copies) == [0, 4, 5, 9, 10, 14, 15]
    assert list(film.snapshots) == [0, 4, 9, 10, 14, 15]  # after 4, 6 is the next that is due


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_registration_says_what_keras_knows(backend: str) -> None:
    film = trained(backend, "chain").film
    told = film.registration
    assert (told["total_steps"], told["loss_kind"]) == (15, "epoch_mean")
    assert told["framework"].startswith("Keras 3")
    assert told["input_shape"] == [12, 12, 4]
    body = film.layer("body")
    assert (body["kind"], body["groups"], body["padding"]) == ("depthwise_conv2d", 8, "same")
    assert trained(backend, "unknown length").film.registration["total_steps"] is None
    assert trained(backend, "accumulated").film.registration["total_steps"] == 7
    apart = trained(backend, "functional").film
    assert [layer["title"] for layer in apart.registration["layers"]] == [
        *("stem", "apart/depthwise", "apart/pointwise", "body", "head")
    ]
    assert apart.layer("stem")["kind"] == "conv2d_transpose"
    assert trained(backend, "subclassed").film.layer("stem")["groups"] == 2


@pytest.mark.parametrize("backend", BACKENDS)
def test_losses_and_evaluations_are_told(backend: str) -> None:
    film = trained(backend, "chain").film
    items = film.of_kind("steps")
    assert [step for item in items for step in item["step"]] == list(range(1, 16))
    told = [loss for item in items for loss in item["values"]["loss"]]
    assert np.allclose(told, trained(backend, "chain").losses["watched"], rtol=0, atol=0)
    evaluated = film.of_kind("evaluated")
    assert [item["step"] for item in evaluated] == [5, 10, 15]
    assert all(item["loss"] > 0 and 0 <= item["accuracy"] <= 1 for item in evaluated)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_chain_answers_in_our_engine_as_in_keras(backend: str) -> None:
    film = trained(backend, "chain").film
    kinds = [layer["type"] for layer in film.registration["network"]["layers"]]
    assert kinds == [layer["kind"] for layer in film.registration["layers"]]
    pictures = np.random.default_rng(0).normal(size=(40, 12, 12, 4)).astype("f4")
    logits = film.engine_logits(15, pictures)
    odds = np.exp(logits - logits.max(1, keepdims=True))
    answers = np.load(folder_of(backend) / "chain answers.npy")
    assert np.abs(odds / odds.sum(1, keepdims=True) - answers).max() < 1e-5


def test_everything_that_is_trained_is_asked_about() -> None:
    for backend in BACKENDS:
        told: dict[str, Any] = json.loads((folder_of(backend) / "told.json").read_text())
        assert set(told) <= set(WAYS)
