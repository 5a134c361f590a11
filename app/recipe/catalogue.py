"""All that a recipe can say, as data: each setting with its kind, range, default and label.

It follows from the recipe's own schema, so that a new layer or setting is in it by itself.
"""

from functools import cache
from typing import Any, Final, get_args

from ..vocabulary.datasets import DATASETS
from ..vocabulary.field_labels import STARTS, WORD_TITLES, label_of, layer_title
from ..vocabulary.kernel_starts import SMALLEST_BANK, BankName
from ..vocabulary.layers import AnyLayer
from ..vocabulary.optimizers import OPTIMIZERS
from .recipe import Recipe

_RANGES: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
}
_NOT_SETTINGS: Final = frozenset(
    {"name", "own", "layers", "without", "optimizer", "objective", "type"}
)

_TITLES: Final = {**WORD_TITLES, **{info.name: info.title for info in DATASETS.values()}}

Schema = dict[str, Any]


@cache
def _schema() -> Schema:
    return Recipe.model_json_schema()


def layer_catalogue() -> list[Schema]:
    """Lists every kind of layer with its settings, and the layer that is added when asked for."""
    schema = _schema()["$defs"]
    layers = []
    for layer in get_args(AnyLayer):
        settings = _settings(layer.type, schema[layer.__name__])
        new = {"type": layer.type, **_required(settings), **STARTS.get(layer.type, {})}
        title = layer_title(layer.type)
        layers.append({"type": layer.type, "title": title, "settings": settings, "new": new})
    return layers


def optimizer_catalogue() -> list[Schema]:
    """Lists every optimiser with its settings, and the rates that suit it."""
    definitions = _schema()["$defs"]
    kinds = {one["properties"]["type"].get("const"): one for one in _kinds(definitions)}
    return [
        {
            "type": name,
            "title": known.title,
            "settings": _settings(name, kinds[name]),
            "suits": [known.lowest, known.highest],
            "rate": known.good,
            "measured": known.measured,
        }
        for name, known in OPTIMIZERS.items()
    ]


def objective_catalogue() -> list[Schema]:
    """Lists what a network can be trained for, with what can be set of it."""
    schema = _schema()
    mapping = schema["properties"]["objective"]["discriminator"]["mapping"]
    return [
        {
            "type": name,
            "title": WORD_TITLES.get(name, name),
            "settings": _settings(name, schema["$defs"][path.rpartition("/")[2]]),
        }
        for name, path in mapping.items()
    ]


@cache
def setting_of(kind: str, name: str) -> Schema | None:
    """Returns what is known of a setting of a kind of layer, optimiser or objective, or of the
    "recipe"; None where there is none.
    """
    kinds = [*layer_catalogue(), *optimizer_catalogue(), *objective_catalogue()]
    kinds.append({"type": "recipe", "settings": recipe_catalogue()})
    settings = [one for known in kinds if known["type"] == kind for one in known["settings"]]
    return next((one for one in settings if one["name"] == name), None)


def recipe_catalogue() -> list[Schema]:
    """Lists what else a recipe says: its data, its length, its seeds."""
    return _settings("recipe", _schema())


def dataset_catalogue() -> list[Schema]:
    """Lists the data sets: what they are called, what one image is, how many classes there are."""
    return [
        {
            "name": info.name,
            "title": info.title,
            "shape": list(info.shape),
            "classes": len(info.class_names),
            "train_size": info.train_size,
        }
        for info in DATASETS.values()
    ]


def bank_catalogue() -> list[Schema]:
    """Lists the banks of filters that a convolution can begin with, from which size on."""
    return [
        {"name": name, "title": WORD_TITLES.get(name, name), "smallest": SMALLEST_BANK}
        for name in get_args(BankName)
    ]


def _kinds(definitions: Schema) -> list[Schema]:
    return [one for one in definitions.values() if "type" in one.get("properties", {})]


def _settings(owner: str, schema: Schema) -> list[Schema]:
    required = schema.get("required", ())
    return [
        _setting(owner, name, field, name in required)
        for name, field in schema["properties"].items()
        if name not in _NOT_SETTINGS
    ]


def _setting(owner: str, name: str, field: Schema, is_required: bool) -> Schema:
    parts = field.get("anyOf") or field.get("oneOf") or [field]
    first = parts[0]
    label = label_of(owner, name)
    told: Schema = {"name": name, "label": label.text, "hint": label.hint, "kind": _kind(parts)}
    told |= {ours: first[theirs] for theirs, ours in _RANGES.items() if theirs in first}
    if "enum" in first:
        told["choices"] = [[word, _TITLES.get(word, word)] for word in first["enum"]]
    if label.quick:
        told["quick"] = list(label.quick)
    told["default"] = field.get("default")
    told["start"] = label.start if label.start is not None else field.get("default")
    told["required"] = is_required
    return told


def _kind(parts: list[Schema]) -> str:
    """Names what sets it: a whole `integer`, a `number`, a `choice`, a `switch`, or the `start` of
    a kernel, which may be a word or more.
    """
    first = parts[0]
    if "enum" in first or "const" in first:
        return "start" if any("$ref" in part for part in parts) else "choice"
    return {"integer": "integer", "boolean": "switch"}.get(first.get("type", ""), "number")


def _required(settings: list[Schema]) -> Schema:
    """Says what a layer must say, with what it begins with."""
    return {
        setting["name"]: setting["start"] if setting["start"] is not None else setting["minimum"]
        for setting in settings
        if setting["required"]
    }
