"""A module's `forward`, or a Keras model's `call`: the order in which its layers take turns."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .arguments import Given, Positions, arguments_of, read_layer
from .dialects import Constructor
from .draft import MOST_LAYERS, Draft, LayerDraft
from .values import last_name

NAMES = ("forward", "call")
Owned = Mapping[str, range]
"""The layers that `self.conv1 = …` made, by name: their places in the draft."""

_INPUTS = "inputs"
_POOL = (_INPUTS, "pool_size", "strides", "padding")
_FUNCTIONS = {
    **dict.fromkeys(
        ("relu", "relu_", "tanh", "sigmoid", "softmax", "log_softmax"), Constructor("activation")
    ),
    "max_pool2d": Constructor("max_pool2d", _POOL),
    "avg_pool2d": Constructor("average_pool2d", _POOL),
    "adaptive_avg_pool2d": Constructor("global_average_pool2d", (_INPUTS, "output_size")),
    "dropout": Constructor("dropout", (_INPUTS, "rate")),
    "dropout2d": Constructor("dropout2d", (_INPUTS, "rate")),
    **dict.fromkeys(("flatten", "view", "reshape"), Constructor("flatten")),
}
_WITH_WEIGHTS = ("conv2d", "depthwise_conv2d", "dense", "batch_normalization")


def reorder(
    draft: Draft, body: list[ast.stmt], owned: Owned, names: Mapping[str, Any], positions: Positions
) -> None:
    """Puts the layers that a class made into the order in which `body` calls them.

    Functions between them (`F.relu`, `F.max_pool2d`, `x.view`) become layers; what is never called
    is left out.
    """
    start = min(span.start for span in owned.values())
    made, words = draft.layers[start:], list(draft.words)
    draft.layers[start:], draft.words = [], []
    places: dict[int, int] = {}
    for call in _calls_in(body):
        if len(draft.layers) >= MOST_LAYERS:
            draft.note("layers", f"Only the first {MOST_LAYERS} layers are read.")
            break
        span = owned.get(_own_name(call) or "")
        for index in (span or ())[: MOST_LAYERS - len(draft.layers)]:
            layer = made[index - start]
            if index in places and layer.kind in _WITH_WEIGHTS:
                draft.note("forward", "A layer that is used twice isn't here: two of its kind.")
            places.setdefault(index, len(draft.layers))
            draft.layers.append(replace(layer, settings=dict(layer.settings)))
        if span is None and last_name(call.func) in _FUNCTIONS:
            draft.layers.append(_function(draft, call, names, positions))
    draft.words = [
        word._replace(layer=places.get(word.layer))
        if word.layer is not None and word.layer >= start
        else word
        for word in words
    ] + draft.words


def _calls_in(body: list[ast.stmt]) -> Iterator[ast.Call]:
    """Gives all calls in the order in which they are carried out: what is inside comes first."""
    for statement in body:
        yield from _inside_first(statement)


def _inside_first(node: ast.AST) -> Iterator[ast.Call]:
    for child in ast.iter_child_nodes(node):
        yield from _inside_first(child)
    if isinstance(node, ast.Call):
        yield node


def _own_name(call: ast.Call) -> str | None:
    match call.func:
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            return name
    return None


def _function(
    draft: Draft, call: ast.Call, names: Mapping[str, Any], positions: Positions
) -> LayerDraft:
    name = last_name(call.func)
    constructor = _FUNCTIONS[name]
    if constructor.kind == "activation":
        given = [Given("activation", name.rstrip("_"), call.func)]
    elif constructor.kind == "flatten":
        given = []
    else:
        given = [one for one in arguments_of(call, constructor, names) if one.name not in _NOT_OURS]
    return read_layer(draft, constructor.kind, iter(given), positions)


_NOT_OURS = (_INPUTS, "training", "ceil_mode", "inplace")
