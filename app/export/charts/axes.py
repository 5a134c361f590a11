"""What all charts share: headline, the one time axis, a scale, and names beside what they name."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...stretched import round_steps, share_along
from ..lettering import INK, INK2, INK3, LINE, width_of
from .drawing import Line, Point, Words

SMALL, TEXT, LARGE = 12, 13, 20  # type in the design's pixels
PERCENT: tuple[tuple[float, str], ...] = ((0.0, "0"), (0.5, "50"), (1.0, "100"))
NAMES_APART = 15
_MARGIN = 20
_WIDE, _HIGH = 640, 360
_OTHER_FONTS = 1.1  # a reader's own font may run wider than ours
_AXIS = "Steps, stretched at the start: log(1 + step/5)"


class Name(NamedTuple):
    """What stands beside the end of a curve or band, at the height of `value`."""

    text: str
    step: float
    value: float
    colour: str


class Axes:
    """Places in a chart of `total` steps whose scale ends at `top`.

    Args:
        width: of the whole picture in pixels; all else grows with it.
        names: those that will stand beside what they name, for which room is left at the right.
    """

    def __init__(self, width: int, total: int, top: float, names: Sequence[Name]) -> None:
        self.unit = width / _WIDE
        self.width, self.height = width, round(_HIGH * self.unit)
        self.total, self.top = total, top
        self.names = names
        room = max((width_of(name.text, SMALL) for name in names), default=0)
        self.left, self.right = 52.0, _WIDE - _MARGIN - _OTHER_FONTS * room - 8
        self.ceiling, self.floor = 96.0, _HIGH - 52.0

    def x(self, step: float) -> float:
        """Says where a step lies, in design pixels."""
        return self.left + share_along(step, self.total) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Says where a value lies, in design pixels."""
        return self.floor - value / self.top * (self.floor - self.ceiling)

    def at(self, x: float, y: float) -> Point:
        """Converts design pixels to pixels."""
        return x * self.unit, y * self.unit

    def through(self, steps: Iterable[float], values: Iterable[float]) -> tuple[Point, ...]:
        """Points of a curve, in pixels."""
        return tuple(
            self.at(self.x(step), self.y(value)) for step, value in zip(steps, values, strict=True)
        )

    def line(self, points: Sequence[Point], colour: str, width: float) -> Line:
        """Draws a line through design pixels."""
        return Line(tuple(self.at(*point) for point in points), colour, width * self.unit)

    def write(
        self, x: float, y: float, text: str, size: float = SMALL, colour: str = INK3
    ) -> Words:
        """Writes text that begins at a place in design pixels."""
        return Words(self.at(x, y), text, size * self.unit, colour)

    def rules(self, ticks: Sequence[tuple[float, str]]) -> list[Line]:
        """Draws lines behind the curves."""
        across = (self.left, self.right)
        return [self.line([(x, self.y(tick)) for x in across], LINE, 1) for tick, _ in ticks]

    def upright(self) -> Line:
        """Draws the axis of the values, on top of what it measures."""
        return self.line([(self.left, self.floor), (self.left, self.ceiling)], INK, 1.5)

    def numbers(self, ticks: Sequence[tuple[float, str]]) -> list[Words]:
        """Values along the upright axis, steps along the other, and what that is."""
        told = [
            self.write(self.left - 8, self.y(tick) + 4, text)._replace(anchor="end")
            for tick, text in ticks
        ]
        room = (9 + 7 * len(str(self.total))) / (self.right - self.left)
        for step in round_steps(self.total, room):
            number = self.write(self.x(step), self.floor + 18, str(step))
            told.append(number._replace(anchor="middle"))
        return [*told, self.write(self.left, self.floor + 40, _AXIS)]

    def head(self, origin: str, title: str, measure: str, now: str, said: str) -> list[Words]:
        """Writes where it is from, what it is and in what it is measured; at the right how things
        stand.
        """
        right = _WIDE - _MARGIN
        ends = [self.write(right, 28, now, TEXT, INK), self.write(right, 56, said, TEXT, INK2)]
        ends.append(self.write(right, self.floor + 40, "Filterscope"))
        return [
            self.write(_MARGIN, 28, origin, TEXT),
            self.write(_MARGIN, 56, title, LARGE, INK),
            self.write(_MARGIN, 82, measure),
            *(end._replace(anchor="end") for end in ends),
        ]

    def beside(self) -> list[Words]:
        """Writes the names, each as near to its height as the others and the floor let it."""
        ordered = sorted(self.names, key=lambda name: -name.value)
        places = spread([self.y(name.value) + 4 for name in ordered], NAMES_APART)
        below = max(0.0, max(places, default=0.0) - self.floor - 4)
        return [
            self.write(self.x(name.step) + 8, place - below, name.text, SMALL, name.colour)
            for name, place in zip(ordered, places, strict=True)
        ]


def spread(places: list[float], apart: float) -> list[float]:
    """Moves ascending places as little as need be, so that no two are closer than `apart`.

    >>> spread([0.0, 1.0, 50.0], 10)
    [-4.5, 5.5, 50.0]
    """
    groups: list[list[float]] = []
    for place in places:
        groups.append([place])
        while len(groups) > 1 and _middle(groups[-1]) - _middle(groups[-2]) < apart * (
            (len(groups[-1]) + len(groups[-2])) / 2
        ):
            groups[-2:] = [groups[-2] + groups[-1]]
    return [
        _middle(group) + apart * (number - (len(group) - 1) / 2)
        for group in groups
        for number in range(len(group))
    ]


def _middle(group: list[float]) -> float:
    return sum(group) / len(group)
