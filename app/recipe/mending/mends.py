"""Finds ways out of one fault of a recipe, and offers those alone that truly lead out of it."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from . import fields, shapes, whole
from .edits import Draft, Path, layer_index, path_of
from .way_out import WayOut

MOST_MENDS: Final = 3
_MOST_TRIED: Final = 24


class FaultPlace(NamedTuple):
    """Where a recipe is wrong: the rule it breaks, the dotted path of the field, the nearest value
    that would be right.
    """

    rule: str
    field: str
    limit: float | None = None


class Mend(NamedTuple):
    """A recipe without the fault, and in a few words what differs."""

    sentence: str
    recipe: Draft


Weight = tuple[int, int]
FindPlaces = Callable[[Draft], list[FaultPlace]]

_WAYS: Final[dict[str, Callable[[Draft, Path, float | None], Iterator[WayOut]]]] = {
    "field": fields.ways_out,
    "batch": fields.ways_out,
    "length": fields.ways_out_of_lengths,
    "filters": whole.ways_out_of_filters,
    "objective": whole.ways_out_of_objectives,
    "shapes": shapes.ways_out,
    "learning": whole.ways_out_of_freezing,
    "size": whole.ways_out_of_sizes,
}


def mends_of(draft: Draft, place: FaultPlace, find_places: FindPlaces) -> list[Mend]:
    """Returns at most three mends of what is wrong at `place`, as they were found.

    `find_places` tells where a draft is wrong. A mend leaves nothing wrong there, and no more
    wrong elsewhere than there was.
    """
    if not _has_layers(draft) or any("." in name for name in draft):  # a path means one place
        return []
    before = weight_of(find_places(draft))
    found: dict[str, tuple[Weight, WayOut]] = {}
    ways = _WAYS[place.rule](draft, path_of(place.field), place.limit)
    for way in islice(ways, _MOST_TRIED):
        kind = _kind(way.sentence)
        if kind in found or way.draft == draft:
            continue
        left = find_places(way.draft)
        weight = weight_of(left)
        if weight <= before and not is_still_wrong(draft, place, way.draft, left):
            found[kind] = (weight, way)
    least = min((weight for weight, _ in found.values()), default=None)
    return [Mend(*way) for weight, way in found.values() if weight == least][:MOST_MENDS]


def _has_layers(draft: Draft) -> bool:
    """Tells if the draft's layers are such that one can be named, moved and dropped."""
    layers = draft.get("layers")
    return isinstance(layers, list) and all(
        isinstance(layer, dict) and isinstance(layer.get("type"), str) for layer in layers
    )


def weight_of(places: list[FaultPlace]) -> Weight:
    """Weighs faults: fields that are wrong by themselves first, for they hide what else is."""
    fields_wrong = sum(place.rule == "field" for place in places)
    return fields_wrong, len(places) - fields_wrong


def is_still_wrong(draft: Draft, place: FaultPlace, other: Draft, found: list[FaultPlace]) -> bool:
    """Tells if what was wrong at `place` of `draft` is among what was `found` wrong in another.

    Layers are counted from the end, for those before may have come or gone. A network's first
    layer that doesn't fit hides those behind it; so it must have come nearer to the end.
    """
    here = _from_end(draft, place)
    others = [(one.rule, _from_end(other, one)) for one in found]
    if place.rule == "shapes":
        return any(rule == "shapes" and at[1] >= here[1] for rule, at in others)
    return (place.rule, here) in others


def _from_end(draft: Draft, place: FaultPlace) -> tuple[Any, ...]:
    path = path_of(place.field)
    index = layer_index(path)
    return path if index is None else ("layers", len(draft["layers"]) - index, *path[2:])


def _kind(sentence: str) -> str:
    """Returns a mend's words without numbers: 256 units and 128 units are one kind of mend."""
    return "".join(letter for letter in sentence if not letter.isdigit())
