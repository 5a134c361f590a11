"""Reads pasted code into a recipe: a single layer takes its place in a network that is known."""

import ast
from typing import Any, NamedTuple

from .assembly import assembled
from .dialects import KERAS, KERAS_1, TORCH, WORDS_OF_KERAS_1, Dialect, DialectName
from .draft import Draft, Note, Word
from .network import recipe_of
from .source import NotCode, parse
from .statements import Reader
from .values import last_name

_SHARED = KERAS.layers.keys() & TORCH.layers.keys()


class Pasted(NamedTuple):
    """What was read.

    Attributes:
        text: the code, tidied; `words` are places in it.
        dialect: whose code it is.
        is_whole: it is a network; else it is one or a few layers, and the rest was added.
        words: each word that was understood, and what it makes.
        notes: what became something else or nothing, with the nearest that there is.
        recipe: a recipe as plain data, not yet validated.
    """

    text: str
    dialect: DialectName
    is_whole: bool
    words: tuple[Word, ...]
    notes: tuple[Note, ...]
    recipe: dict[str, Any]


def read_code(text: str) -> Pasted:
    """Reads a line or a whole Sequential of Keras 1, 2, 3 or PyTorch. Nothing of it is run.

    Raises:
        NotCode: it isn't Python, or no convolution is made in it; the message is a sentence.
    """
    try:
        source = parse(text)
        dialect = _dialect_of(source.tree)
        reader = Reader(source.text, dialect)
        reader.read(source.tree.body)
    except RecursionError:
        raise NotCode("That is nested too deeply to be read.") from None
    draft = reader.draft
    if not any(layer.kind == "conv2d" for layer in draft.layers):
        said = f" {draft.notes[0].sentence}" if draft.notes else ""
        raise NotCode(f"No Conv2D is made in it: paste a line such as Conv2D(32, 3).{said}")
    _note_strides(draft, dialect)
    layers, places = assembled(draft)
    is_whole = layers[-1]["type"] == "dense"
    recipe = recipe_of(draft, layers, is_whole=is_whole)
    words = [
        word if word.layer is None else word._replace(layer=places[word.layer])
        for word in draft.words
    ]
    return Pasted(
        source.text,
        dialect.name,
        is_whole,
        tuple(sorted(words, key=lambda word: word[:2])),
        tuple(draft.notes),
        recipe,
    )


def code_told(text: str) -> dict[str, Any]:
    """Returns the same as plain data; raises as `read_code`."""
    read = read_code(text)
    return {
        "code": read.text,
        "dialect": read.dialect,
        "is_whole": read.is_whole,
        "words": [word._asdict() for word in read.words],
        "notes": [note._asdict() for note in read.notes],
        "recipe": read.recipe,
    }


def _dialect_of(tree: ast.Module) -> Dialect:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {last_name(call.func) for call in calls}
    if names & (TORCH.layers.keys() - _SHARED):
        return TORCH
    if not names & (KERAS.layers.keys() - _SHARED) and any(map(_is_of_torch, calls)):
        return TORCH
    return KERAS_1 if any(map(_is_of_keras_1, calls)) else KERAS


def _is_of_torch(call: ast.Call) -> bool:
    return ast.unparse(call.func).startswith(("nn.", "torch.nn."))


def _is_of_keras_1(call: ast.Call) -> bool:
    words = {keyword.arg for keyword in call.keywords}
    has_sides = last_name(call.func) == "Convolution2D" and len(call.args) >= 3
    return bool(words & WORDS_OF_KERAS_1) or has_sides


def _note_strides(draft: Draft, dialect: Dialect) -> None:
    """Says what `Conv2D(32, 3, 3)` means since Keras 2, where people may have meant 3×3."""
    for layer in draft.layers:
        side = layer.settings.get("kernel_size")
        is_doubtful = dialect is KERAS and layer.kind == "conv2d" and side not in (None, 1)
        if is_doubtful and layer.settings.get("strides") == side:
            sentence = (
                f"Since Keras 2 the third number is the strides: windows step by {side}. "
                f"In Keras 1 it made the kernel {side}×{side}."
            )
            draft.note("strides", sentence)
