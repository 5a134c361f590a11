"""Which fields of a recipe can differ within a sweep, and recipes in which some of them do."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final, get_args

from ..vocabulary.field_labels import label_of
from ..vocabulary.layers.naming import named
from .difference_words import changed
from .objectives import Objective
from .optimizers import Optimizer
from .recipe import Recipe

Scalar = bool | int | float | str

_PLAIN: Final = ("scaling", "pixels", "labels", "batch_size", "steps", "epochs", "data_seed")
_PARTS: Final = ("objective", "optimizer")
_KINDS: Final = {
    kind.model_fields["type"].default: kind
    for union in (Objective, Optimizer)
    for kind in get_args(get_args(union)[0])
}
NOT_SWEPT: Final = {
    "dataset": "a map compares runs on the same pictures: make one sweep for each data set",
    "own": "a map compares runs on the same pictures: make one sweep for each data set",
    "seed": "say them as seeds: every cell is trained with each of them",
    "name": "it changes nothing that is computed",
    "layers": "say one setting of one layer, as in layers.0.weight_decay",
    "without": "say it of the recipe that all cells begin with",
    "objective": "say one setting of it, as in objective.sparsity",
    "optimizer": "say one setting of it, as in optimizer.learning_rate",
}
"""Why other fields of a recipe can't differ within a sweep."""


def swept_fields(recipe: Recipe) -> list[str]:
    """Lists the dotted paths of all that can differ, in a recipe's own order."""
    paths = list(_PLAIN)
    for part in _PARTS:
        paths += [f"{part}.{name}" for name in type(getattr(recipe, part)).model_fields]
    for index, layer in enumerate(recipe.layers):
        names = [field.name for field in fields(layer) if field.name != "type"]
        paths += [f"layers.{index}.{name}" for name in names]
    return paths


def canonical_field(recipe: Recipe, asked: str) -> str:
    """Returns the path of a field that may name a layer, as in layers.conv1.weight_decay."""
    parts = asked.split(".")
    if len(parts) > 1 and parts[0] == "layers":
        names = [name for name, _ in named(recipe.layers)]
        if parts[1] in names:
            parts[1] = str(names.index(parts[1]))
    return ".".join(parts)


def with_values(draft: Mapping[str, Any], values: Mapping[str, Scalar]) -> dict[str, Any]:
    """Returns a whole recipe, as JSON and unchecked, in which fields have other values.

    Of an optimiser of another kind the settings stay that it has too.
    """
    whole = dict(draft)
    for path in sorted(values, key=lambda path: not path.endswith(".type")):
        _put(whole, path.split("."), values[path])
    return whole


def value_at(draft: Mapping[str, Any], path: str) -> Any:
    """Returns what a whole recipe, as JSON, says of a field; None where it says nothing."""
    found: Any = draft
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list) else found.get(part)
    return found


def title_of(recipe: Recipe, path: str) -> str:
    """Says what a field is called: `learning rate`, `conv2 filters`."""
    *_, owner, name = ("recipe", *path.split("."))
    if name == "type":
        return label_of("recipe", owner).text.lower()
    if not path.startswith("layers."):
        return label_of(owner, name).text.lower()
    layer_name, layer = named(recipe.layers)[int(owner)]
    label = label_of(layer.type, name).text.lower()
    return label if layer_name == "conv1" else f"{layer_name} {label}"


def words_for(recipe: Recipe, path: str, value: Scalar) -> str:
    """Says what a field is, for a table: `lr 0.02`, `conv2 5×5`."""
    kinds = [layer.type for layer in recipe.layers]
    if path.startswith("layers."):
        return changed(path, value, kinds[: int(path.split(".")[1]) + 1])
    return changed(path, value)


def _put(whole: dict[str, Any], parts: list[str], value: Scalar) -> None:
    first, *rest = parts
    if not rest:
        whole[first] = value
        whole.pop({"steps": "epochs", "epochs": "steps"}.get(first, ""), None)
    elif first == "layers":
        layers = list(whole[first])
        layers[int(rest[0])] = {**layers[int(rest[0])], rest[1]: value}
        whole[first] = layers
    elif rest == ["type"] and value in _KINDS:
        theirs = _KINDS[value].model_fields
        old: dict[str, Any] = whole[first]
        whole[first] = {name: old[name] for name in old if name in theirs} | {"type": value}
    else:
        whole[first] = {**whole[first], rest[0]: value}
