"""What teacher and phones tell each other about drawings that the network is to name."""

from typing import Any

from pydantic import ConfigDict, Field

from .exchanged import Exchanged
from .polls import LeaderName


class DrawingsTold(Exchanged):
    """That drawings are collected: of which size, and which network names them.

    `count` is how many are there. Who sends one says `id`, which changes with each collection.
    """

    id: str
    is_open: bool
    run: str
    step: int
    shape: list[int] = Field(examples=[[28, 28, 1]])
    class_names: list[str]
    count: int


class DrawingNamed(Exchanged):
    """What the network takes a drawing for: the surest class, its place, and how sure it is."""

    name: str
    class_index: int
    probability: float


class PhoneDrawing(DrawingNamed):
    """One drawing of a collection. `number` is its place in it, `pixels` a typed array of bytes."""

    number: int
    pixels: dict[str, str]


class DrawingsList(Exchanged):
    """All drawings of a collection, those that came first first."""

    drawings: DrawingsTold | None
    items: list[PhoneDrawing]


class _DrawingBody(Exchanged):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class DrawingsChange(_DrawingBody):
    """Opens a collection, or closes it; for another `run` a new one begins."""

    leader: LeaderName
    is_open: bool = Field(True, strict=True)
    run: str | None = Field(None, min_length=1, max_length=64)


class NewDrawing(_DrawingBody):
    """A drawing for the collection of that id: pixels from 0 to 255."""

    drawings: str = Field(min_length=1, max_length=64)
    image: Any = Field(description="rows of pixels of channels: nested lists, or a typed array")
