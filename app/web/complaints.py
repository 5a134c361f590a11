"""Pydantic's errors in plain words: what, where, and what would have been accepted."""

import math
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, NamedTuple, get_args

from ..recipe import Recipe
from ..recipe.optimizers import Optimizer
from ..vocabulary.layers import AnyLayer
from .suggesting import nearest

_LONGEST_FIELD = 200
_LONGEST_VALUE = 40


class Complaint(NamedTuple):
    """The parts of an error answer."""

    code: str
    message: str
    field: str | None
    limit: float | None


def first_complaint(errors: Sequence[Any], skip: int = 0, *, of_recipe: bool = False) -> Complaint:
    """Returns the first of pydantic's errors; see `complaint_of`."""
    return complaint_of(errors[0], skip, of_recipe=of_recipe)


def complaint_of(error: Any, skip: int = 0, *, of_recipe: bool = True) -> Complaint:
    """Returns one of pydantic's errors in words.

    Args:
        skip: how many leading parts of its location are left out.
        of_recipe: whether a recipe is what it complains of; then it can say what was meant.
    """
    context: dict[str, Any] = error.get("ctx", {})
    location = _without_tag(error["loc"][skip:])
    field = str(context.get("field") or ".".join(map(str, location)))[:_LONGEST_FIELD]
    code = str(context.get("code", "invalid"))
    hints = {"instead": _instead(error["loc"]), "meant": _meant(location) if of_recipe else ""}
    message = f"{_message(error, {**context, **hints}, location)}."
    return Complaint(code, message, field or None, _limit(context))


def _tags(annotation: Any) -> frozenset[str]:
    """Returns the tags of the models and layers in a union, or in a list of one."""
    if described := getattr(annotation, "__dataclass_fields__", {}):
        return frozenset({described["type"].default} if "type" in described else ())
    if known := getattr(annotation, "model_fields", {}):
        return frozenset({known["type"].default} if "type" in known else ())
    return frozenset().union(*map(_tags, get_args(annotation)))


_TAGS = {name: _tags(field.annotation) for name, field in Recipe.model_fields.items()}


def _without_tag(location: Sequence[str | int]) -> list[str | int]:
    """Writes a path as the sender knows it: pydantic names a union's choice after its field or
    entry.
    """
    path = list(location)
    place = 2 if len(path) > 1 and isinstance(path[1], int) else 1
    if len(path) > place and path[place] in _TAGS.get(str(path[0]), ()):
        del path[place]
    for index, name in enumerate(path[:-1]):
        if name == "kernel_initializer":
            del path[index + 1]
            break
    return path


_FIELDS = {
    kind.type: [field.name for field in fields(kind) if field.name != "type"]
    for kind in get_args(AnyLayer)
}


def _instead(location: Sequence[str | int]) -> str:
    """Says which settings a layer has, where it was given one that it hasn't."""
    kind = next((str(part) for part in location if part in _FIELDS), None)
    if kind is None:
        return ""
    return f": leave it out. {kind} has {', '.join(_FIELDS[kind]) or 'none'}"


_OF_OPTIMIZERS = frozenset(
    name for kind in get_args(get_args(Optimizer)[0]) for name in kind.model_fields
)
_OF_RECIPES = frozenset(Recipe.model_fields)


def _meant(location: Sequence[str | int]) -> str:
    """Says which of a recipe's fields was probably meant by one that there isn't."""
    name = str(location[-1]) if location else ""
    if location[:1] == ["optimizer"]:
        found = nearest(name, _OF_OPTIMIZERS)
    elif len(location) == 1:
        found = nearest(name, _OF_RECIPES)
        of_optimizer = nearest(name, _OF_OPTIMIZERS)
        found = found or (of_optimizer and f"optimizer.{of_optimizer}")
    else:
        found = None
    return f"; {found} is the nearest" if found else ""


def _limit(context: dict[str, Any]) -> float | None:
    names = ("limit", "le", "ge", "lt", "gt", "max_length", "min_length")
    limit = next((context[name] for name in names if name in context), None)
    if isinstance(limit, int | float) and math.isfinite(limit):
        return limit
    return None


_WORDS = {
    "missing": "{name} is missing",
    "extra_forbidden": "there is no field {name} here{meant}",
    "unexpected_keyword_argument": "there is no field {name} here{instead}",
    "less_than_equal": "{name} is {value}; at most {le} is possible",
    "greater_than_equal": "{name} is {value}; at least {ge} is possible",
    "less_than": "{name} is {value}; it must be below {lt}",
    "greater_than": "{name} is {value}; it must be above {gt}",
    "finite_number": "{name} must be a finite number, not {value}",
    "literal_error": "{name} is {value}; possible are {expected}",
    "union_tag_invalid": "{name} has the type '{tag}'; possible are {expected_tags}",
    "union_tag_not_found": "{name} needs a type",
    "too_long": "{name} has more entries than the {max_length} that are possible",
    "too_short": "{name} has fewer entries than the {min_length} that are needed",
    "string_too_long": "{name} is longer than the {max_length} characters that are possible",
    "string_too_short": "{name} is empty",
    "int_type": "{name} must be a whole number, not {value}",
    "int_parsing": "{name} must be a whole number, not {value}",
    "int_parsing_size": "{name} is too large a number",
    "int_from_float": "{name} must be a whole number, not {value}",
    "float_type": "{name} must be a number, not {value}",
    "float_parsing": "{name} must be a number, not {value}",
    "bool_type": "{name} must be true or false, not {value}",
    "bool_parsing": "{name} must be true or false, not {value}",
    "string_pattern_mismatch": "{name} is {value}, which is not of the form {pattern}",
    "string_type": "{name} must be text, not {value}",
    "list_type": "{name} must be a list, not {value}",
    "value_error": "{error}",
    "model_type": "{name} must be an object, not {value}",
    "model_attributes_type": "{name} must be an object, not {value}",
    "dict_type": "{name} must be an object, not {value}",
}


def _message(error: Any, context: dict[str, Any], location: list[str | int]) -> str:
    words = _WORDS.get(error["type"])
    if words is None:
        return str(error["msg"])
    name = str(location[-1])[:_LONGEST_FIELD] if location else "the body"
    if location and isinstance(location[-1], int):
        name = f"entry {name}"
    return words.format(**{**context, "name": name, "value": _shown(error.get("input"))})


def _shown(value: Any) -> str:
    """Shows a value if it is short; an int too long for Python to print is only described."""
    if isinstance(value, dict | list | tuple):
        return "an object" if isinstance(value, dict) else "a list"
    if value is None:
        return "null"
    if isinstance(value, int) and abs(value) > 10**_LONGEST_VALUE:
        return "a huge number"
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
