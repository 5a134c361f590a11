"""Sweeps as the interface tells them."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from ...events import Status
from ...recipe.sweeping import ImpossibleCell, Keep, SweepAxis
from .exchanged import Exchanged
from .history import TypedArray
from .recipes import RecipeJson

SweepStatus = Literal["running", "paused", "stopping", "stopped", "finished"]
SeedStatus = Status | Literal["deleted"]


class SweepPreview(Exchanged):
    """What a sweep would be, before it is one."""

    name: str
    axes: list[SweepAxis]
    seeds: list[int]
    keep: Keep
    cell_count: int = Field(description="of those that can be trained")
    runs: int
    total_steps: int = Field(description="of all runs together")
    seconds: float = Field(
        description="about how long all of it trains, on threads as fast as this machine's"
    )
    cluster_threads: int | None = Field(
        description="on which it trains, so many at a time; null: the server's own workers do"
    )
    size_bytes: int = Field(description="about how much is kept of it")
    free_bytes: int
    has_room: bool
    impossible: list[ImpossibleCell] = Field(description="left out, each with the reason")


class SeedMoment(Exchanged):
    """What one run was at the step that is asked for: the last that was said of it until then."""

    seed: int
    step: int | None = Field(description="of the snapshot whose filters these were")
    edges: float | None
    score: float | None
    accuracy: float | None


class CellStrip(Exchanged):
    """The first few filters of one run of a cell, and what all of its runs were."""

    at: list[int]
    seed: int | None = Field(description="whose filters these are; null where none has any yet")
    run: str | None
    step: int | None = Field(description="of the snapshot that is shown")
    kernels: TypedArray | None = Field(description="as in a network: height, width, in, filters")
    seeds: list[SeedMoment]


class SweepStrips(Exchanged):
    """All cells of a sweep at one moment."""

    share: float | None
    step: int | None
    filters: int
    cells: list[CellStrip]


class SweepHead(Exchanged):
    """A sweep as a list tells it."""

    id: str
    name: str
    preset: str | None
    status: SweepStatus
    created_at: datetime
    axes: list[SweepAxis]
    seeds: list[int]
    keep: Keep
    cell_count: int
    runs: int
    counts: dict[SeedStatus, int] = Field(description="how many runs are of each status")


class SweepList(Exchanged):
    """The newest sweeps, the newest first."""

    sweeps: list[SweepHead]


class SeedOfCell(Exchanged):
    """One run of a cell, by its seed."""

    seed: int
    run: str | None = Field(description="null where it was deleted, or can't be read any more")
    status: SeedStatus
    step: int
    total_steps: int
    edges: float | None = Field(description="share of its first filters that see edges or lines")
    score: float | None
    accuracy: float | None = Field(
        description="on validation pictures, or where nobody has looked, on the newest batch"
    )
    error: str | None = Field(description="the code of why it failed")


class CellOfSweep(Exchanged):
    """One combination of values, with each seed's run."""

    at: list[int] = Field(description="the index of its value on each axis")
    values: list[bool | int | float | str]
    seeds: list[SeedOfCell]


class Sweep(SweepHead):
    """A sweep with all of its cells, or those in which something has changed."""

    base: RecipeJson
    total_steps: int = Field(description="of the longest cell")
    impossible: list[ImpossibleCell]
    revision: str = Field(description="ask with `since` for what changes after it")
    whole: bool = Field(description="whether all cells are here")
    cells: list[CellOfSweep]
