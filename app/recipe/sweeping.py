"""A sweep as a plan: every combination of a few settings' values, each with every seed."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from .draft import faults_in
from .fields import RecipeFields
from .recipe import Recipe
from .swept_fields import Scalar, title_of, value_at, with_values, words_for

MOST_RUNS: Final = 2000
MOST_AXES: Final = 3
Keep = Literal["films", "ends"]
Place = tuple[int, ...]
"""Of a cell: the index of its value on each axis."""


class SweepAxis(BaseModel):
    """A setting and the values that it takes.

    Attributes:
        field: its dotted path in the recipe.
        title: what it is called: `learning rate`.
        words: each value, for a table: `lr 0.02`.
    """

    model_config = ConfigDict(frozen=True)

    field: str
    title: str
    values: list[Scalar]
    words: list[str]


class ImpossibleCell(BaseModel):
    """A combination that is no recipe, and why."""

    model_config = ConfigDict(frozen=True)

    at: list[int]
    values: list[Scalar]
    message: str
    field: str | None


class SweepPlan(BaseModel):
    """What the runs of a sweep differ in; the run of a seed and a cell has the number
    `place_of(seed, cell)` among them.

    Attributes:
        base: the recipe from which they differ, as JSON.
        keep: whether whole films are kept, or the first and the newest weights alone.
        steps: how many updates each cell is trained for, in the order of `cells`.
    """

    model_config = ConfigDict(frozen=True)

    preset: str | None
    base: dict[str, Any]
    axes: list[SweepAxis]
    seeds: list[int]
    keep: Keep
    impossible: list[ImpossibleCell]
    steps: list[int]

    @property
    def cells(self) -> list[Place]:
        """The cells that are trained, the last axis fastest."""
        left_out = {tuple(cell.at) for cell in self.impossible}
        lengths = [range(len(axis.values)) for axis in self.axes]
        return [at for at in product(*lengths) if at not in left_out]

    @property
    def runs(self) -> int:
        """How many runs it has."""
        return len(self.steps) * len(self.seeds)

    def values_at(self, at: Sequence[int]) -> list[Scalar]:
        """Returns a cell's value on each axis."""
        return [axis.values[index] for axis, index in zip(self.axes, at, strict=True)]

    def place_of(self, seed: int, cell: int) -> int:
        """Returns the number of a run: first the whole map with the first seed, so that all of it
        is seen early, then with the next.

        Args:
            seed: its index among the seeds.
            cell: its index among the cells.
        """
        return seed * len(self.steps) + cell


class AxisFault(NamedTuple):
    """A value that its setting can't have whatever else is said: pydantic's error for it."""

    number: int
    error: Any


class PlannedSweep(NamedTuple):
    """A sweep that can be made: `recipes` are those of its cells, in the order of the plan's."""

    name: str
    plan: SweepPlan
    recipes: list[Recipe]


def axis_of(recipe: Recipe, field: str, values: Sequence[Scalar]) -> SweepAxis | AxisFault:
    """Makes an axis of a field's values, each as the recipe has it."""
    draft = as_draft(recipe)
    taken: list[Scalar] = []
    for index, value in enumerate(values):
        changed = with_values(draft, {field: value})
        try:
            known = RecipeFields.model_validate(changed)
        except ValidationError as invalid:
            return AxisFault(index, invalid.errors(include_url=False)[0])
        taken.append(value_at(known.model_dump(mode="json"), field))
    words = [words_for(recipe, field, value) for value in taken]
    return SweepAxis(field=field, title=title_of(recipe, field), values=taken, words=words)


def as_draft(recipe: Recipe) -> dict[str, Any]:
    """Returns a recipe as JSON that says only what it has."""
    return recipe.model_dump(mode="json", exclude_none=True)


def cells_of(
    recipe: Recipe, axes: Sequence[SweepAxis]
) -> Iterator[tuple[Place, list[Scalar], Recipe | Any]]:
    """Yields each combination: its place, its values, and its recipe, or pydantic's error if it is
    none.
    """
    draft = as_draft(recipe)
    fields = [axis.field for axis in axes]
    for at in product(*[range(len(axis.values)) for axis in axes]):
        values = [axis.values[index] for axis, index in zip(axes, at, strict=True)]
        changes = dict(zip(fields, values, strict=True))
        yield at, values, _recipe_or_error(with_values(draft, changes))


def count_of(axes: Sequence[Sequence[object]], seeds: int) -> int:
    """Counts the runs of axes of so many values, those of impossible cells too."""
    return math.prod(map(len, axes)) * seeds


def _recipe_or_error(draft: Mapping[str, Any]) -> Recipe | Any:
    try:
        return Recipe.model_validate(draft)
    except ValidationError:
        return faults_in(draft)[0].error
