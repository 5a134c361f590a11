"""What training comes to that holds filters at 0, and that goes on from weights alone."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine import Network
from app.events import EncodedEvent, StoredArray
from app.external.described import Continues
from app.past import Handover, as_recorded, packed_weights
from app.recipe import Recipe, resolve
from app.training.build import order_generator
from app.training.checkpoint import Unreadable
from app.training.data import load_dataset
from app.training.loop import Training
from app.training.order import BatchOrder
from app.training.retelling import Retelling
from app.training.steering import Steering
from tests.training.short_data import shortened

HELD = [2, 7]
NORMALISED = [
    {"type": "conv2d", "filters": 8, "kernel_size": 9, "strides": 2, "activation": "relu"},
    {"type": "max_pool2d", "pool_size": 2},
    {"type": "batch_normalization"},
    {"type": "flatten"},
    {"type": "dense", "units": 10},
]
OPTIMIZERS = [
    {"type": "sgd", "learning_rate": 0.01, "momentum": 0.9},
    {"type": "adamw", "learning_rate": 0.005},
]


def recipe(steps: int, **overrides: Any) -> Recipe:
    return resolve({"preset": "dead-leaves", "steps": steps, "batch_size": 8, **overrides})


def training(of: Recipe, cache_folder: Path, beginning: Handover | None = None) -> Training:
    return Training(
        of, shortened(load_dataset(of, cache_folder)), cache_folder, beginning=beginning
    )


def snapshot(told: list[EncodedEvent], step: int) -> dict[str, StoredArray]:
    [found] = [one for one in told if one.kind == "snapshot" and one.step == step]
    return {array.name: array for array in found.arrays}


def weights_at(told: list[EncodedEvent], step: int, rate: float | None = None) -> Handover:
    continues = Continues(run="before", step=step, weights_only=True)
    return Handover(continues, packed_weights(step, rate, snapshot(told, step).values()))


def network_of(run: Training) -> Network:
    network = run._learning.objective.network
    assert isinstance(network, Network)
    return network


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=["sgd", "adamw"])
@pytest.mark.parametrize("layers", [None, NORMALISED], ids=["plain", "normalised"])
def test_filters_that_are_held_stay_at_0_and_out_of_all_answers_while_others_learn(
    cache_folder: Path, optimizer: dict[str, Any], layers: list[Any] | None
) -> None:
    given = {"layers": layers} if layers else {}
    held = recipe(8, without={"conv1": HELD}, optimizer=optimizer, **given)
    run = training(held, cache_folder)
    told = list(run.run())
    first, last = (snapshot(told, step) for step in (0, 8))
    names = ["conv1/kernel", "conv1/bias"]
    names += ["batch_normalization1/gamma", "batch_normalization1/beta"] if layers else []
    for name in names:
        for kept in (first, last):
            numbers = np.frombuffer(kept[name].data, "<f4").reshape(kept[name].shape)
            assert not numbers[..., HELD].any()
            assert np.isfinite(numbers).all()
        assert first[name].data != last[name].data
    network = network_of(run)
    images, _ = shortened(load_dataset(held, cache_folder)).test(0, 16)
    before = network.predict(images)
    follower = "batch_normalization1/moving_mean" if layers else "conv1/kernel"
    assert np.isfinite(before).all()
    weights = network.weights()
    weights[follower] = weights[follower].copy()
    weights[follower][..., HELD] += 1000 if layers else 0
    network.load_weights(weights)
    np.testing.assert_array_equal(network.predict(images), before)


def test_filters_are_out_of_all_answers_behind_a_normalisation_that_does_not_scale(
    cache_folder: Path,
) -> None:
    layers = [
        {**layer, "scale": False} if layer["type"] == "batch_normalization" else layer
        for layer in NORMALISED
    ]
    old = list(training(recipe(4, layers=layers), cache_folder).run())
    held = recipe(5, layers=layers, without={"conv1": HELD})
    run = training(held, cache_folder, weights_at(old, 4))
    list(run.run())
    network = network_of(run)
    images, _ = shortened(load_dataset(held, cache_folder)).test(0, 16)
    before, weights = network.predict(images), network.weights()
    read = weights["dense1/kernel"].copy()
    read.reshape(-1, 8, 10)[:, HELD] += 1000
    network.load_weights({**weights, "dense1/kernel": read})
    np.testing.assert_array_equal(network.predict(images), before)


def test_a_run_goes_on_with_the_weights_of_a_step_and_with_the_pictures_that_came_next(
    cache_folder: Path,
) -> None:
    plain = {"optimizer": {"type": "sgd", "learning_rate": 0.01, "momentum": 0.0}}
    old = list(training(recipe(40, **plain), cache_folder).run())
    again = training(recipe(40, **plain), cache_folder, weights_at(old, 20))
    told = list(again.run())
    assert json.loads(told[0].body)["continues"] == {
        "run": "before",
        "step": 20,
        "weights_only": True,
    }
    assert [event.kind for event in told[:3]] == ["run_started", "snapshot", "evaluated"]
    assert {event.step for event in told[:3]} == {20}
    # Descent without momentum remembers nothing, so it is the same training.
    assert snapshot(told, 40) == snapshot(old, 40)
    assert snapshot(told, 20) == snapshot(old, 20)


def test_a_changed_rate_goes_along(cache_folder: Path) -> None:
    constant = {"optimizer": {"type": "sgd", "learning_rate": 0.01, "schedule": "constant"}}
    old = list(training(recipe(10, **constant), cache_folder).run())
    told = training(recipe(12, **constant), cache_folder, weights_at(old, 10, 0.003)).run()
    rates = [rate for one in told if one.kind == "steps" for rate in _rates(one)]
    assert rates == [pytest.approx(0.003)] * 2


def _rates(event: EncodedEvent) -> list[float]:
    rates: list[float] = json.loads(event.body)["learning_rate"]
    return rates


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=["sgd", "adamw"])
def test_going_on_without_filters_is_reproduced_and_resumed_to_the_byte(
    cache_folder: Path, optimizer: dict[str, Any]
) -> None:
    old = list(training(recipe(20, optimizer=optimizer), cache_folder).run())
    without = recipe(40, optimizer=optimizer, without={"conv1": HELD})
    beginning = weights_at(old, 10)
    told = list(training(without, cache_folder, beginning).run())
    first = snapshot(told, 10)["conv1/kernel"]
    numbers = np.frombuffer(first.data, "<f4").reshape(first.shape)
    assert [filter_ for filter_ in range(16) if not numbers[..., filter_].any()] == HELD
    kept = [as_recorded(event, seq) for seq, event in enumerate(told, start=1)]
    again = Retelling(Steering(training(without, cache_folder, beginning)), kept)
    again.begin()
    while not again.is_done:
        again.go_on()
    halfway = training(without, cache_folder, beginning)
    halfway.begin()
    while halfway.step < 27:
        halfway.advance()
    resumed = training(without, cache_folder, beginning)
    resumed.load_state(halfway.state())
    ends = []
    while not resumed.is_over:
        ends += resumed.advance()
    assert snapshot(ends, 40) == snapshot(told, 40)


def test_an_optimizer_that_begins_anew_takes_steps_as_it_does_at_a_start(
    cache_folder: Path,
) -> None:
    adam = {"optimizer": {"type": "adam", "learning_rate": 0.001, "schedule": "constant"}}
    old = list(training(recipe(20, **adam), cache_folder).run())
    run = training(recipe(40, **adam), cache_folder, weights_at(old, 20))
    run.begin()
    before = network_of(run).weights()["conv1/kernel"]
    run.advance()
    moved = np.abs(network_of(run).weights()["conv1/kernel"] - before)
    # Adam's first step is the rate itself, wherever there is a gradient worth the name.
    assert np.median(moved) == pytest.approx(0.001, rel=0.01)


def test_weights_of_another_network_are_none_to_go_on_from(cache_folder: Path) -> None:
    old = list(training(recipe(3), cache_folder).run())
    other = resolve({"preset": "mnist-strokes", "steps": 6, "batch_size": 8})
    with pytest.raises(Unreadable, match="don't fit"):
        training(other, cache_folder, weights_at(old, 3)).begin()


@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 14, 23])
def test_skipped_batches_are_those_that_would_have_come(count: int) -> None:
    orders = [BatchOrder(order_generator(recipe(3)), 44, 6) for _ in range(2)]
    for _ in range(count):
        next(orders[0])
    orders[1].skip(count)
    assert orders[0].state() == orders[1].state()
    for _ in range(9):
        np.testing.assert_array_equal(next(orders[0]), next(orders[1]))
