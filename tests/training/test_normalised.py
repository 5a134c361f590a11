"""A run whose network normalises: kept, gone on with and looked at like any other."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.inspection.arrays import unpacked
from app.recipe import Recipe, resolve
from app.training.checkpoint import Unreadable, pack, unpack
from app.training.data import load_dataset
from app.training.loop import Training

LAYERS = [
    {"type": "conv2d", "filters": 4, "kernel_size": 5, "strides": 2},
    {"type": "batch_normalization", "momentum": 0.9},
    {"type": "max_pool2d"},
    {"type": "conv2d", "filters": 6, "kernel_size": 3},
    {"type": "batch_normalization", "scale": False},
    {"type": "global_average_pool2d"},
    {"type": "dense", "units": 10},
]
AVERAGES = [f"batch_normalization1/{name}" for name in ("moving_mean", "moving_variance")]


def recipe(**changes: Any) -> Recipe:
    small = {"preset": "dead-leaves", "layers": LAYERS, "batch_size": 8, "steps": 12}
    return resolve({**small, **changes})


@pytest.fixture
def training(cache_folder: Path) -> Training:
    return fresh(cache_folder)


def fresh(cache_folder: Path) -> Training:
    return Training(recipe(), load_dataset(recipe(), cache_folder), cache_folder)


def test_moving_averages_are_in_every_snapshot_and_move(training: Training) -> None:
    kept = [unpacked(e.arrays) for e in training.run() if e.kind == "snapshot"]
    first, last = kept[0], kept[-1]
    assert [first[name].tolist() for name in AVERAGES] == [[0.0] * 4, [1.0] * 4]
    assert all((first[name] != last[name]).all() for name in AVERAGES)
    assert "batch_normalization2/gamma" not in first


def test_a_checkpoint_holds_them_so_that_a_run_goes_on_to_the_byte(
    training: Training, cache_folder: Path
) -> None:
    training.begin()
    for _ in range(5):
        training.advance()
    checkpoint = pack(training.state())
    rest = [event for _ in range(7) for event in training.advance()]
    again = fresh(cache_folder)
    again.load_state(unpack(checkpoint))
    assert [event for _ in range(7) for event in again.advance()] == rest
    ours, theirs = training.state().arrays, again.state().arrays
    assert {name: array.tobytes() for name, array in ours.items()} == {
        name: array.tobytes() for name, array in theirs.items()
    }


def test_a_checkpoint_without_them_is_refused(training: Training, cache_folder: Path) -> None:
    training.begin()
    state = training.state()
    del state.arrays["state"]
    with pytest.raises(Unreadable, match="state"):
        fresh(cache_folder).load_state(state)


def test_they_count_in_no_number_of_parameters() -> None:
    counts = {plan.name: plan.parameters for plan in recipe().plan}
    assert counts["batch_normalization1"] == 8
    assert counts["batch_normalization2"] == 6


def test_what_is_evaluated_follows_from_them(training: Training) -> None:
    for _ in training.run():
        pass
    network = training._learning.objective.network
    images = np.ones((8, 32, 32, 3), np.float32)
    before = network.predict(images)
    network.state.flat[...] *= 2
    assert np.abs(network.predict(images) - before).max() > 1e-3
