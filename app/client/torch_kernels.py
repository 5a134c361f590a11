"""A module's kernel as it stands, its axes in Keras's order."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

Shape = tuple[int, ...]


class Turned(NamedTuple):
    """A tensor whose elements, read in C order, fill an array of `shape`."""

    tensor: Any
    shape: Shape


def weight_of(module: Any) -> Any:
    """Gives the weight that the module's next forward pass will use.

    The older `weight_norm`, `spectral_norm` and pruning keep it as an attribute that is stale after
    an update; it is worked out anew here. Newer parametrisations work it out when asked; one that
    would learn from being asked (`spectral_norm`) is asked as if training were over.
    """
    for hook in module._forward_pre_hooks.values():
        if getattr(hook, "name", None) == "weight" and hasattr(hook, "compute_weight"):
            if hasattr(hook, "n_power_iterations"):
                return hook.compute_weight(module, do_power_iteration=False)
            return hook.compute_weight(module)
        if getattr(hook, "_tensor_name", None) == "weight" and hasattr(hook, "apply_mask"):
            return hook.apply_mask(module)
    if "parametrizations" not in module._modules:
        return module.weight
    with _at_rest(module.parametrizations):
        return module.weight


@contextlib.contextmanager
def _at_rest(module: Any) -> Iterator[None]:
    training = [part for part in module.modules() if part.training]
    for part in training:
        part.training = False
    try:
        yield
    finally:
        for part in training:
            part.training = True


def turned(module: Any, weight: Any, kind: str) -> Turned:
    """Turns the axes of a kernel into Keras's order.

    conv: (out, in/groups, …) becomes (…, in/groups, out); transposed: (in, out/groups, …) becomes
    (…, in/groups, out); depthwise: (in·multiplier, 1, …) becomes (…, in, multiplier);
    dense: (out, in) becomes (in, out).
    """
    if kind == "dense":
        return Turned(weight.t(), tuple(weight.shape[::-1]))
    space, axes = tuple(weight.shape[2:]), range(2, weight.ndim)
    if kind.startswith("depthwise"):
        inputs = module.in_channels
        return Turned(weight.permute(*axes, 0, 1), (*space, inputs, weight.shape[0] // inputs))
    if not kind.endswith("_transpose"):
        return Turned(weight.permute(*axes, 1, 0), (*space, weight.shape[1], weight.shape[0]))
    inputs, outputs = weight.shape[:2]
    groups = module.groups
    apart = weight.unflatten(0, (groups, inputs // groups))
    order = (*(axis + 1 for axis in axes), 1, 0, 2)
    return Turned(apart.permute(*order), (*space, inputs // groups, groups * outputs))


def rows_turned(weight: Any, image: Shape) -> Turned:
    """Turns a dense layer's kernel (out, channels·height·width) behind a flattened image.

    Its rows become (height, width, channels), so that it fits images with their channels last.

    Args:
        image: height, width and channels of what was flattened.
    """
    height, width, channels = image
    apart = weight.unflatten(1, (channels, height, width))
    return Turned(apart.permute(2, 3, 1, 0), (height * width * channels, weight.shape[0]))
