"""A Keras model that is one chain of layers as a recipe writes it, and its weights in order."""

from __future__ import annotations

import itertools
from typing import Any

from .chain import Chain, Link, NotExact
from .keras_layers import activation_of, kind_of, title_of, watched, watched_kernel
from .watched_network import WatchedLayer

_AVERAGES = ("gamma", "beta", "moving_mean", "moving_variance")


def chain_of(model: Any) -> tuple[dict[str, Any], list[WatchedLayer]]:
    """Gives a model as a recipe's network, and its layers one for one.

    Raises NotExact where a recipe can't say just the same.
    """
    layers = _in_a_row(model)
    shape = getattr(model, "input_shape", None)
    if not isinstance(shape, tuple) or len(shape) != 4 or None in shape[1:]:
        raise NotExact
    chain = Chain(shape[1:])
    for layer in layers:
        if getattr(layer, "data_format", "channels_last") != "channels_last":
            raise NotExact
        _put(chain, layer)
    return chain.as_network(), [_layer(link) for link in chain.links]


def _in_a_row(model: Any) -> list[Any]:
    """Lists the layers of a model in which each takes just what the one before it gives."""
    import keras

    layers = [layer for layer in model.layers if type(layer).__name__ != "InputLayer"]
    if not layers:
        raise NotExact
    if type(model) is keras.Sequential:
        return layers
    is_chain = (
        type(model).__name__ == "Functional"
        and all(len(layer._inbound_nodes) == 1 for layer in layers)
        and all(after.input is before.output for before, after in itertools.pairwise(layers))
        and model.output is layers[-1].output
    )
    if not is_chain:
        raise NotExact
    return layers


def _put(chain: Chain, layer: Any) -> None:
    match type(layer).__name__:
        case "Conv2D" | "DepthwiseConv2D" | "Dense":
            _weighted(chain, layer)
        case "MaxPooling2D" | "AveragePooling2D" as name:
            kind = "max_pool2d" if name.startswith("Max") else "average_pool2d"
            sizes = tuple(layer.pool_size), tuple(layer.strides)
            chain.pool(kind, *sizes, layer.padding, rounds_up=False)
        case "GlobalAveragePooling2D" if not layer.keepdims:
            chain.global_average()
        case "Flatten":
            chain.flatten()
        case "Dropout" if layer.noise_shape is None:
            chain.dropout(layer.rate)
        case "BatchNormalization" if layer.axis in (-1, 3):
            numbers = {"momentum": layer.momentum, "epsilon": layer.epsilon}
            chain.normalization(layer, **numbers, center=layer.center, scale=layer.scale)
        case "Activation":
            chain.activation(_activation(layer))
        case "Softmax" if layer.axis == -1:
            chain.activation("softmax")
        case "ReLU" if not layer.max_value and not layer.negative_slope and not layer.threshold:
            chain.activation("relu")
        case _:
            raise NotExact


def _weighted(chain: Chain, layer: Any) -> None:
    kind = kind_of(layer)
    if kind == "dense":
        chain.dense(layer, int(layer.kernel.shape[0]), layer.units)
    else:
        if set(layer.dilation_rate) != {1} or getattr(layer, "groups", 1) != 1:
            raise NotExact
        outputs = layer.depth_multiplier if kind == "depthwise_conv2d" else layer.filters
        sizes = tuple(layer.kernel_size), tuple(layer.strides)
        chain.convolution(layer, str(kind), *sizes, layer.padding, outputs)
    if (name := _activation(layer)) != "linear":
        chain.activation(name)


def _activation(layer: Any) -> str:
    name = activation_of(layer)
    if name is None:
        raise NotExact
    return name


def _layer(link: Link) -> WatchedLayer:
    kind, owner = link.layer["type"], link.owner
    if owner is None:
        return WatchedLayer({"title": kind, "kind": kind, "shape": None}, {}, dict)
    if kind == "batch_normalization":
        told = {"title": title_of(owner), "kind": kind}
        return watched(told, lambda: _averages(owner))
    outputs = int(owner.kernel.shape[-1])
    if kind == "depthwise_conv2d":
        outputs *= int(owner.kernel.shape[-2])
    layer = watched_kernel(owner, kind, bias=outputs)
    activation = link.layer.get("activation", "linear")
    return layer._replace(told={**layer.told, "activation": activation, "bias": True})


def _averages(layer: Any) -> dict[str, Any]:
    found = {name: getattr(layer, name, None) for name in _AVERAGES}
    return {name: variable for name, variable in found.items() if variable is not None}
