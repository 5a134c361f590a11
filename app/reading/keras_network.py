"""A Keras network that is one chain of layers as recipes write them, out of its description."""

import itertools
from collections.abc import Mapping
from typing import Final, TypeVar

from pydantic import ValidationError

from ..client.chain import Chain, NotExact
from ..external.described import KnownNetwork
from .contents import FoundLayer
from .keras_config import LayerConfig, NetworkConfig
from .keras_linked import linked_layer
from .keras_settings import (
    activation,
    image_shape,
    is_channels_first,
    number,
    padding,
    sizes,
)
from .keras_stored import StoredLayer

_T = TypeVar("_T")
_ENTRANCE: Final = "InputLayer"


def known_network(
    network: NetworkConfig,
    found: Mapping[str, FoundLayer],
    stored: Mapping[str, StoredLayer],
) -> tuple[KnownNetwork, tuple[FoundLayer, ...]] | None:
    """Gives a network as recipes write it and its layers one for one; None if none can say it.

    Args:
        found: its layers that have a kernel, by title.
        stored: the arrays of each layer that has any, by title.
    """
    shape = image_shape(network)
    if shape is None or any(is_channels_first(layer.settings) for layer in network.layers):
        return None
    chain = Chain(shape)
    try:
        for layer in _in_a_row(network):
            _put(chain, layer, found)
        written = KnownNetwork.model_validate(chain.as_network())
        return written, tuple(linked_layer(link, found, stored) for link in chain.links)
    except (NotExact, ValidationError):
        return None


def _in_a_row(network: NetworkConfig) -> list[LayerConfig]:
    """Lists the layers of a network in which each takes just what the one before it gives."""
    if len(network.top) != len(network.layers):  # there are models or wrappers in it
        raise NotExact
    layers = [layer for layer in network.top if layer.class_name != _ENTRANCE]
    if network.class_name == "Sequential":
        return layers
    names = [layer.name for layer in network.top if layer.class_name == _ENTRANCE]
    is_chain = (
        network.class_name in ("Functional", "Model")
        and len(names) == 1
        and bool(layers)
        and layers[0].inputs == (names[0],)
        and all(after.inputs == (before.name,) for before, after in itertools.pairwise(layers))
        and network.outputs == (layers[-1].name,)
    )
    if not is_chain:
        raise NotExact
    return layers


def _put(chain: Chain, layer: LayerConfig, found: Mapping[str, FoundLayer]) -> None:
    settings = layer.settings
    match layer.class_name:
        case "Conv2D" | "DepthwiseConv2D" | "Dense" | "Convolution2D":
            _weighted(chain, layer, found)
        case "MaxPooling2D" | "AveragePooling2D" as name:
            kind = "max_pool2d" if name.startswith("Max") else "average_pool2d"
            window = _said(sizes(settings, 2, "pool_size"))
            strides = sizes(settings, 2, "strides") or window
            chain.pool(kind, window, strides, _padding(layer), rounds_up=False)
        case "GlobalAveragePooling2D" if not settings.get("keepdims"):
            chain.global_average()
        case "Flatten":
            chain.flatten()
        case "Dropout" if settings.get("noise_shape") is None:
            rate = number(settings, "rate")
            chain.dropout(_said(rate if rate is not None else number(settings, "p")))
        case "BatchNormalization" if settings.get("axis") in (-1, 3, [3], [-1]):
            chain.normalization(
                layer,
                momentum=_said(number(settings, "momentum")),
                epsilon=_said(number(settings, "epsilon")),
                center=settings.get("center") is not False,
                scale=settings.get("scale") is not False,
            )
        case "Activation":
            chain.activation(_said(activation(settings)))
        case "Softmax" if settings.get("axis", -1) == -1:
            chain.activation("softmax")
        case "ReLU" if not any(
            settings.get(name) for name in ("max_value", "negative_slope", "threshold")
        ):
            chain.activation("relu")
        case _:
            raise NotExact


def _weighted(chain: Chain, layer: LayerConfig, found: Mapping[str, FoundLayer]) -> None:
    if layer.title not in found:
        raise NotExact
    told = found[layer.title].described
    shape = found[layer.title].shape
    if told.kind == "dense":
        chain.dense(layer, *shape)
    else:
        is_depthwise = told.kind == "depthwise_conv2d"
        if set(told.dilation or (1,)) != {1} or (told.groups != 1 and not is_depthwise):
            raise NotExact
        if shape[2] != chain.shape[-1]:
            raise NotExact
        strides = _said(told.strides)
        chain.convolution(layer, told.kind, shape[:2], strides, _padding(layer), shape[3])
    if (name := _said(activation(layer.settings))) != "linear":
        chain.activation(name)


def _padding(layer: LayerConfig) -> str:
    return _said(padding(layer.settings))


def _said(value: _T | None) -> _T:
    if value is None:
        raise NotExact
    return value
