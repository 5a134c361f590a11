"""Copied scripts run as they are: chosen kernels are there at the start, frozen ones at the end."""

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import app.datasets
from app.recipe import Recipe
from app.training.build import build_network
from app.translation.keras_code import keras_script
from app.translation.torch_code import torch_script
from app.vocabulary.datasets import DATASETS
from app.vocabulary.layers.naming import named
from tests.frameworks.test_copied_code import check

Array = np.ndarray[Any, Any]


class FewPictures:
    """As many random pictures as a script can be tried on, in the shape of a data set's."""

    train_size, test_size = 96, 20

    def __init__(self, shape: tuple[int, int, int]) -> None:
        generator = np.random.default_rng(1)
        self._x = generator.normal(0, 1, (self.train_size, *shape)).astype(np.float32)
        self._y = generator.integers(0, 10, self.train_size)

    def batch(self, indices: Array) -> tuple[Array, Array]:
        return self._x[indices], self._y[indices]

    def test(self, start: int, stop: int) -> tuple[Array, Array]:
        return self._x[start:stop], self._y[start:stop]


def given(shape: tuple[int, ...], source: bool = False) -> dict[str, Any]:
    kernel = np.random.default_rng(2).normal(0, 0.2, shape).astype("<f4")
    lengths = ", ".join(map(str, shape))
    packed = {"dtype": "f4", "shape": lengths, "bdata": base64.b64encode(kernel).decode()}
    told = {"type": "given", "kernel": packed}
    run = {"type": "run", "run": "31c24ab65643", "step": 60, "layer": "conv1"}
    return {**told, "source": run} if source else told


def conv(filters: int, size: int, **settings: Any) -> dict[str, Any]:
    return {"type": "conv2d", "filters": filters, "kernel_size": size, **settings}


FROZEN = {"trainable": False}
HEAD: list[dict[str, Any]] = [{"type": "flatten"}, {"type": "dense", "units": 10}]
BANKS = ("gabor", "sobel", "prewitt", "laplacian", "dct")
STACKS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    **{
        f"{name} bank, frozen": (
            "dead-leaves",
            [
                conv(16, 7, strides=3, kernel_initializer={"type": "bank", "name": name}, **FROZEN),
                *HEAD,
            ],
        )
        for name in BANKS
    },
    "bank that learns, with decay": (
        "mnist",
        [
            conv(
                8,
                5,
                activation="relu",
                weight_decay=0.02,
                kernel_initializer={"type": "bank", "name": "gabor"},
            ),
            {"type": "max_pool2d", "pool_size": 2},
            *HEAD,
        ],
    ),
    "numbers of one's own, frozen, with decay": (
        "mnist",
        [
            conv(4, 3, weight_decay=0.1, kernel_initializer=given((3, 3, 1, 4)), **FROZEN),
            conv(3, 3, activation="tanh", kernel_initializer=given((3, 3, 4, 3))),
            *HEAD,
        ],
    ),
    "another run's filters, frozen": (
        "dead-leaves",
        [conv(5, 9, strides=2, kernel_initializer=given((9, 9, 3, 5), True), **FROZEN), *HEAD],
    ),
    "all kinds frozen but the last": (
        "mnist",
        [
            conv(6, 5, padding="same", strides=2, activation="relu", **FROZEN),
            {"type": "batch_normalization", **FROZEN},
            {"type": "depthwise_conv2d", "kernel_size": 3, "depth_multiplier": 2, **FROZEN},
            {"type": "dropout", "rate": 0.3},
            {"type": "flatten"},
            {"type": "dense", "units": 12, "activation": "sigmoid", **FROZEN},
            {"type": "dense", "units": 10},
        ],
    ),
}


@pytest.fixture
def few_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str, **_: Any) -> FewPictures:
        return FewPictures(DATASETS[name].shape)

    monkeypatch.setattr(app.datasets, "load", load)


def recipe_of(name: str) -> Recipe:
    dataset, layers = STACKS[name]
    optimizer = {"type": "sgd", "learning_rate": 0.05, "momentum": 0.9}
    made = {"name": name, "dataset": dataset, "layers": layers, "optimizer": optimizer}
    return Recipe.model_validate({**made, "batch_size": 32, "steps": 3, "seed": 5})


def tried(script: str, end: str, arrays_of: Callable[[Any], dict[str, Array]]) -> tuple[Any, Any]:
    """Runs a script in two parts, and returns its model's arrays between them and behind them."""
    whole = script.replace("from filterscope.", "from app.")
    names: dict[str, Any] = {}
    first, second = whole[: whole.index(end)], whole[whole.index(end) :]
    exec(compile(first, "script", "exec"), names)
    before = arrays_of(names["model"])
    exec(compile(second, "script", "exec"), names)
    return names["model"], (before, arrays_of(names["model"]))


def arrays_of_keras(model: Any) -> dict[str, Array]:
    return {
        f"{layer.name}/{weight.name}": np.asarray(weight.value)
        for layer in model.layers
        for weight in layer.weights
        if "seed" not in weight.name
    }


def arrays_of_torch(model: Any) -> dict[str, Array]:
    return {
        name.replace(".", "/"): value.detach().numpy().copy()
        for name, value in model.state_dict().items()
        if "num_batches" not in name
    }


def check_frozen(recipe: Recipe, before: dict[str, Array], after: dict[str, Array]) -> None:
    names = [name for name, _ in _named(recipe)]
    frozen = {name for name, layer in _named(recipe) if not getattr(layer, "trainable", True)}
    assert frozen or "learns" in recipe.name
    for name, value in before.items():
        layer = name.split("/")[0]
        assert layer in names
        stays = np.array_equal(value, after[name])
        assert stays == (layer in frozen), name


def _named(recipe: Recipe) -> list[tuple[str, Any]]:
    return list(named(recipe.layers))


def learnable(recipe: Recipe) -> int:
    """How many numbers training may change, by the plan."""
    kept = [getattr(layer, "trainable", True) for layer in recipe.layers]
    return sum(plan.parameters for plan, learns in zip(recipe.plan, kept, strict=True) if learns)


@pytest.mark.parametrize("name", STACKS)
def test_a_script_begins_and_ends_as_the_recipe_says(name: str, few_pictures: None) -> None:
    recipe = recipe_of(name)
    ours = build_network(recipe, batch_size=5).weights()
    chosen = {
        f"{layer_name}/kernel"
        for layer_name, layer in _named(recipe)
        if not isinstance(getattr(layer, "kernel_initializer", ""), str)
    }

    model, (before, after) = tried(keras_script(recipe), "model.summary()", arrays_of_keras)
    for kernel in chosen:
        np.testing.assert_allclose(before[kernel], ours[kernel], atol=1e-6)
    check_frozen(recipe, before, after)
    count = sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)
    assert count == learnable(recipe)

    model, (before, after) = tried(torch_script(recipe), "print(model)", arrays_of_torch)
    for kernel in chosen:
        there = before[kernel.replace("kernel", "weight")].transpose(2, 3, 1, 0)
        np.testing.assert_allclose(there, ours[kernel], atol=1e-6)
    check_frozen(recipe, before, after)
    count = sum(one.numel() for one in model.parameters() if one.requires_grad)
    assert count == learnable(recipe)


@pytest.mark.parametrize("name", STACKS)
def test_the_same_weights_give_the_same_answers(name: str) -> None:
    check(recipe_of(name))
