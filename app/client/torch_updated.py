"""Which optimisers of PyTorch update a model, by the parameters that they were given."""

from __future__ import annotations

import weakref
from typing import Any

from .torch_layers import kind_of


def updates_anything(optimizer: Any, model: Any) -> bool:
    """Tells whether an optimiser updates any of a model's parameters."""
    own = {id(parameter) for parameter in model.parameters()}
    return any(id(p) in own for group in optimizer.param_groups for p in group["params"])


def was_skipped(optimizer: Any) -> bool:
    """Tells whether a fused step was left out for gradients that weren't finite.

    Other steps aren't called at all then. On a GPU nobody waits to know, so there it counts.
    """
    found = getattr(optimizer, "found_inf", None)
    return found is not None and found.device.type == "cpu" and bool(found)


class UpdatedLayer:
    """The layer by which a model's optimiser is known: the first convolution that learns."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._layer: Any = None
        self._known: dict[int, tuple[Any, tuple[int, ...], bool]] = {}

    def is_updated_by(self, optimizer: Any) -> bool:
        """Tells whether an optimiser updates it.

        Its parameters are looked up anew, since parametrisations and loading replace them.
        """
        if self._layer is None:
            self._layer = _first_that_learns(self._model)
        marks = (len(optimizer.param_groups), *map(id, self._layer._parameters.values()))
        known = self._known.get(id(optimizer))
        if known and known[0]() is optimizer and known[1] == marks:
            return known[2]
        found = updates_anything(optimizer, self._layer)
        self._known[id(optimizer)] = weakref.ref(optimizer), marks, found
        return found


def _first_that_learns(model: Any) -> Any:
    found = [module for module in model.modules() if kind_of(module)]
    convolutions = [module for module in found if kind_of(module) != "dense"]
    for module in (*convolutions, *found):
        if any(parameter.requires_grad for parameter in module.parameters()):
            return module
    return model
