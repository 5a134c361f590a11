"""What a recipe would make and what it can't be, as the interface tells them."""

from typing import Any

from pydantic import Field

from .exchanged import Exchanged


class PlannedLayer(Exchanged):
    """One layer as it would be; the shape is without the batch.

    Shape and numbers are null for a layer that can't be, and for those behind it.
    """

    name: str
    type: str
    output_shape: list[int] | None
    parameters: int | None
    trainable_parameters: int | None


class MendAnswer(Exchanged):
    """A way out, in a few words, and the recipe that comes of it."""

    sentence: str = Field(examples=["Make it 3×3"])
    recipe: dict[str, Any]


class PlanProblem(Exchanged):
    """Something that the recipe can't be, as an error would say it, and ways out.

    `layer` counts from 0; null where it is no single layer's.
    """

    code: str
    message: str
    field: str | None
    limit: float | None
    layer: int | None
    mends: list[MendAnswer]


class RecipePlan(Exchanged):
    """What a recipe would make, as far as it can be made.

    `parameters` is of the layers that are known; `seconds`, about how long it would train on this
    machine, is null while there are problems, as is `memory_bytes`.
    """

    layers: list[PlannedLayer]
    parameters: int
    total_steps: int | None
    steps_per_epoch: int | None
    seconds: float | None
    memory_bytes: int | None
    problems: list[PlanProblem]
