"""Reads what somebody wants swept: axes of a recipe's fields, and seeds."""

import asyncio
import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StrictInt,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from ..recipe import PRESETS, Recipe
from ..recipe.model import Name
from ..recipe.sweeping import (
    MOST_AXES,
    MOST_RUNS,
    AxisFault,
    ImpossibleCell,
    Keep,
    PlannedSweep,
    SweepAxis,
    SweepPlan,
    as_draft,
    axis_of,
    cells_of,
    count_of,
)
from ..recipe.swept_fields import NOT_SWEPT, Scalar, canonical_field, swept_fields
from .answers.exchanged import Exchanged
from .complaints import complaint_of
from .openapi import RECIPE_BODY
from .problems import Problem
from .run_kernels import resolve_with_kernels
from .services import Services
from .suggesting import nearest

_LONGEST_NAME = 80
_LONGEST_VALUE = 100
_KINDS = {list: "a list", dict: "an object", type(None): "null"}


def _scalar(value: Any) -> Scalar:
    is_scalar = isinstance(value, bool | int | float | str)
    if not is_scalar or len(str(value)) > _LONGEST_VALUE or value in (math.inf, -math.inf):
        raise PydanticCustomError(
            "not_a_value",
            "a value must be a number, true or false, or a word, not {kind}",
            {"kind": _KINDS.get(type(value), "one as large")},
        )
    found: Scalar = value
    return found


Value = Annotated[
    Any,
    AfterValidator(_scalar),
    WithJsonSchema({"anyOf": [{"type": kind} for kind in ("number", "string", "boolean")]}),
]


class AskedAxis(Exchanged):
    """A field of the recipe, and the values that it is to take."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    field: str = Field(max_length=100, description="as in layers.0.weight_decay")
    values: list[Value] = Field(min_length=1, max_length=MOST_RUNS)


def _base(value: Any) -> dict[str, Any]:
    if not isinstance(value, str | dict):
        raise PydanticCustomError(
            "not_a_base", "base must be a preset's name, or an object that says a recipe"
        )
    return {"preset": value} if isinstance(value, str) else value


Base = Annotated[
    Any,
    AfterValidator(_base),
    WithJsonSchema(
        {
            "oneOf": [{"type": "string"}, *RECIPE_BODY["oneOf"]],
            "description": "a preset's name, or as for a run",
        }
    ),
]


class AskedSweep(Exchanged):
    """What is to be swept: every combination of the axes' values, each with every seed."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    base: Base
    axes: list[AskedAxis] = Field(min_length=1, max_length=MOST_AXES)
    seeds: list[Annotated[StrictInt, Field(ge=0, lt=2**32)]] | None = Field(
        None, min_length=1, description="unsaid: the recipe's own"
    )
    keep: Keep = Field("films", description="ends: of each run the first and newest weights alone")
    name: Name | None = None


async def planned_sweep(body: Mapping[str, Any], services: Services) -> PlannedSweep:
    """Plans the sweep that a request describes.

    Raises:
        pydantic.ValidationError: a field isn't what it may be.
        Problem: 422 naming the axis, value or seed that can't be, or of the base the field.
    """
    asked = AskedSweep.model_validate(body)
    _check_counts(asked)
    base = asked.base
    try:
        recipe = await resolve_with_kernels(base, services)
    except ValidationError as invalid:
        raise _of_base(complaint_of(invalid.errors(include_url=False)[0])) from None
    except Problem as problem:
        raise _of_base(problem.detail) from None
    preset = base.get("preset")
    return await asyncio.to_thread(_planned, asked, recipe, preset if preset in PRESETS else None)


def _planned(asked: AskedSweep, recipe: Recipe, preset: str | None) -> PlannedSweep:
    axes: list[SweepAxis] = []
    for number, axis in enumerate(asked.axes):
        axes.append(_axis(recipe, axis, number, axes))
    recipes, impossible = [], []
    for at, values, found in cells_of(recipe, axes):
        if isinstance(found, Recipe):
            recipes.append(found)
            continue
        complaint = complaint_of(found)
        impossible.append(
            ImpossibleCell(
                at=list(at), values=values, message=complaint.message, field=complaint.field
            )
        )
    if not recipes:
        message = f"None of these combinations can be trained: {impossible[0].message}"
        raise Problem(422, "invalid", message, field="axes")
    plan = SweepPlan(
        preset=preset,
        base=as_draft(recipe),
        axes=axes,
        seeds=[recipe.seed] if asked.seeds is None else asked.seeds,
        keep=asked.keep,
        impossible=impossible,
        steps=[one.total_steps for one in recipes],
    )
    return PlannedSweep(asked.name or _name(recipe, axes), plan, recipes)


def _check_counts(asked: AskedSweep) -> None:
    seeds = [0] if asked.seeds is None else asked.seeds
    twice = next((seed for seed in seeds if seeds.count(seed) > 1), None)
    if twice is not None:
        message = f"The seed {twice} is there twice; equal seeds train equal runs."
        raise Problem(422, "invalid", message, field="seeds")
    runs = count_of([axis.values for axis in asked.axes], len(seeds))
    if runs > MOST_RUNS:
        message = f"These would be {runs:,} runs; at most {MOST_RUNS:,} can be one sweep."
        raise Problem(422, "sweep_too_large", message, field="axes", limit=MOST_RUNS)


def _axis(recipe: Recipe, asked: AskedAxis, number: int, before: list[SweepAxis]) -> SweepAxis:
    place = f"axes.{number}"
    field = canonical_field(recipe, asked.field)
    known = swept_fields(recipe)
    if reason := NOT_SWEPT.get(field):
        raise Problem(422, "invalid", f"{field} can't be swept: {reason}.", field=f"{place}.field")
    if field not in known:
        raise Problem(422, "invalid", _unknown(field, known), field=f"{place}.field")
    if any(axis.field == field for axis in before):
        message = f"{field} is there twice; put all of its values on one axis."
        raise Problem(422, "invalid", message, field=f"{place}.field")
    axis = axis_of(recipe, field, asked.values)
    if isinstance(axis, AxisFault):
        complaint = complaint_of(axis.error)
        where = f"{place}.values.{axis.number}"
        raise Problem(422, complaint.code, complaint.message, field=where, limit=complaint.limit)
    for index, value in enumerate(axis.values):
        if value in axis.values[:index]:
            message = f"{field} has the value {value!r} twice."
            raise Problem(422, "invalid", message, field=f"{place}.values.{index}")
    return axis


def _unknown(field: str, known: list[str]) -> str:
    """Says which field was probably meant; of one that ends alike, where it is."""
    last = field.rpartition(".")[2]
    alike = nearest(last, [path.rpartition(".")[2] for path in known])
    ends = [path for path in known if path.rpartition(".")[2] == alike]
    beside = [path for path in ends if path.rpartition(".")[0] == field.rpartition(".")[0]]
    found = next(iter(beside or ends), None) or nearest(field, known)
    meant = f"; {found} is the nearest" if found else ""
    return f"There is no field {field} to sweep{meant}."


def _name(recipe: Recipe, axes: list[SweepAxis]) -> str:
    return f"{recipe.name}: {' × '.join(axis.title for axis in axes)}"[:_LONGEST_NAME]


def _of_base(complaint: Any) -> Problem:
    field = f"base.{complaint.field}" if complaint.field else "base"
    return Problem(422, complaint.code, complaint.message, field=field, limit=complaint.limit)
