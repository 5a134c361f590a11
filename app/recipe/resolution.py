"""Turns a request into a recipe: a whole one, or a preset with what differs."""

import copy
from collections.abc import Mapping
from typing import Any

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from .presets import PRESETS
from .recipe import Recipe


def resolve(request: Mapping[str, Any]) -> Recipe:
    """Gives the recipe that a request describes: a whole one, or `{"preset": name, ...overrides}`.

    Objects in an override are merged into the preset's (`{"optimizer": {"learning_rate": 0.1}}`
    keeps the momentum) unless they change the `type`; anything else takes the preset's place.

    Raises:
        pydantic.ValidationError: naming each field that can't be.
    """
    return Recipe.model_validate(merged(request))


def merged(request: Mapping[str, Any]) -> dict[str, Any]:
    """Gives the whole recipe that a request asks for, unchecked; raises as `resolve` where the
    preset isn't one.
    """
    if "preset" not in request:
        return dict(request)
    overrides = dict(request)
    name = overrides.pop("preset")
    preset = PRESETS.get(name) if isinstance(name, str) else None
    if preset is None:
        raise _unknown_preset(name)
    return changed_by(overrides, {"name": preset.title, **preset.recipe})


def changed_by(overrides: Mapping[str, Any], recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Gives a recipe with what differs, unchecked; merged as `resolve` says."""
    whole = _merge(dict(recipe), overrides)
    for given, other in (("steps", "epochs"), ("epochs", "steps")):
        if given in overrides and other not in overrides:
            whole.pop(other, None)
    return whole


def _merge(base: dict[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    merged = copy.deepcopy(base)
    for key, value in overrides.items():
        old = merged.get(key)
        if isinstance(value, Mapping) and isinstance(old, dict) and _is_same_kind(old, value):
            merged[key] = _merge(old, value)
        else:
            merged[key] = value
    return merged


def _is_same_kind(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return "type" not in new or new["type"] == old.get("type")


def _unknown_preset(name: object) -> ValidationError:
    known = ", ".join(PRESETS)
    message = f"there is no such preset; there are {known}"
    error = PydanticCustomError("unknown_preset", "{message}", {"message": message})
    details: InitErrorDetails = {"type": error, "loc": ("preset",), "input": name}
    return ValidationError.from_exception_data("Recipe", [details])
