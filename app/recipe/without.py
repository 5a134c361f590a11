"""Filters that a network does without: what a recipe may say of them."""

from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ..vocabulary.layers import AnyLayer, Conv2D
from ..vocabulary.layers.naming import named
from .model import refuse

_Filters = Annotated[
    list[Annotated[int, Field(ge=0, lt=1024, strict=True)]], Field(min_length=1, max_length=1024)
]
_ANSWERS_ZERO: Final = "a sigmoid answers 0.5 where all weights are 0, so its filters are never off"


def _in_order(without: dict[str, list[int]]) -> dict[str, list[int]] | None:
    for layer, filters in without.items():
        if len(set(filters)) < len(filters):
            message = f"name each filter of {layer[:40]} once"
            raise PydanticCustomError("named_twice", "{message}", {"message": message})
    return {layer: sorted(without[layer]) for layer in sorted(without)} or None


Without = Annotated[dict[str, _Filters], Field(max_length=32), AfterValidator(_in_order)]


def check_filters_without(layers: list[AnyLayer], without: dict[str, list[int]]) -> None:
    """Refuses what no filter can be held at, or what leaves a layer none."""
    there = {name: layer for name, layer in named(layers) if isinstance(layer, Conv2D)}
    for name, filters in without.items():
        layer = there.get(name)
        if layer is None:
            message = f"there is no conv layer {name[:40]!r}; there are {', '.join(there)}"
            raise refuse(message, field="without")
        last = layer.filters - 1
        if filters[-1] > last:
            message = f"{name} has {layer.filters} filters, counted from 0"
            raise refuse(message, field=f"without.{name}", limit=last)
        if len(filters) == layer.filters:
            raise refuse(f"leave {name} one filter at least", field=f"without.{name}", limit=last)
        if layer.activation == "sigmoid":
            raise refuse(_ANSWERS_ZERO, field=f"without.{name}")
