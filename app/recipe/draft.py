"""A recipe on its way: all that is wrong with it at once, and what its layers make so far."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from pydantic import ConfigDict, TypeAdapter
from pydantic_core import PydanticCustomError, ValidationError

from ..vocabulary.layers import AnyLayer
from .fields import RecipeFields
from .layers import Layer
from .objectives import SPARSE_CODE, SparseCode
from .own_pictures import drafted_dataset
from .rules import RULES, check_filters, check_objective
from .shapes import LayerPlan, plan_as_far_as_possible, plan_windows

_LAYER: TypeAdapter[AnyLayer] = TypeAdapter(Layer, config=ConfigDict(defer_build=True))


class Fault(NamedTuple):
    """Something that a recipe can't be: the rule it breaks, and pydantic's error for it."""

    rule: str
    error: Any


def faults_in(draft: Mapping[str, Any]) -> list[Fault]:
    """Lists all that keeps `draft`, a whole recipe as JSON, from being one; nothing if it is one.

    Where a field is wrong by itself, what it would mean for others isn't asked.
    """
    try:
        fields = RecipeFields.model_validate(dict(draft))
    except ValidationError as invalid:
        return [Fault("field", error) for error in invalid.errors(include_url=False)]
    return _broken_rules(fields)


def _broken_rules(fields: RecipeFields) -> list[Fault]:
    faults: list[Fault] = []
    for check in RULES:
        try:
            check(fields)
        except PydanticCustomError as problem:
            if any(known.error["ctx"] == problem.context for known in faults):
                continue
            faults.append(Fault(check.__name__.removeprefix("check_"), _as_error(problem)))
            plans_windows = isinstance(fields.objective, SparseCode)
            if plans_windows and check in (check_filters, check_objective):
                break  # such a code is planned for its one layer alone
    return faults


def _as_error(problem: PydanticCustomError) -> Any:
    details = {"type": problem, "loc": (), "input": None}
    return ValidationError.from_exception_data("Recipe", [details]).errors()[0]  # type: ignore[list-item]


def outline(draft: Mapping[str, Any]) -> list[LayerPlan]:
    """Plans the draft's layers as far as they can be: up to the first that is wrong or can't be."""
    dataset = drafted_dataset(draft)
    raw = draft.get("layers")
    if dataset is None or not isinstance(raw, list):
        return []
    layers = [layer for layer in takewhile(bool, map(_layer, raw)) if layer is not None]
    objective = draft.get("objective")
    is_code = isinstance(objective, dict) and objective.get("type") == SPARSE_CODE
    if is_code and len(layers) == 1 and layers[0].type == "conv2d":
        return plan_windows(layers, dataset.shape)
    return plan_as_far_as_possible(layers, dataset.shape)


def _layer(raw: object) -> AnyLayer | None:
    try:
        return _LAYER.validate_python(raw)
    except ValidationError:
        return None
