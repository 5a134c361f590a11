"""A drawing as a list of marks, so that SVG and PNG show one and the same picture."""

from typing import Literal, NamedTuple

from ..lettering import INK

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


class Area(NamedTuple):
    """A filled polygon."""

    points: tuple[Point, ...]
    colour: str


class Line(NamedTuple):
    """A line through points; a dotted one has dots as long as it is wide."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dotted: bool = False


class Words(NamedTuple):
    """A line of text with its baseline at `place`."""

    place: Point
    text: str
    size: float
    colour: str = INK
    anchor: Anchor = "start"


class Drawing(NamedTuple):
    """Shapes in the order in which they cover each other, then all that is written on them.

    Attributes:
        title: what is to be seen, in words, for those who don't see it.
        width: in pixels, as are all places and sizes.
    """

    title: str
    width: int
    height: int
    shapes: tuple[Area | Line, ...]
    words: tuple[Words, ...]
