"""One call of a layer's constructor as one layer of a draft, argument by argument."""

import ast
import difflib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .dialects import MEANINGS, Constructor
from .draft import CannotBe, Draft, LayerDraft, Word
from .plain import shown
from .settings import SETTERS, SILENT
from .values import Unsaid, value_of

_OF_EVERY_LAYER = frozenset({"input_shape", "batch_shape"})
_NUMBERS = frozenset(
    {
        *("filters", "kernel_size", "rows", "columns", "strides", "pool_strides", "units", "rate"),
        *("pool_size", "depth_multiplier", "momentum", "epsilon", "in_channels", "zeros"),
    }
)
_OF_A_POOL = {"strides": "pool_strides", "kernel_size": "pool_size"}
_TAKEN: dict[str, frozenset[str]] = {
    kind: frozenset(names)
    for kind, names in {
        "conv2d": (
            *("filters", "kernel_size", "rows", "columns", "strides", "padding", "activation"),
            *("kernel_initializer", "weight_decay", "groups", "dilation", "use_bias"),
            *("in_channels", "data_format", "trainable", "padding_mode"),
        ),
        "depthwise_conv2d": (
            *("kernel_size", "strides", "padding", "activation", "depth_multiplier"),
            *("kernel_initializer", "weight_decay", "dilation", "use_bias", "data_format"),
            "trainable",
        ),
        "max_pool2d": ("pool_size", "pool_strides", "padding", "data_format", "dilation"),
        "average_pool2d": ("pool_size", "pool_strides", "padding", "data_format"),
        "global_average_pool2d": ("output_size", "data_format"),
        "flatten": ("data_format",),
        "dense": (
            *("units", "activation", "kernel_initializer", "weight_decay", "use_bias"),
            "trainable",
        ),
        "dropout": ("rate",),
        "batch_normalization": (
            *("momentum", "torch_momentum", "epsilon", "center", "scale", "trainable"),
        ),
        "padding": ("zeros", "data_format"),
        "activation": ("activation", "max_value"),
    }.items()
}


class Given(NamedTuple):
    """An argument as the text has it."""

    name: str
    value: Any
    node: ast.AST  # whose place in the text it is


class Positions:
    """Finds where a node stands in the text, in characters."""

    def __init__(self, text: str) -> None:
        self._lines = [line.encode() for line in text.split("\n")]
        lengths = [len(line) + 1 for line in text.split("\n")]
        self._starts = [sum(lengths[:number]) for number in range(len(lengths))]

    def of(self, node: Any) -> tuple[int, int]:
        """Returns the first character's place and the one behind the last."""
        return (
            self._place(node.lineno, node.col_offset),
            self._place(node.end_lineno, node.end_col_offset),
        )

    def _place(self, line: int, byte: int) -> int:
        return self._starts[line - 1] + len(self._lines[line - 1][:byte].decode(errors="replace"))


def arguments_of(
    call: ast.Call, constructor: Constructor, names: Mapping[str, Any]
) -> Iterator[Given]:
    """Gives a call's arguments by name, those by place first; `*pair` counts as its parts."""
    places = list(constructor.arguments)
    for argument in call.args:
        inner = argument.value if isinstance(argument, ast.Starred) else argument
        value = value_of(inner, names)
        several = isinstance(argument, ast.Starred) and isinstance(value, tuple)
        for part in value if several else (value,):
            name = places.pop(0) if places else f"argument {len(constructor.arguments) + 1}"
            yield Given(name, part, argument)
    for keyword in call.keywords:
        if keyword.arg:
            yield Given(keyword.arg, value_of(keyword.value, names), keyword)


def meaning_of(kind: str, name: str) -> str:
    """Returns what an argument of that name means in a layer of that kind."""
    meaning = MEANINGS.get(name, name)
    if kind == "padding" and meaning == "padding":
        return "zeros"
    is_pool = kind in ("max_pool2d", "average_pool2d")
    return _OF_A_POOL.get(meaning, meaning) if is_pool else meaning


def read_layer(draft: Draft, kind: str, given: Iterator[Given], positions: Positions) -> LayerDraft:
    """Makes a layer of a constructor's arguments; what can't be is noted, with the nearest."""
    layer, index = LayerDraft(kind), len(draft.layers)
    for name, value, node in given:
        meaning = meaning_of(kind, name)
        draft.words.append(Word(*positions.of(node), meaning, index))
        if meaning not in _TAKEN.get(kind, frozenset()) | _OF_EVERY_LAYER:
            _note_unknown(draft, kind, name, value)
        elif isinstance(value, Unsaid) and meaning in _NUMBERS:
            draft.note(
                value.words, f"{value.words} has no value in what was pasted: write its number."
            )
        else:
            try:
                SETTERS[meaning](draft, layer, value)
            except CannotBe as problem:
                draft.note(name, f"{name}: {problem}.")
    return layer


def _note_unknown(draft: Draft, kind: str, name: str, value: Any) -> None:
    if name in SILENT or draft.has_said_enough:
        return
    names = {*_TAKEN.get(kind, ()), *MEANINGS} - {"pool_strides"}
    near = difflib.get_close_matches(name, sorted(names), 1)
    mend = f"; did you mean {near[0]}?" if near else "."
    draft.note(name, f"{name}={shown(value)} isn't known here and is left out{mend}")
