"""What of a recipe isn't as in its preset: field by field, in a fixed order, each in few words."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final, NamedTuple, get_args

from .difference_words import added, changed, removed
from .objectives import Objective
from .optimizers import Optimizer
from .presets import PRESETS
from .resolution import resolve

Plain = str | float | bool
"""A JSON value that is no list and no object; of filters to begin with the word for them."""
_Told = Mapping[str, Any]

_BEFORE: Final = ("dataset", "scaling", "pixels", "labels")
_AFTER: Final = ("batch_size", "steps", "epochs", "seed", "data_seed")
_KINDS: Final = {
    kind.model_fields["type"].default: kind
    for union in (Objective, Optimizer)
    for kind in get_args(get_args(union)[0])
}


class Difference(NamedTuple):
    """One thing that isn't as in the preset.

    Attributes:
        field: its dotted path in the recipe; in the preset's, where the preset alone has it.
        value: what it is; None where a layer of the preset was taken out.
        preset_value: what it is in the preset; None where the preset says nothing of it.
        words: `lr 0.02`, `3×3`.
    """

    field: str
    value: Plain | None
    preset_value: Plain | None
    words: str


def differences(recipe: _Told, preset: str | None) -> list[Difference] | None:
    """Returns what of a recipe, as JSON, differs from its preset as it is now.

    The order is a recipe's own: pictures, layers, optimiser, length, seeds. None if there is no
    such preset to differ from. A recipe's name is no difference, and neither is what an older
    version had no field for.
    """
    if preset not in PRESETS:
        return None
    known = _whole(preset)
    return [
        *_plain(_BEFORE, recipe, known),
        *_of_kind("objective", recipe, known),
        *_layers(recipe.get("layers", []), known["layers"]),
        *_without(recipe.get("without") or {}),
        *_of_kind("optimizer", recipe, known),
        *_plain(_AFTER, recipe, known),
    ]


@lru_cache
def _whole(preset: str) -> dict[str, Any]:
    return resolve({"preset": preset}).model_dump(mode="json", exclude_none=True)


def _plain(fields: tuple[str, ...], recipe: _Told, known: _Told) -> Iterator[Difference]:
    for field in fields:
        if field in recipe and recipe[field] != known.get(field):
            yield _changed(field, recipe[field], known.get(field))


def _of_kind(field: str, recipe: _Told, known: _Told) -> Iterator[Difference]:
    """Yields what differs of an optimiser or objective; of one of another kind whatever isn't as
    in the preset's or, where that has no such setting, as that kind begins.
    """
    ours, theirs = recipe.get(field, known[field]), known[field]
    kind = ours["type"]
    if kind != theirs["type"]:
        yield _changed(f"{field}.type", kind, theirs["type"])
    begins = _KINDS[kind].model_fields
    for name, value in ours.items():
        there = theirs.get(name)
        usual = begins[name].default if there is None and name in begins else there
        if name != "type" and value != usual:
            yield _changed(f"{field}.{name}", value, there)


def _layers(ours: list[_Told], theirs: list[_Told]) -> Iterator[Difference]:
    """Yields what differs of the layers: those that go together are compared, others told whole."""
    kinds, their_kinds = ([layer["type"] for layer in layers] for layers in (ours, theirs))
    for how, i1, i2, j1, j2 in _aligned(their_kinds, kinds):
        if how == "equal":
            for place, layer, other in zip(range(j1, j2), ours[j1:j2], theirs[i1:i2], strict=True):
                yield from _settings(place, layer, other, kinds)
            continue
        for place in range(i1, i2):
            kind = their_kinds[place]
            yield Difference(f"layers.{place}", None, kind, removed(kind))
        for place in range(j1, j2):
            yield Difference(f"layers.{place}", kinds[place], None, added(kinds[place]))


def _without(held: Mapping[str, list[int]]) -> Iterator[Difference]:
    """Yields the filters that are held at 0, which no preset has."""
    for layer, filters in held.items():
        told = ", ".join(str(filter_ + 1) for filter_ in filters)  # as the page counts them
        yield _changed(f"without.{layer}", told, None)


def _aligned(theirs: list[str], ours: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if theirs == ours:  # as mostly, and a matcher takes its time
        return [("equal", 0, len(theirs), 0, len(ours))]
    return SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()


def _settings(place: int, ours: _Told, theirs: _Told, kinds: list[str]) -> Iterator[Difference]:
    for name, value in ours.items():
        if value != theirs.get(name):
            path = f"layers.{place}.{name}"
            yield _changed(path, value, theirs.get(name), kinds[: place + 1])


def _changed(field: str, value: Any, there: Any, kinds: list[str] | None = None) -> Difference:
    """Tells one change; `kinds` are those of a layer and of all before it."""
    value, there = _word(value), _word(there)
    return Difference(field, value, there, changed(field, value, kinds or []))


def _word(value: Any) -> Any:
    """Returns a value, or of filters that somebody chose what they are called."""
    if isinstance(value, Mapping):
        return value.get("name") or value["type"]
    return value
