"""The names of a network's layers and weights: conv1, conv2, dense1; conv1/kernel, conv1/bias."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from .conv2d import Conv2D
from .layer import Layer, Shape

AnyLayer = TypeVar("AnyLayer", bound=Layer)


def named(layers: Sequence[AnyLayer]) -> list[tuple[str, AnyLayer]]:
    """Numbers layers of the same kind in order: conv1, conv2, dense1."""
    counts: Counter[str] = Counter()
    pairs = []
    for layer in layers:
        counts[layer.stem] += 1
        pairs.append((f"{layer.stem}{counts[layer.stem]}", layer))
    return pairs


def weight_name(layer: str, weight: str) -> str:
    """Returns the full name of a layer's weight.

    >>> weight_name("conv1", "bias")
    'conv1/bias'
    """
    return f"{layer}/{weight}"


def kernel_name(layer: str) -> str:
    """Returns the full name of a layer's kernel."""
    return weight_name(layer, "kernel")


def weight_names(layers: Sequence[Layer], shape: Shape) -> list[str]:
    """Names all weights of layers that follow one another, of which the first sees `shape`."""
    names = []
    for name, layer in named(layers):
        names += [weight_name(name, spec.name) for spec in layer.weights(shape)]
        shape = layer.output_shape(shape)
    return names


def layer_of(weight: str) -> str:
    """Returns the layer that a weight's full name begins with."""
    return weight.partition("/")[0]


def conv_kernels(weights: Iterable[str]) -> list[str]:
    """Picks the conv layers' kernels from weights by their full names.

    >>> conv_kernels(["conv1/kernel", "conv1/bias", "dense1/kernel"])
    ['conv1/kernel']
    """
    return [name for name in weights if name == kernel_name(layer_of(name)) and _is_conv(name)]


def _is_conv(weight: str) -> bool:
    return layer_of(weight).rstrip("0123456789") == Conv2D.stem
