"""Which runs of a sweep are looked at, and at which step: what is asked of a process aside."""

from typing import NamedTuple


class SeedRun(NamedTuple):
    """A run by its seed, and the step at which it is looked at; None where it was deleted."""

    seed: int
    run: str | None
    step: int


class CellRuns(NamedTuple):
    """A cell, by the index of its value on each axis, with its runs."""

    at: tuple[int, ...]
    runs: list[SeedRun]


class MapRow(NamedTuple):
    """One run of a sweep as a row of a table; None of what isn't known.

    Attributes:
        values: of its cell, one an axis.
    """

    at: tuple[int, ...]
    values: list[bool | int | float | str]
    seed: int
    run: str | None
    status: str
    step: int
    total_steps: int
    edges: float | None
    score: float | None
    accuracy: float | None
