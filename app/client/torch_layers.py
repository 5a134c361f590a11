"""The layers of a PyTorch model that have filters or weights, and what is told of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from .torch_copies import copied
from .torch_kernels import Turned, turned, weight_of
from .torch_views import KeptViews
from .watched_network import WatchedLayer

Shape = tuple[int, ...]
_ACTIVATIONS = {"ReLU": "relu", "Tanh": "tanh", "Sigmoid": "sigmoid"}
_SHARDED = "FullyShardedDataParallel", "FSDPModule"


def unwrapped(model: Any) -> Any:
    """Gives the model inside what data parallel training and `torch.compile` put around it."""
    import torch

    around: Any = (torch.nn.DataParallel, torch.nn.parallel.DistributedDataParallel)
    dynamo = getattr(torch, "_dynamo", None)
    if dynamo is not None and hasattr(dynamo, "OptimizedModule"):
        around = (*around, dynamo.OptimizedModule)
    while isinstance(model, around):
        model = model._modules.get("module") or model._modules["_orig_mod"]
    return model


def is_sharded(model: Any) -> bool:
    """Tells whether no process has whole weights: FSDP of either kind, or ZeRO's third stage."""
    names = {name.__name__ for module in model.modules() for name in type(module).__mro__}
    return bool(names.intersection(_SHARDED)) or any(
        hasattr(parameter, "full_tensor") or hasattr(parameter, "ds_id")
        for parameter in model.parameters()
    )


def kind_of(module: Any) -> str | None:
    """Names the type of a layer that has a kernel, as Keras does; None for any other."""
    from torch import nn

    if isinstance(module, nn.Linear):
        return "dense"
    for size in (1, 2, 3):
        if isinstance(module, getattr(nn, f"ConvTranspose{size}d")):
            return f"conv{size}d_transpose"
        if isinstance(module, getattr(nn, f"Conv{size}d")):
            is_depthwise = size < 3 and module.in_channels == module.groups > 1
            return f"depthwise_conv{size}d" if is_depthwise else f"conv{size}d"
    return None


def with_kernels(model: Any) -> list[tuple[str, Any, str]]:
    """Lists path, module and kind of each layer that has a kernel, in the order of the model."""
    return [
        (_title(path), module, kind)
        for path, module in model.named_modules()
        if (kind := kind_of(module)) and _has_numbers(module)
    ]


def _has_numbers(module: Any) -> bool:
    """Tells whether its weights are there: lazy ones have no shape before the first batch."""
    from torch.nn.parameter import is_lazy

    own = list(module.parameters())
    return bool(own) and not any(is_lazy(parameter) for parameter in own)


def _title(path: str) -> str:
    return ".".join(part for part in path.split(".") if part != "_orig_mod") or "model"


def watched(
    told: dict[str, Any], module: Any, tensors: Callable[[], list[tuple[str, Turned]]]
) -> WatchedLayer:
    """Makes a layer of what is told of it and what gives a module's weights as they stand."""
    import torch

    views = KeptViews(module)

    def copies() -> dict[str, Any]:
        kept = views.copies()
        if kept is not None:
            return kept
        with torch.no_grad():
            weights = tensors()
            views.keep(weights)
            return {name: copied(*each) for name, each in weights}

    with torch.no_grad():
        shapes = {name: weights.shape for name, weights in tensors()}
    kernel = shapes.get("kernel")
    return WatchedLayer({**told, "shape": kernel and list(kernel)}, shapes, copies)


def layers_of(model: Any) -> list[WatchedLayer]:
    """Describes every layer that has a kernel."""
    behind = dict(_activations(model))
    return [
        _layer(title, module, kind, behind.get(id(module)))
        for title, module, kind in with_kernels(model)
    ]


def _layer(title: str, module: Any, kind: str, activation: str | None) -> WatchedLayer:
    def tensors() -> list[tuple[str, Turned]]:
        found = [("kernel", turned(module, weight_of(module), kind))]
        if module.bias is not None:
            found.append(("bias", Turned(module.bias, tuple(module.bias.shape))))
        return found

    told = {"title": title, "kind": kind, **_settings(module, kind), "activation": activation}
    return watched(told, module, tensors)


def _settings(module: Any, kind: str) -> dict[str, Any]:
    has_bias = module.bias is not None
    if kind == "dense":
        return {"groups": 1, "strides": None, "padding": None, "dilation": None, "bias": has_bias}
    padding: Any = module.padding
    if module.padding_mode != "zeros":
        padding = None
    elif not isinstance(padding, str):
        padding = [[side, side] for side in padding] if any(padding) else "valid"
    return {
        "groups": module.groups,
        "strides": list(module.stride),
        "padding": padding,
        "dilation": list(module.dilation),
        "bias": has_bias,
    }


def _activations(model: Any) -> Iterator[tuple[int, str]]:
    """Finds what follows each layer, where a Sequential says it."""
    from torch import nn

    for module in model.modules():
        if isinstance(module, nn.Sequential):
            parts = list(module)
            for part, following in itertools.pairwise(parts):
                name = _ACTIVATIONS.get(type(following).__name__)
                if name or isinstance(following, nn.BatchNorm2d | nn.MaxPool2d | nn.Flatten):
                    yield id(part), name or "linear"
