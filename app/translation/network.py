"""A whole recipe around the layers that were read: data, the rest of the network, training."""

from typing import Any

from pydantic import ValidationError

from ..recipe import PRESETS, Recipe
from ..vocabulary.datasets import DATASETS, DatasetInfo
from ..vocabulary.layers import Shape
from .draft import Draft

_EPOCHS = 2
_HOMES = {"mnist": "keras-mnist", "dead-leaves": "dead-leaves"}
_HEAD: list[dict[str, Any]] = [{"type": "flatten"}, {"type": "dense", "units": 10}]


def recipe_of(draft: Draft, layers: list[dict[str, Any]], *, is_whole: bool) -> dict[str, Any]:
    """Returns a recipe as plain data; what was chosen for whoever pasted is noted in the draft."""
    dataset = _dataset(draft)
    preset = PRESETS[_HOMES[dataset.name]]
    recipe = {"name": "Your network" if is_whole else "Your line", **preset.recipe}
    if is_whole:
        recipe["layers"] = _with_classes(draft, layers, dataset)
        recipe["optimizer"] = {"type": "adam", "learning_rate": 0.001}
        recipe = _with_length(recipe, {"epochs": _EPOCHS, "batch_size": 64})
    else:
        recipe["layers"] = _completed(recipe, layers)
    if draft.optimizer is not None:
        recipe["optimizer"] = draft.optimizer
    return _with_length(recipe, draft.length)


def _with_length(recipe: dict[str, Any], length: dict[str, int]) -> dict[str, Any]:
    others = {"steps"} if "epochs" in length else set()
    return {name: value for name, value in recipe.items() if name not in others} | length


def _completed(recipe: dict[str, Any], layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Adds the preset's other layers, or where they don't fit behind these, the shortest head."""
    rest = [*recipe["layers"][1:]]
    for tail in (rest, rest[1:], _HEAD):
        try:
            Recipe.model_validate({**recipe, "layers": layers + tail})
        except ValidationError:
            continue
        return layers + tail
    return layers + _HEAD


def _with_classes(
    draft: Draft, layers: list[dict[str, Any]], dataset: DatasetInfo
) -> list[dict[str, Any]]:
    classes, last = len(dataset.class_names), layers[-1]
    if last["units"] == classes:
        return layers
    draft.note("units", f"{dataset.title} has {classes} classes, so {classes} units at the end.")
    return [*layers[:-1], {**last, "units": classes}]


def _dataset(draft: Draft) -> DatasetInfo:
    """Chooses pictures of the shape that was said, or the nearest there are."""
    known = [DATASETS[name] for name in _HOMES]
    shape = _channels_last(draft)
    channels = shape[-1] if shape else draft.channels
    nearest = next((one for one in known if one.shape[-1] == channels), known[0])
    if shape is not None and shape != nearest.shape:
        said, here = ("×".join(map(str, one)) for one in (shape, nearest.shape))
        sentence = f"There are no pictures of {said} here: {nearest.title}, {here}, is nearest."
        draft.note("input_shape", sentence)
    return nearest


def _channels_last(draft: Draft) -> Shape | None:
    shape = draft.shape
    if shape is None or len(shape) != 3 or not all(isinstance(side, int) for side in shape):
        return None
    is_first = draft.is_channels_first
    if is_first is None:
        is_first = shape[0] in (1, 3) and shape[2] not in (1, 3)
    return (*shape[1:], shape[0]) if is_first else shape
