"""A chain of layers says just what a recipe's layers do, or that it can't."""

from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import pytest
from annotated_types import Interval
from pydantic import TypeAdapter

from app.client.chain import (
    ACTIVATIONS,
    MOST_FILTERS,
    MOST_KERNEL,
    MOST_MULTIPLIER,
    MOST_POOL,
    MOST_STRIDES,
    MOST_UNITS,
    Chain,
    NotExact,
    same_padding,
)
from app.recipe.layers import Layer
from app.recipe.shapes import plan_layers
from app.vocabulary.layers import Conv2D, Dense, DepthwiseConv2D, MaxPool2D, windows
from app.vocabulary.layers.layer import Activation

ONE, THREE = (1, 1), (3, 3)
Put = Callable[[Chain], object]


def most(kind: type, setting: str) -> int:
    """The largest value that a recipe takes."""
    hint = get_type_hints(kind, include_extras=True)[setting]
    (interval,) = [note for note in hint.__metadata__ if isinstance(note, Interval)]
    return int(interval.le)  # type: ignore[call-overload, no-any-return]


def chain(*puts: Put, shape: tuple[int, ...] = (28, 28, 3)) -> Chain:
    made = Chain(shape)
    for put in puts:
        put(made)
    return made


def conv(
    owner: Any = None, kind: str = "conv2d", strides: int = 1, padding: Any = "valid", n: int = 8
) -> Put:
    return lambda to: to.convolution(owner, kind, THREE, (strides, strides), padding, n)


def pool(kind: str = "max_pool2d", padding: Any = "valid", **more: bool) -> Put:
    up = more.get("rounds_up", False)
    return lambda to: to.pool(kind, (2, 2), (2, 2), padding, rounds_up=up)


def relu(to: Chain) -> None:
    to.activation("relu")


def test_the_ranges_are_those_of_a_recipe() -> None:
    assert most(Conv2D, "filters") == MOST_FILTERS
    assert most(Conv2D, "kernel_size") == most(DepthwiseConv2D, "kernel_size") == MOST_KERNEL
    assert most(Conv2D, "strides") == MOST_STRIDES
    assert most(DepthwiseConv2D, "depth_multiplier") == MOST_MULTIPLIER
    assert most(MaxPool2D, "pool_size") == MOST_POOL
    assert most(Dense, "units") == MOST_UNITS
    assert get_args(Activation) == ACTIVATIONS


def test_same_pads_as_a_recipe_does() -> None:
    cases = [(n, k, s) for n in range(1, 20) for k in range(1, 8) for s in range(1, 5)]
    assert [same_padding(*case) for case in cases] == [
        windows.same_padding(*case) for case in cases
    ]


def test_a_chain_is_planned_by_a_recipe_with_the_shapes_that_it_reckoned_itself() -> None:
    made = chain(
        conv(padding=[[1, 1], [1, 1]]),
        relu,
        pool(),
        conv(kind="depthwise_conv2d", strides=2, padding="same", n=2),
        lambda to: to.normalization(1, momentum=0.9, epsilon=1e-5, center=True, scale=False),
        pool("average_pool2d", "same"),
        Chain.flatten,
        lambda to: to.dropout(0.25),
        lambda to: to.dense(2, 4 * 4 * 16, 10),
        lambda to: to.activation("softmax"),
    )
    network = made.as_network()
    layers = [TypeAdapter(Layer).validate_python(layer) for layer in network["layers"]]
    plans = plan_layers(layers, tuple(network["input_shape"]))
    assert [plan.output_shape for plan in plans][-1] == (10,)
    assert network["layers"][0]["padding"] == "same"
    assert network["layers"][0]["activation"] == "relu"
    assert made.links[-1].flattened == (4, 4, 16)


def test_a_relu_behind_max_pooling_is_one_before_it() -> None:
    assert chain(conv(), pool(), relu).links[0].layer["activation"] == "relu"


@pytest.mark.parametrize(
    "puts",
    [
        (conv(strides=2, padding=[[1, 1], [1, 1]]),),  # `same` would pad (0, 1)
        (conv(n=MOST_FILTERS + 1),),
        (conv(), relu, relu),
        (conv(), pool("average_pool2d"), relu),
        (conv(), pool("average_pool2d", [[1, 1], [1, 1]])),
        (lambda to: to.convolution(None, "conv2d", (3, 5), ONE, "valid", 8),),
        (conv(), conv(), conv(), pool(), pool(), pool(), pool(), pool()),  # nothing is left
        (conv(), lambda to: to.pool("max_pool2d", (3, 3), (2, 2), "valid", rounds_up=True)),
        (conv(), Chain.flatten, lambda to: to.dense(1, 7, 2)),
        (conv(), lambda to: to.dense(1, 8, 2)),
        (conv(), Chain.flatten, conv()),
        (conv(), Chain.global_average, lambda to: to.activation("softmax")),
        (relu,),
        (Chain.flatten, lambda to: to.dense(1, 28 * 28 * 3, 2)),  # no convolution
    ],
)
def test_what_a_recipe_cannot_say_is_not_said(puts: tuple[Put, ...]) -> None:
    with pytest.raises(NotExact):
        chain(*puts).as_network()
