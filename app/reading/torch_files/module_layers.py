"""Layers out of whole modules, which say themselves of what kind they are."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

from ..composed import composed
from ..contents import FoundLayer
from ..kinds import LayerKind
from ..named_layers import layer_of
from ..tensors import StoredTensor
from ..unclear import Unclear
from .modules import TorchModule
from .source import TorchSource

_CONV: Final = re.compile(r"\w*?Conv(Transpose)?([123])d\w*")
_ACTIVATIONS: Final = {"ReLU": "relu", "Tanh": "tanh", "Sigmoid": "sigmoid"}
_NO_ACTIVATION: Final = ("BatchNorm2d", "MaxPool2d", "Flatten")
_PARAMETRISED: Final = "parametrizations"


def layers_in(
    source: TorchSource, modules: Sequence[TorchModule], before: str, notes: Unclear
) -> list[FoundLayer | None]:
    """Lists the layers with a kernel as `watch` does; None for one that can't be shown.

    Args:
        before: what leads to the outermost module, if there are several.
    """
    behind = _activations(modules)
    by_path = {module.path: module for module in modules}
    layers = []
    for module in modules:
        tensors = _tensors(source, module, by_path)
        kernel = tensors.get("weight") or composed(tensors)
        if kernel is None or not kernel.entries:
            continue
        settings = {**source.settings(module.made_by), **module.settings}
        kind = _kind(module, kernel.shape, settings)
        if kind is None:
            continue
        title = ".".join(part for part in (before, _title(module.path)) if part) or "model"
        told = _settings(kind, settings) | {"activation": behind.get(module.path)}
        layers.append(layer_of(title, kind, kernel, tensors.get("bias"), notes, **told))
    return layers


def _title(path: str) -> str:
    return ".".join(part for part in path.split(".") if part != "_orig_mod")


def _tensors(
    source: TorchSource, module: TorchModule, by_path: dict[str, TorchModule]
) -> dict[str, StoredTensor]:
    """Returns a module's own tensors, and the parts that its weight is made of."""
    found = dict(module.tensors)
    inner = by_path.get(".".join(part for part in (module.path, _PARAMETRISED, "weight") if part))
    if inner is not None and "original0" in inner.tensors and "original1" in inner.tensors:
        found |= {"weight_g": inner.tensors["original0"], "weight_v": inner.tensors["original1"]}
    if "weight_orig" in found or "weight_g" in found:  # then `weight` is old, or not there
        found.pop("weight", None)
    return {
        name: source.tensor(f"{module.path}.{name}", tensor)
        for name, tensor in found.items()
        if not tensor.repeats_itself
    }


def _kind(
    module: TorchModule, shape: tuple[int, ...], settings: dict[str, object]
) -> LayerKind | None:
    dimensions = len(shape) - 2
    named = _CONV.fullmatch(module.class_name)
    is_conv = {"kernel_size", "stride", "dilation"} <= settings.keys() or named is not None
    if dimensions == 0 and not is_conv:
        is_linear = {"in_features", "out_features"} <= settings.keys()
        return LayerKind("dense", "oihw") if is_linear or "Linear" in module.class_name else None
    if not is_conv or not 1 <= dimensions <= 3:
        return None
    transposed = settings.get("transposed", named is not None and named[1] is not None)
    groups = _groups(settings, shape)
    if transposed is True:
        return LayerKind(f"conv{dimensions}d_transpose", "oihw", groups)
    if shape[1] == 1 and groups > 1 and dimensions < 3:
        return LayerKind(f"depthwise_conv{dimensions}d", "oihw", groups)
    return LayerKind(f"conv{dimensions}d", "oihw", groups)


def _groups(settings: dict[str, object], shape: tuple[int, ...]) -> int:
    groups = settings.get("groups")
    fits = type(groups) is int and 0 < groups <= shape[0] and shape[0] % groups == 0
    return groups if fits and isinstance(groups, int) else 1


def _settings(kind: LayerKind, settings: dict[str, object]) -> dict[str, object]:
    """Tells strides, padding and dilation as `watch` does."""
    if kind.name == "dense":
        return {}
    padding: object = settings.get("padding")
    if settings.get("padding_mode", "zeros") != "zeros":
        padding = None
    elif isinstance(padding, tuple | list):
        padding = tuple((side, side) for side in padding) if any(padding) else "valid"
    return {
        "strides": _sizes(settings.get("stride")),
        "padding": padding if padding in ("same", "valid") or isinstance(padding, tuple) else None,
        "dilation": _sizes(settings.get("dilation")),
    }


def _sizes(value: object) -> tuple[object, ...] | None:
    return tuple(value) if isinstance(value, tuple | list) else None


def _activations(modules: Sequence[TorchModule]) -> dict[str, str]:
    """Tells what follows each layer, where a Sequential says it."""
    classes = {module.path: module.class_name for module in modules}
    found: dict[str, str] = {}
    for module in modules:
        if module.class_name != "Sequential":
            continue
        paths = [f"{module.path}.{name}" if module.path else name for name in module.parts]
        for path, following in itertools.pairwise(paths):
            name = _ACTIVATIONS.get(classes.get(following, ""))
            if name or classes.get(following) in _NO_ACTIVATION:
                found[path] = name or "linear"
    return found
