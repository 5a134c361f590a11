"""From a list of layers to what a network holds: names, parameters, and fused layers."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..vocabulary.layers import Layer, Shape, WeightSpec
from ..vocabulary.layers.naming import weight_name
from .layers import pooled

NamedLayer = tuple[str, Layer]


class WeightSpecs(NamedTuple):
    """Lists what is learned, and what no optimiser moves, by full name ("conv1/kernel").

    `names` are those of both, layer by layer.
    """

    parameters: dict[str, WeightSpec]
    state: dict[str, WeightSpec]
    names: list[str]


def weights_and_output(
    layers: Sequence[NamedLayer], input_shape: Shape
) -> tuple[WeightSpecs, Shape]:
    """Lists the arrays of all layers, and the shape of one image's output.

    ValueError if there is no layer, one can't follow the one before it or the end isn't one vector
    an image.
    """
    if not layers:
        raise ValueError("a network needs at least one layer")
    weights = WeightSpecs({}, {}, [])
    shape = input_shape
    for name, layer in layers:
        # Its shape first: a layer that doesn't fit says so there.
        following = layer.output_shape(shape)
        learning = [spec for spec in layer.parameters(shape) if spec.trainable]
        for spec in layer.weights(shape):
            full_name = weight_name(name, spec.name)
            (weights.parameters if spec in learning else weights.state)[full_name] = spec
            weights.names.append(full_name)
        shape = following
    if len(shape) != 1:
        raise ValueError(f"the last layer gives {shape} an image, not one logit a class")
    return weights, shape


def multiplications(layers: Sequence[NamedLayer], input_shape: Shape) -> int:
    """Counts those of one image's way through the layers: each weight at each place of its use."""
    total, shape = 0, input_shape
    for _, layer in layers:
        following = layer.output_shape(shape)
        weights = sum(math.prod(spec.shape) for spec in layer.parameters(shape))
        total += weights * math.prod(following[:-1])
        shape = following
    return total


def fused(layers: Sequence[NamedLayer]) -> list[NamedLayer]:
    """Build the same network with as many layers as possible fused into the ones before them."""
    result: list[NamedLayer] = []
    for name, layer in layers:
        both = pooled(result[-1][1], layer) if result else None
        if both is None:
            result.append((name, layer))
        else:
            result[-1] = (result[-1][0], both)
    return result
