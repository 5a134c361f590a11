"""Scripts copied from a recipe build the same network in the real Keras and the real PyTorch."""

from typing import Any

import keras
import numpy as np
import pytest
import torch
from hypothesis import given, settings

from app.recipe import PRESETS, Recipe
from app.recipe.resolution import resolve
from app.training.build import build_network
from app.translation.keras_code import keras_script
from app.translation.torch_code import torch_script
from tests.recipe.strategies import classifiers

CLASSIFIERS = [name for name in PRESETS if "objective" not in PRESETS[name].recipe]
Weights = dict[str, np.ndarray[Any, Any]]


def model_of(script: str, end: str) -> Any:
    """The model that a script builds, before it loads pictures and trains."""
    head = script[: script.index(end)].replace("from filterscope.", "from app.")
    names: dict[str, Any] = {}
    exec(compile(head, "script", "exec"), names)
    return names["model"]


def moved(weights: Weights, generator: np.random.Generator) -> Weights:
    """Other weights than a network begins with, so that biases and averages count."""
    return {
        name: np.abs(value + generator.normal(0, 0.1, value.shape)).astype(np.float32)
        if name.endswith("variance")
        else (value + generator.normal(0, 0.1, value.shape)).astype(np.float32)
        for name, value in weights.items()
    }


def fill_keras(model: Any, weights: Weights) -> None:
    for layer in model.layers:
        own = [f"{layer.name}/{weight.name}" for weight in layer.weights]
        layer.set_weights([weights[name] for name in own if name in weights])


def fill_torch(model: Any, weights: Weights) -> None:
    turned = {1: (0,), 2: (1, 0), 4: (3, 2, 0, 1)}
    renamed = {
        "kernel": "weight",
        "bias": "bias",
        "gamma": "weight",
        "beta": "bias",
        "moving_mean": "running_mean",
        "moving_variance": "running_var",
    }
    state = model.state_dict()
    for name, value in weights.items():
        layer, _, weight = name.partition("/")
        there = state[f"{layer}.{renamed[weight]}"]
        kernel = value
        if layer.startswith("depthwise") and value.ndim == 4:
            kernel = value.reshape(*value.shape[:2], 1, -1)
        as_there = kernel.transpose(turned[value.ndim])
        there.copy_(torch.from_numpy(np.ascontiguousarray(as_there)))
    model.eval()


def check(recipe: Recipe) -> None:
    generator = np.random.default_rng(recipe.seed)
    network = build_network(recipe, batch_size=5)
    weights = moved(network.weights(), generator)
    network.load_weights(weights)
    images = generator.normal(0, 1, (5, *recipe.dataset_info.shape)).astype(np.float32)
    ours = network.predict(images)
    allowed = 1e-5 * max(1.0, float(np.abs(ours).max()))

    in_keras = model_of(keras_script(recipe), "model.summary()")
    fill_keras(in_keras, weights)
    assert in_keras.count_params() == recipe.parameters + sum(
        value.size for name, value in weights.items() if "/moving_" in name
    )
    theirs = keras.ops.convert_to_numpy(in_keras(images, training=False))
    assert np.abs(ours - theirs).max() <= allowed

    in_torch = model_of(torch_script(recipe), "print(model)")
    fill_torch(in_torch, weights)
    with torch.no_grad():
        theirs = in_torch(torch.from_numpy(images).permute(0, 3, 1, 2)).numpy()
    assert np.abs(ours - theirs).max() <= allowed


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_a_preset_is_the_same_network_there(name: str) -> None:
    check(resolve({"preset": name}))


@given(recipe=classifiers())
@settings(max_examples=30, deadline=None)
def test_any_recipe_is_the_same_network_there(recipe: dict[str, Any]) -> None:
    check(Recipe.model_validate(recipe))
