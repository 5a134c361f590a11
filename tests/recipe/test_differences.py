"""What of a recipe isn't as in its preset."""

import json
from typing import Any

import pytest

from app.recipe import PRESETS, resolve
from app.recipe.differences import Difference, differences

_CONV = {"type": "conv2d", "filters": 16, "kernel_size": 7, "strides": 2, "activation": "relu"}
_STROKES = [
    {**_CONV, "weight_decay": 0.05},
    {"type": "max_pool2d", "pool_size": 2},
    {"type": "flatten"},
    {"type": "dense", "units": 10},
]


def _found(**request: Any) -> list[Difference]:
    kept = resolve(request).model_dump_json(exclude_none=True)
    found = differences(json.loads(kept), request["preset"])
    assert found is not None
    return found


def _words(**request: Any) -> list[str]:
    return [one.words for one in _found(**request)]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_run_as_its_preset_differs_in_nothing_whatever_it_is_called(preset: str) -> None:
    assert _found(preset=preset, name="Mine") == []


def test_a_difference_says_field_both_values_and_a_few_words() -> None:
    assert _found(preset="dead-leaves", optimizer={"learning_rate": 0.02}) == [
        Difference("optimizer.learning_rate", 0.02, 0.05, "lr 0.02")
    ]


def test_they_come_in_the_order_of_a_recipe_whatever_was_said_first() -> None:
    changed = {"seed": 3, "steps": 1000, "optimizer": {"momentum": 0}, "labels": "random"}
    assert _words(preset="dead-leaves", **changed) == [
        *("random labels", "momentum 0", "1,000 steps", "seed 3")
    ]


def test_the_first_conv_layer_goes_without_saying_and_others_are_named() -> None:
    first, *others = _STROKES
    more = {"filters": 1, "kernel_size": 3, "weight_decay": 0, "trainable": False}
    start = {"kernel_initializer": {"type": "bank", "name": "gabor"}}
    assert _words(preset="mnist-strokes", layers=[{**first, **more, **start}, *others]) == [
        *("1 filter", "3×3", "start Gabors", "decay 0", "frozen")
    ]
    conv, pool = {**_CONV, "weight_decay": 0.02}, {"type": "max_pool2d", "pool_size": 3}
    second = {"type": "conv2d", "filters": 64, "kernel_size": 1, "activation": "relu"}
    mean, ten = {"type": "global_average_pool2d"}, {"type": "dense", "units": 10}
    assert _words(preset="mnist-two-layers", layers=[conv, pool, second, mean, ten]) == [
        *("max_pool1 3×3", "conv2 1×1")
    ]


def test_layers_that_were_added_or_taken_out_are_told_whole_and_the_others_still_compared() -> None:
    first, _, flat, ten = _STROKES
    layers = [{**first, "filters": 32}, flat, {"type": "dropout", "rate": 0.5}, ten]
    assert _found(preset="mnist-strokes", layers=layers) == [
        Difference("layers.0.filters", 32, 16, "32 filters"),
        Difference("layers.1", None, "max_pool2d", "− max pool"),
        Difference("layers.2", "dropout", None, "+ dropout"),
    ]


def test_another_optimiser_is_told_with_what_it_has_otherwise_than_usual() -> None:
    adam = {"type": "adam", "learning_rate": 0.001}
    assert _words(preset="mnist-strokes", optimizer=adam) == ["Adam", "lr 0.001"]
    assert _found(preset="mnist-strokes", optimizer={**adam, "beta_1": 0.5})[-1] == (
        *("optimizer.beta_1", 0.5, None, "beta 1 0.5"),
    )


def test_a_length_in_steps_differs_from_one_in_epochs() -> None:
    assert _found(preset="keras-mnist", steps=100) == [Difference("steps", 100, None, "100 steps")]
    assert _words(preset="keras-mnist", epochs=1) == ["1 epoch"]


def test_numbers_to_begin_with_are_told_by_a_word() -> None:
    told = json.loads(resolve({"preset": "sparse-code"}).model_dump_json(exclude_none=True))
    told["layers"][0]["kernel_initializer"] = {"type": "given", "kernel": {"bdata": "AAAA" * 9999}}
    assert differences(told, "sparse-code") == [
        Difference("layers.0.kernel_initializer", "given", "glorot_uniform", "own start")
    ]


def test_what_an_older_version_had_no_field_for_is_no_difference() -> None:
    told = json.loads(resolve({"preset": "mnist-strokes"}).model_dump_json(exclude_none=True))
    del told["scaling"], told["objective"], told["layers"][0]["trainable"]
    assert differences(told, "mnist-strokes") == []


@pytest.mark.parametrize("preset", [None, "a preset of an older version"])
def test_where_there_is_no_preset_nothing_can_differ_from_it(preset: str | None) -> None:
    assert differences({}, preset) is None
