"""Each alert on a run or on weights that deserve it, and none on those that don't."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.events import Alert, EncodedEvent
from app.telling.alerts import AlertWatch, KnownTraining
from app.telling.filter_history import FilterHistory
from tests.training.test_loop import bodies, kinds, training

Kernels = NDArray[np.float32]
Frames = Callable[..., list[list[Alert]]]


def drawn(seed: int, filters: int = 8) -> Kernels:
    return np.random.default_rng(seed).uniform(-1, 1, (5, 5, 1, filters)).astype(np.float32)


@pytest.fixture
def watched(cache_folder: Path) -> Frames:
    """Alerts at each of some made-up snapshots, given as step and kernels."""

    def watch(
        *frames: tuple[int, Kernels], loss: float = 2.0, held: frozenset[int] = frozenset()
    ) -> list[list[Alert]]:
        first = frames[0][1]
        history, alerts = (
            FilterHistory(first, cache_folder),
            AlertWatch({"conv1/kernel": first}, KnownTraining("sgd", held=held)),
        )
        raised = []
        for step, kernels in frames:
            [verdicts] = history.verdicts([step], [kernels])
            snapshot = {"step": step, "layer": "conv1", **verdicts}
            weights = {"conv1/kernel": kernels}
            raised.append(alerts.raised(snapshot, weights, loss if step else None, 0.01))
        return raised

    return watch


def codes(alerts: list[Alert]) -> list[str]:
    return [alert.code for alert in alerts]


def trained(cache_folder: Path, preset: str, steps: int, **overrides: Any) -> list[EncodedEvent]:
    """What the first updates of a run tell."""
    run = training(cache_folder, preset, **overrides)
    told = run.begin()
    while run.step < steps and not run.is_over:
        told += run.advance()
    return told


@pytest.mark.parametrize("preset", ["dead-leaves", "mnist-strokes"])
@pytest.mark.slow
def test_a_healthy_run_raises_none(cache_folder: Path, preset: str) -> None:
    assert bodies(trained(cache_folder, preset, 250), "alert") == []


def test_a_rate_that_moves_nothing_is_told_once_after_100_updates(cache_folder: Path) -> None:
    slow = {"learning_rate": 1e-6}
    told = trained(cache_folder, "mnist-strokes", 220, optimizer=slow, batch_size=4)
    (alert,) = bodies(told, "alert")
    assert (alert["step"], alert["code"]) == (100, "learning_rate_too_small")
    assert "Steps of 1e-06 hardly move anything. Try 0.01, as is usual for sgd." in alert["message"]
    assert "filters" not in alert


def test_keras_adadelta_with_its_default_rate_is_told_the_rate_of_its_authors(
    cache_folder: Path,
) -> None:
    adadelta = {"type": "adadelta", "learning_rate": 0.001}
    layers = [
        {"type": "conv2d", "filters": 8, "kernel_size": 3, "strides": 2, "activation": "relu"},
        {"type": "flatten"},
        {"type": "dense", "units": 10},
    ]
    recipe = {"optimizer": adadelta, "batch_size": 8, "layers": layers}
    (alert,) = bodies(trained(cache_folder, "keras-mnist", 110, **recipe), "alert")
    assert alert["code"] == "learning_rate_too_small"
    assert "Try 1, as is usual for adadelta." in alert["message"]


def test_a_rate_above_the_usual_one_is_told_to_grow_tenfold(watched: Frames) -> None:
    *_, (alert,) = watched((0, drawn(0)), (1, drawn(0)), (100, drawn(0)))
    assert alert.message.endswith("Try 0.1, ten times as much.")


def test_a_rate_that_is_far_too_large_explodes_before_it_diverges(cache_folder: Path) -> None:
    told = list(training(cache_folder, "dead-leaves", optimizer={"learning_rate": 30.0}).run())
    (alert,) = bodies(told, "alert")
    last = json.loads(told[-1].body)
    assert (alert["code"], last["code"]) == ("exploding", "diverged")
    assert alert["step"] <= last["step"]
    assert "Steps of 30 are too large" in alert["message"]


def test_an_error_that_grows_tenfold_is_told_even_where_weights_do_not(cache_folder: Path) -> None:
    kernels = drawn(0)
    history, alerts = (
        FilterHistory(kernels, cache_folder),
        AlertWatch({"conv1/kernel": kernels}, "sgd"),
    )
    raised = []
    for step, loss in enumerate([2.0, 19.0, 21.0, 22.0], start=1):
        [verdicts] = history.verdicts([step], [kernels])
        snapshot = {"step": step, "layer": "conv1", **verdicts}
        raised.append(alerts.raised(snapshot, {"conv1/kernel": kernels}, loss, 0.5))
    assert [codes(told) for told in raised] == [[], [], ["exploding"], []]
    assert "the error has grown 10-fold" in raised[2][0].message


def test_filters_that_begin_at_zero_are_dead_after_the_first_update(cache_folder: Path) -> None:
    layers = [
        {
            "type": "conv2d", "filters": 4, "kernel_size": 5, "strides": 4, "activation": "relu",
            "kernel_initializer": "zeros",
        },
        {"type": "flatten"},
        {"type": "dense", "units": 10},
    ]  # fmt: skip
    told = trained(cache_folder, "mnist-strokes", 205, layers=layers, batch_size=4)
    (alert,) = bodies(told, "alert")
    assert (alert["step"], alert["code"], alert["layer"]) == (1, "dead", "conv1")
    assert alert["filters"] == [0, 1, 2, 3]
    assert "kernel_initializer glorot_uniform" in alert["message"]


def test_zeros_that_do_learn_are_not_called_dead(cache_folder: Path) -> None:
    layers = [
        {"type": "conv2d", "filters": 4, "kernel_size": 5, "kernel_initializer": "zeros"},
        {"type": "global_average_pool2d"},
        {"type": "dense", "units": 10},
    ]
    told = trained(cache_folder, "mnist-strokes", 3, layers=layers, batch_size=4)
    assert bodies(told, "alert") == []


@pytest.mark.parametrize(
    ("optimizer", "rate", "advice"),
    [
        ("adam", 0.05, "The learning rate of 0.05 is too high for Adam; try 0.001."),
        ("adam", 0.001, "Try a smaller weight_decay or learning rate."),
    ],
)
@pytest.mark.parametrize("left", [0.0, 1e-30, 1e-3])
def test_filters_that_died_together_are_dead_and_neither_noise_nor_the_same(
    cache_folder: Path, optimizer: str, rate: float, advice: str, left: float
) -> None:
    first = drawn(0)
    history = FilterHistory(first, cache_folder)
    watch = AlertWatch({"conv1/kernel": first}, optimizer)
    alerts: list[Alert] = []
    for step, kernels in [(0, first), (200, np.repeat(drawn(1, 4), 2, axis=3) * np.float32(left))]:
        [verdicts] = history.verdicts([step], [kernels])
        told = {"step": step, "layer": "conv1", **verdicts}
        loss = 2.3 if step else None
        alerts += watch.raised(told, {"conv1/kernel": kernels}, loss, rate)
    assert set(verdicts["label"]) == {"dead"}
    assert codes(alerts) == ["dead"]
    assert alerts[0].message.startswith("Dead in conv1: all 8 filters. ")
    assert alerts[0].message.endswith(advice)


def test_a_later_layer_that_became_zero_is_told_with_the_rate_to_try(cache_folder: Path) -> None:
    first = {"conv1/kernel": drawn(0), "conv2/kernel": drawn(1)}
    now = first | {"conv2/kernel": drawn(1) * np.float32(0)}
    history, watch = (
        FilterHistory(first["conv1/kernel"], cache_folder),
        AlertWatch(first, "adam"),
    )
    [verdicts] = history.verdicts([20], [now["conv1/kernel"]])
    (alert,) = watch.raised({"step": 20, "layer": "conv1", **verdicts}, now, 2.3, 0.05)
    assert (alert.code, alert.layer) == ("dead", "conv2")
    assert alert.message.endswith("The learning rate of 0.05 is too high for Adam; try 0.001.")


def test_the_death_of_all_is_told_also_where_that_of_most_was(watched: Frames) -> None:
    most = drawn(1)
    most[..., :5] *= 1e-3
    raised = watched((0, drawn(0)), (200, most), (300, most * np.float32(1e-3)), (400, most * 0))
    assert [codes(told) for told in raised] == [[], ["dead"], ["dead"], []]
    assert "filters 1, 2, 3, 4 and 5" in raised[1][0].message
    assert "all 8 filters" in raised[2][0].message


def test_filters_that_are_held_at_0_give_no_reason_to_warn_but_others_that_die_do(
    watched: Frames,
) -> None:
    first = drawn(0)
    without, fewer = drawn(1), drawn(1)
    without[..., [2, 5]] = 0
    fewer[..., [2, 5, 6]] = 0
    raised = watched((0, first), (100, without), (200, fewer), held=frozenset({2, 5}))
    assert [codes(told) for told in raised] == [[], [], ["dead"]]
    assert raised[2][0].filters == [6]


def test_a_filter_that_fades_beside_the_others_is_dead_once_things_have_settled(
    watched: Frames,
) -> None:
    faded = drawn(1)
    faded[..., 5] *= 0.01
    raised = watched((0, drawn(0)), (1, drawn(0)), (100, faded), (200, faded), (300, faded))
    assert [codes(told) for told in raised] == [[], [], [], ["dead"], []]
    assert raised[3][0].filters == [5]
    assert raised[3][0].message.startswith("Dead in conv1: filter 6. ")


def test_filters_that_have_become_the_same_are_named(watched: Frames) -> None:
    same = drawn(1)
    same[..., 6] = -3 * same[..., 1]
    *_, raised = watched((0, drawn(0)), (200, same))
    assert codes(raised) == ["duplicate"]
    assert raised[0].filters == [1, 6]
    assert raised[0].message.startswith("Nearly the same in conv1: filters 2 and 7. ")


@pytest.mark.parametrize(("noise", "expected"), [(0.1, []), (0.0, ["duplicate"])])
def test_of_more_filters_than_one_has_weights_only_the_very_same_are_told_of(
    watched: Frames, noise: float, expected: list[str]
) -> None:
    shape = (3, 3, 1, 32)
    first, same = (np.random.default_rng(seed).normal(size=shape) for seed in (0, 1))
    same[..., 6] = -3 * same[..., 1] + noise * first[..., 6]
    *_, raised = watched((0, first.astype(np.float32)), (200, same.astype(np.float32)))
    assert codes(raised) == expected


def test_filters_that_only_shrank_are_still_at_initialisation(watched: Frames) -> None:
    shrunk = drawn(1)
    shrunk[..., [2, 3]] = 0.5 * drawn(0)[..., [2, 3]]
    *_, raised = watched((0, drawn(0)), (200, shrunk))
    assert codes(raised) == ["still_at_initialisation"]
    assert raised[0].filters == [2, 3]


def test_a_filter_that_turned_into_its_opposite_has_moved(watched: Frames) -> None:
    assert watched((0, drawn(0)), (200, -drawn(0)))[-1] == []


def test_single_weights_have_no_pattern_to_keep(watched: Frames) -> None:
    first = np.array([[[[1.0]]]], np.float32)
    assert watched((0, first), (200, 2 * first))[-1] == []


def test_more_filters_are_told_of_only_once_they_are_twice_as_many(watched: Frames) -> None:
    frames = [(0, drawn(0, 20))]
    for step, count in enumerate([1, 1, 2, 3, 4, 5, 2, 8], start=200):
        faded = drawn(1, 20)
        faded[..., :count] *= 0.01
        frames.append((step, faded))
    raised = watched(*frames)[1:]
    told = [len(alert.filters or []) for alerts in raised for alert in alerts]
    assert told == [1, 2, 4, 8]


def test_many_filters_are_counted_rather_than_listed(watched: Frames) -> None:
    faded = drawn(1, 20)
    faded[..., :9] *= 0.01
    *_, (alert,) = watched((0, drawn(0, 20)), (200, faded))
    assert alert.message.startswith("Dead in conv1: 9 of 20 filters. ")


def test_an_alert_comes_right_after_the_snapshot_that_shows_it(cache_folder: Path) -> None:
    run = training(cache_folder, optimizer={"learning_rate": 30.0})
    told = [*run.begin(), *run.advance(), *run.advance()]
    order = kinds(told)
    assert order[order.index("alert") - 1] == "snapshot"


def test_the_same_recipe_raises_the_same_alerts(cache_folder: Path) -> None:
    first, again = (
        list(training(cache_folder, optimizer={"learning_rate": 30.0}).run()) for _ in range(2)
    )
    assert [event for event in first if event.kind == "alert"] == [
        event for event in again if event.kind == "alert"
    ]
