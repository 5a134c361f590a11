"""A few filters of each of many runs, as the interface tells them."""

from pydantic import Field

from .exchanged import Exchanged
from .history import TypedArray


class FilterStrip(Exchanged):
    """The first filters of a run's first conv layer."""

    run: str
    step: int = Field(description="of the newest snapshot that holds them")
    layer: str
    kind: str | None
    kernel: TypedArray


class StripList(Exchanged):
    """Of the runs that have any; of layers whose filters are very large there is none."""

    strips: list[FilterStrip]
