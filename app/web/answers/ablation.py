"""What filters are worth, as the interface is asked for it and tells it."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from ...recipe.model import refuse
from .exchanged import Exchanged

How = Literal["off", "noise", "only"]


class AblationQuestion(Exchanged):
    """Filters of a conv layer to do without; each of the layer's by itself where none is named."""

    model_config = ConfigDict(extra="forbid")

    layer: str = Field(max_length=40, description="a conv layer")
    filters: list[Annotated[int, Field(ge=0, le=2**31, strict=True)]] | None = Field(
        None, min_length=1, max_length=1024, description="counted from 0"
    )
    how: How = Field(
        "off",
        description="`off`: the map is 0 where the next layer reads it; `noise`: the kernel is "
        "that of frame 0 again; `only`: all other filters of the layer are off",
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if self.filters is not None and len(set(self.filters)) < len(self.filters):
            raise refuse("name each filter once", field="filters", code="invalid")
        return self


class Ablated(Exchanged):
    """What is named rightly with filters switched, in shares of the test pictures.

    `drop` is the accuracy that is lost, below 0 where some is won; `low` and `high` are its 2.5 and
    97.5 % quantiles over 2,000 resamples of the test pictures (bootstrap). `per_class` is the
    accuracy within each true class, null where no picture is of it.
    """

    accuracy: float
    drop: float
    low: float
    high: float
    per_class: list[float | None]


class AblatedFilter(Ablated):
    """What is named rightly with one filter switched, by itself."""

    filter: int


class AblationAnswer(Exchanged):
    """What filters of a layer are worth after `step` updates, on the first `images` test pictures.

    `accuracy` and `per_class` are those of the network as it is. `filters` are switched one by one,
    in the order in which they were named; `together` has all of them switched at once, and is null
    where none was named.
    """

    step: int
    layer: str
    how: How
    images: int
    class_names: list[str]
    accuracy: float
    per_class: list[float | None]
    filters: list[AblatedFilter]
    together: Ablated | None
