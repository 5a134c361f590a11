"""The layers of a Keras model that have filters or weights, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .watched_network import WatchedLayer

Shape = tuple[int, ...]
_ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid", "softmax")


def is_built(model: Any) -> bool:
    """Tells whether every layer has its weights."""
    return bool(model.built) and all(layer.built for layer in _parts(model))


def layers_of(model: Any) -> list[WatchedLayer]:
    """Describes every layer that has a kernel, those of models inside models too."""
    return [told for layer in _parts(model) for told in _told(layer)]


def _parts(model: Any) -> list[Any]:
    return list(model._flatten_layers(include_self=False, recursive=True))


def kind_of(layer: Any) -> str | None:
    """Names the type of a layer that has one kernel; None for any other."""
    from keras import layers

    if isinstance(layer, layers.Dense):
        return "dense"
    for size in (1, 2):
        if isinstance(layer, getattr(layers, f"DepthwiseConv{size}D")):
            return f"depthwise_conv{size}d"
    for size in (1, 2, 3):
        if isinstance(layer, getattr(layers, f"Conv{size}DTranspose")):
            return f"conv{size}d_transpose"
        if isinstance(layer, getattr(layers, f"Conv{size}D")):
            return f"conv{size}d"
    return None


def _told(layer: Any) -> list[WatchedLayer]:
    from keras import layers

    if not layer.built:
        return []
    kind = kind_of(layer)
    if kind:
        return [watched_kernel(layer, kind)]
    if isinstance(layer, layers.SeparableConv2D):
        title = title_of(layer)
        depthwise = _settings(layer, "depthwise_conv2d") | {"bias": False, "activation": "linear"}
        pointwise = depthwise | {"groups": 1, "strides": [1, 1], "dilation": [1, 1]}
        pointwise |= {"bias": layer.use_bias, "activation": activation_of(layer)}
        return [
            watched(
                {"title": f"{title}/depthwise", "kind": "depthwise_conv2d", **depthwise},
                lambda: {"kernel": layer.depthwise_kernel},
            ),
            watched(
                {"title": f"{title}/pointwise", "kind": "conv2d", **pointwise},
                lambda: (
                    {"kernel": layer.pointwise_kernel}
                    | ({"bias": layer.bias} if layer.use_bias else {})
                ),
            ),
        ]
    return []


def watched_kernel(layer: Any, kind: str, *, bias: int | None = None) -> WatchedLayer:
    """Describes a layer with one kernel.

    Args:
        bias: how many zeros stand for a bias that it hasn't; None where none is told.
    """
    swaps = ("kernel",) if kind.endswith("_transpose") else ()  # (…, out, in) there

    def variables() -> dict[str, Any]:
        found = {"kernel": layer.kernel}
        return found | {"bias": layer.bias} if layer.use_bias else found

    told = {"title": title_of(layer), "kind": kind, **_settings(layer, kind)}
    zeros = {"bias": bias} if bias and not layer.use_bias else {}
    return watched(told, variables, swaps, zeros)


def watched(
    told: dict[str, Any],
    variables: Callable[[], dict[str, Any]],
    swaps: tuple[str, ...] = (),
    zeros: dict[str, int] | None = None,
) -> WatchedLayer:
    """Makes a layer of what is told of it and what gives its variables.

    Args:
        swaps: names of those whose last two axes change places.
        zeros: lengths by name of arrays of zeros that it has beside them.
    """
    from .keras_copies import copied, zeros_of

    shapes = {
        name: _swapped(tuple(variable.shape)) if name in swaps else tuple(variable.shape)
        for name, variable in variables().items()
    }
    added = zeros or {}

    def copies() -> dict[str, Any]:
        found = {name: copied(v, swaps=name in swaps) for name, v in variables().items()}
        return found | {name: zeros_of(length) for name, length in added.items()}

    shapes |= {name: (length,) for name, length in added.items()}
    kernel = shapes.get("kernel")
    return WatchedLayer({**told, "shape": kernel and list(kernel)}, shapes, copies)


def _swapped(shape: Shape) -> Shape:
    return (*shape[:-2], shape[-1], shape[-2])


def title_of(layer: Any) -> str:
    """Gives a layer's path less the model's own name."""
    path = getattr(layer, "path", None) or layer.name
    return str(path.partition("/")[2] or path)


def activation_of(layer: Any) -> str | None:
    """Names a layer's activation, where it is one that is known."""
    name = getattr(getattr(layer, "activation", None), "__name__", None)
    return name if name in _ACTIVATIONS else None


def _settings(layer: Any, kind: str) -> dict[str, Any]:
    told = {"activation": activation_of(layer), "bias": bool(layer.use_bias)}
    if kind == "dense":
        return {"groups": 1, "strides": None, "padding": None, "dilation": None, **told}
    padding = layer.padding if layer.padding in ("same", "valid") else None
    groups = getattr(layer, "groups", 1)
    return {
        "groups": _channels(layer) if kind.startswith("depthwise") else groups,
        "strides": _each(layer.strides, kind),
        "padding": padding,
        "dilation": _each(layer.dilation_rate, kind),
        **told,
    }


def _channels(layer: Any) -> int:
    kernel = layer.kernel if hasattr(layer, "kernel") else layer.depthwise_kernel
    return int(kernel.shape[-2])


def _each(number: Any, kind: str) -> list[int]:
    axes = int(kind.partition("conv")[2][0])
    return [number] * axes if isinstance(number, int) else [int(side) for side in number]
