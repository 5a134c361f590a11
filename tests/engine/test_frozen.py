"""Layers that aren't trainable: they begin as if they learned, never change, and cost less."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.engine import SGD, Adam, Network
from app.engine.layers import conv2d
from app.vocabulary.layers import (
    AveragePool2D,
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalAveragePool2D,
    Layer,
    MaxPool2D,
)

SHAPE = (12, 10, 3)
PLAIN: list[Layer] = [
    Conv2D(8, 3, activation="relu", weight_decay=0.1),
    MaxPool2D(2),
    Conv2D(6, 3, padding="same", activation="tanh"),
    DepthwiseConv2D(3, activation="relu"),
    BatchNormalization(),
    AveragePool2D(2),
    Flatten(),
    Dense(7, activation="tanh", weight_decay=0.1),
    Dense(4),
]
LEARNING = [index for index, layer in enumerate(PLAIN) if hasattr(layer, "trainable")]


def network(frozen: tuple[int, ...] = (), layers: list[Layer] = PLAIN) -> Network:
    held: list[Any] = list(layers)
    for index in frozen:
        held[index] = replace(held[index], trainable=False)
    return Network(held, SHAPE, np.random.default_rng(3), 16)


def batch(images: int = 16) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    random = np.random.default_rng(5)
    return random.standard_normal((images, *SHAPE), np.float32), random.integers(0, 4, images)


@pytest.mark.parametrize("frozen", [(index,) for index in LEARNING] + [(0, 2), (0, 2, 3, 4)])
def test_a_frozen_layer_keeps_its_bytes_while_the_others_learn(frozen: tuple[int, ...]) -> None:
    held = network(frozen)
    first = held.weights()
    optimizer = Adam(0.01)
    optimizer.bind(held)
    for _ in range(20):
        held.loss_and_gradients(*batch())
        optimizer.update()
    last = held.weights()
    learns = {parameter.name for parameter in held.parameters}
    moved = {name for name in first if first[name].tobytes() != last[name].tobytes()}
    averages = {name for name in first if "/moving_" in name} if 4 not in frozen else set()
    assert moved == learns | averages
    assert len(learns) == len(first) - 2 - 2 * len(frozen)


@pytest.mark.parametrize("frozen", [(0,), (2,), (3,), (7,), (0, 2)])
def test_what_still_learns_begins_and_moves_as_if_nothing_were_frozen(
    frozen: tuple[int, ...],
) -> None:
    free, held = network(), network(frozen)
    for name, value in free.weights().items():
        assert held.weights()[name].tobytes() == value.tobytes()
    assert held.loss_and_gradients(*batch()) == free.loss_and_gradients(*batch())
    gradients = {parameter.name: parameter.gradient for parameter in free.parameters}
    for parameter in held.parameters:
        assert parameter.gradient.tobytes() == gradients[parameter.name].tobytes()


def test_a_frozen_normalisation_answers_in_training_as_afterwards() -> None:
    held = network((4,))
    images, labels = batch()
    loss, _ = held.loss_and_gradients(images, labels)
    logits = held.predict(images)
    logits -= logits.max(axis=1, keepdims=True)
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert loss == pytest.approx(-np.log(chances[np.arange(16), labels]).mean(), rel=1e-5)


def test_a_frozen_normalisation_passes_the_gradient_on() -> None:
    """Its gradient is that of the same numbers with the normalisation as a plain scale."""
    layers: list[Layer] = [
        Conv2D(5, 3),
        BatchNormalization(trainable=False),
        GlobalAveragePool2D(),
        Dense(4),
    ]
    held = Network(layers, SHAPE, np.random.default_rng(1), 16, np.float64)
    images, labels = batch()
    held.loss_and_gradients(images, labels)
    kernel = held.parameters[0]
    gradient = kernel.gradient.copy()
    for place in [(0, 0, 0, 0), (2, 1, 2, 4), (1, 2, 1, 3)]:
        losses = []
        for move in (1e-6, -2e-6):
            kernel.value[place] += move
            losses.append(held.loss_and_gradients(images, labels)[0])
        kernel.value[place] += 1e-6
        assert gradient[place] == pytest.approx((losses[0] - losses[1]) / 2e-6, rel=1e-4)


@pytest.mark.parametrize(
    "conv",
    [
        Conv2D(16, 9, strides=2, activation="relu"),
        Conv2D(32, 3, activation="relu"),
        Conv2D(8, 5, padding="same"),
        Conv2D(64, 1),
    ],
)
@pytest.mark.parametrize("images", [1, 5, 40])
def test_every_algorithm_passes_the_same_gradient_on_without_its_own(
    conv: Conv2D, images: int
) -> None:
    first = Conv2D(4, 1)
    ends: list[Layer] = [MaxPool2D(2, padding="same"), GlobalAveragePool2D(), Dense(4)]
    free, held = (
        Network(
            [first, replace(conv, trainable=trainable), *ends],
            (19, 17, 3),
            np.random.default_rng(2),
            images,
        )
        for trainable in (True, False)
    )
    random = np.random.default_rng(6)
    pictures = random.standard_normal((images, 19, 17, 3), np.float32)
    labels = random.integers(0, 4, images)
    free.loss_and_gradients(pictures, labels)
    held.loss_and_gradients(pictures, labels)
    assert held.parameters[0].name == free.parameters[0].name == "conv1/kernel"
    assert held.parameters[0].gradient.tobytes() == free.parameters[0].gradient.tobytes()


def test_the_gradient_of_a_frozen_first_layer_is_not_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []
    monkeypatch.setattr(
        conv2d.ConvolutionPass,
        "backward",
        lambda self, gradient: asked.append(self) or gradient,
    )
    layers: list[Layer] = [Conv2D(4, 3, trainable=False), Flatten(), Dense(4)]
    held = Network(layers, SHAPE, np.random.default_rng(0), 16)
    optimizer = SGD(0.1)
    optimizer.bind(held)
    held.loss_and_gradients(*batch())
    optimizer.update()
    assert asked == []
