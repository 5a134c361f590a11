"""One image's way through a whole network, and what every layer made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..engine.layers import inference_setting, prepare
from ..vocabulary.layers import Layer
from ..vocabulary.layers.naming import named, weight_name

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Walk:
    """What went into each layer and came out, float32, by the layer's name, in order.

    `missing` names the first layer whose weights weren't there, where the walk ended, or is None.
    """

    inputs: dict[str, Floats]
    outputs: dict[str, Floats]
    missing: str | None


def walk(
    layers: Sequence[Layer],
    image: Floats,
    weights: Mapping[str, Floats],
    change: Callable[[str, Floats], None] | None = None,
) -> Walk:
    """Takes an image through `layers` for as long as their weights are known.

    Args:
        image: float32 (height, width, channels), scaled as in training.
        weights: by "conv1/kernel", "conv1/bias", …; arrays that belong to no layer are ignored.
        change: called with each layer's name and what came out, to be changed where it lies.
    """
    inputs: dict[str, Floats] = {}
    outputs: dict[str, Floats] = {}
    current = image[None]
    for name, layer in named(layers):
        shape = current.shape[1:]
        specs = layer.weights(shape)
        if any(weight_name(name, spec.name) not in weights for spec in specs):
            return Walk(inputs, outputs, name)
        values = {spec.name: weights[weight_name(name, spec.name)] for spec in specs}
        passes = prepare(layer, inference_setting(layer, shape, values, images=1))
        inputs[name] = current[0].copy()
        current = passes.forward(current, training=False).astype(np.float32, copy=False)
        if change is not None:
            change(name, current[0])
        outputs[name] = current[0].copy()
    return Walk(inputs, outputs, None)
