"""Settings of Keras's layers in the words of any version."""

from collections.abc import Mapping
from typing import Any, Final

from .keras_config import NetworkConfig

_ACTIVATIONS: Final = ("linear", "relu", "tanh", "sigmoid", "softmax")
_LARGEST: Final = 2**31 - 1

# Each type's kind; those of Keras 1 have names of their own.
KINDS: Final = {
    "Dense": "dense",
    "AtrousConvolution2D": "conv2d",
    "Deconvolution2D": "conv2d_transpose",
    "Convolution2DTranspose": "conv2d_transpose",
    "DepthwiseConv1D": "depthwise_conv1d",
    "DepthwiseConv2D": "depthwise_conv2d",
    "DepthwiseConvolution2D": "depthwise_conv2d",
    **{f"Conv{axes}D": f"conv{axes}d" for axes in (1, 2, 3)},
    **{f"Convolution{axes}D": f"conv{axes}d" for axes in (1, 2, 3)},
    **{f"Conv{axes}DTranspose": f"conv{axes}d_transpose" for axes in (1, 2, 3)},
}
SEPARABLE: Final = {
    "SeparableConv1D": 1,
    "SeparableConv2D": 2,
    "SeparableConvolution1D": 1,
    "SeparableConvolution2D": 2,
}


def axes_of(kind: str) -> int:
    """Counts the axes that a kind's kernels slide along."""
    return 0 if kind == "dense" else int(kind.partition("conv")[2][0])


def sizes(settings: Mapping[str, Any], axes: int, *names: str) -> tuple[int, ...] | None:
    """Returns a setting that is a size for each axis, by the first of its names that is there."""
    value = next((settings[name] for name in names if settings.get(name) is not None), None)
    each = [value] * axes if isinstance(value, int) else value
    if not isinstance(each, list) or len(each) != axes or not all(map(_is_size, each)):
        return None
    return tuple(each)


def _is_size(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LARGEST


def size(settings: Mapping[str, Any], *names: str) -> int | None:
    """Returns a setting that is one size, by the first of its names that is there."""
    value = next((settings[name] for name in names if name in settings), None)
    return value if _is_size(value) else None


def number(settings: Mapping[str, Any], name: str) -> float | None:
    """Returns a setting that is a finite number."""
    value = settings.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= _LARGEST else None


def padding(settings: Mapping[str, Any]) -> str | None:
    """Returns `valid` or `same`, where the description says so."""
    found = settings.get("padding", settings.get("border_mode"))
    return found if found in ("valid", "same") else None


def activation(settings: Mapping[str, Any]) -> str | None:
    """Names the activation, where it is one that is known."""
    found = settings.get("activation")
    if isinstance(found, dict):  # an object of Keras 3, or a layer
        inner = found.get("config")
        found = inner if isinstance(inner, str) else found.get("class_name")
        found = found.lower() if isinstance(found, str) else None
    if found is None and "activation" in settings:
        return "linear"
    return found if isinstance(found, str) and found in _ACTIVATIONS else None


def has_bias(settings: Mapping[str, Any]) -> bool | None:
    """Tells whether a layer adds a bias, where the description says so."""
    found = settings.get("use_bias", settings.get("bias"))
    return found if isinstance(found, bool) else None


def is_channels_first(settings: Mapping[str, Any]) -> bool:
    """Tells whether images have their channels first there."""
    return settings.get("data_format") == "channels_first" or settings.get("dim_ordering") == "th"


def image_shape(network: NetworkConfig) -> tuple[int, int, int] | None:
    """Returns height, width, channels of the images that a network takes, where it says so."""
    for layer in network.layers:
        for name in ("batch_shape", "batch_input_shape"):
            shape = layer.settings.get(name)
            if isinstance(shape, list):
                return _image(shape, _takes_channels_first(network))
        shape = layer.settings.get("input_shape")
        if isinstance(shape, list):
            return _image([None, *shape], _takes_channels_first(network))
    return None


def _takes_channels_first(network: NetworkConfig) -> bool:
    return any(is_channels_first(layer.settings) for layer in network.layers)


def _image(shape: list[Any], channels_first: bool) -> tuple[int, int, int] | None:
    if len(shape) != 4 or not all(map(_is_size, shape[1:])):
        return None
    first, second, third = shape[1:]
    return (second, third, first) if channels_first else (first, second, third)
