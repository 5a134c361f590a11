"""Each layer as Keras 3 writes it down: its class, its settings, its own arrays in order."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...inspection.whole import WholeLayer
from ...vocabulary.layers import (
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePool2D,
    Pool2D,
)

Arrays = list[NDArray[np.float32]]
_POOLS = {"max_pool2d": "MaxPooling2D", "average_pool2d": "AveragePooling2D"}


class KerasLayer(NamedTuple):
    """A layer of `keras.layers`, and its arrays in the order in which Keras keeps them."""

    class_name: str
    config: dict[str, Any]
    arrays: Arrays = []  # noqa: RUF012  -- never added to

    def as_json(self) -> dict[str, Any]:
        """Gives what stands for it in a model's configuration."""
        return {
            "module": "keras.layers",
            "class_name": self.class_name,
            "config": {**self.config, "dtype": "float32"},
            "registered_name": None,
        }


def keras_layer(told: WholeLayer) -> KerasLayer:
    """Says a layer as Keras has it."""
    layer, name = told.layer, {"name": told.name}
    match layer:
        case Conv2D():
            slid = {"filters": layer.filters, **_slid(layer)}
            return KerasLayer("Conv2D", name | slid | _learning(layer), _kernel_and_bias(told))
        case DepthwiseConv2D():
            slid = {"depth_multiplier": layer.depth_multiplier, **_slid(layer)}
            config = name | slid | _learning(layer)
            return KerasLayer("DepthwiseConv2D", config, _kernel_and_bias(told))
        case Dense():
            config = name | {"units": layer.units, **_learning(layer)}
            return KerasLayer("Dense", config, _kernel_and_bias(told))
        case Pool2D():
            size, stride, padding = layer.window
            config = {"pool_size": [size] * 2, "strides": [stride] * 2, "padding": padding}
            return KerasLayer(_POOLS[layer.type], name | config)
        case BatchNormalization():
            return KerasLayer("BatchNormalization", name | _normalizing(layer), _averages(told))
        case Dropout():
            return KerasLayer("Dropout", name | {"rate": layer.rate})
        case Flatten():
            return KerasLayer("Flatten", name)
        case GlobalAveragePool2D():
            return KerasLayer("GlobalAveragePooling2D", name)
    raise TypeError(f"{layer.type} has no layer of Keras")


def _slid(layer: Conv2D | DepthwiseConv2D) -> dict[str, Any]:
    sizes = {"kernel_size": [layer.kernel_size] * 2, "strides": [layer.strides] * 2}
    return sizes | {"padding": layer.padding}


def _learning(layer: Conv2D | DepthwiseConv2D | Dense) -> dict[str, Any]:
    """Says what matters to whoever trains it on. Keras's L2(x) has the gradient 2·x·W."""
    kernel = "depthwise" if isinstance(layer, DepthwiseConv2D) else "kernel"
    config: dict[str, Any] = {
        "activation": layer.activation,
        "use_bias": True,
        "trainable": layer.trainable,
    }
    if layer.weight_decay:
        config[f"{kernel}_regularizer"] = {
            "module": "keras.regularizers",
            "class_name": "L2",
            "config": {"l2": layer.weight_decay / 2},
            "registered_name": None,
        }
    return config


def _kernel_and_bias(told: WholeLayer) -> Arrays:
    return [told.weights["kernel"], told.weights["bias"]]


def _normalizing(layer: BatchNormalization) -> dict[str, Any]:
    names = ("momentum", "epsilon", "center", "scale", "trainable")
    return {"axis": -1} | {name: getattr(layer, name) for name in names}


def _averages(told: WholeLayer) -> Arrays:
    names = ("gamma", "beta", "moving_mean", "moving_variance")
    return [told.weights[name] for name in names if name in told.weights]
