"""From a list of layers to what a network holds: names, parameters, and fused layers."""

import math
from collections import Counter
from collections.abc import Sequence

from .arrays import Shape
from .layers.layer import Layer
from .parameters import ParameterSpec

NamedLayer = tuple[str, Layer]


def named(layers: Sequence[Layer]) -> list[NamedLayer]:
    """Number layers of the same kind in order: conv1, conv2, dense1; ValueError if none."""
    if not layers:
        raise ValueError("a network needs at least one layer")
    counts: Counter[str] = Counter()
    pairs = []
    for layer in layers:
        counts[layer.kind] += 1
        pairs.append((f"{layer.kind}{counts[layer.kind]}", layer))
    return pairs


def parameters_and_output(
    layers: Sequence[NamedLayer], input_shape: Shape
) -> tuple[dict[str, ParameterSpec], Shape]:
    """What all layers learn, by full name ("conv1/kernel"), and the shape of one image's output.

    ValueError if a layer can't follow the one before it or the end isn't one vector an image.
    """
    specs: dict[str, ParameterSpec] = {}
    shape = input_shape
    for name, layer in layers:
        # Its shape first: a layer that doesn't fit says so there.
        following = layer.output_shape(shape)
        specs |= {f"{name}/{spec.name}": spec for spec in layer.parameters(shape)}
        shape = following
    if len(shape) != 1:
        raise ValueError(f"the last layer gives {shape} an image, not one logit a class")
    return specs, shape


def multiplications(layers: Sequence[NamedLayer], input_shape: Shape) -> int:
    """How many one image's way through the layers takes: each weight at each place of its use."""
    total, shape = 0, input_shape
    for _, layer in layers:
        following = layer.output_shape(shape)
        weights = sum(math.prod(spec.shape) for spec in layer.parameters(shape))
        total += weights * math.prod(following[:-1])
        shape = following
    return total


def fused(layers: Sequence[NamedLayer]) -> list[NamedLayer]:
    """The same network with as many layers as possible fused into the ones before them."""
    result: list[NamedLayer] = []
    for name, layer in layers:
        both = result[-1][1].fuse(layer) if result else None
        if both is None:
            result.append((name, layer))
        else:
            result[-1] = (result[-1][0], both)
    return result
