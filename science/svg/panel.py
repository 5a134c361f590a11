"""A chart's plane: two scales, ticks, and curves in the units of what they show."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from science.svg.drawing import Drawing, Point


@dataclass(frozen=True)
class Axis:
    """From a value to a place between 0 and 1, with the ticks to label."""

    low: float
    high: float
    ticks: Sequence[float]
    name: str = ""
    warp: Callable[[float], float] = float
    label: Callable[[float], str] = "{:g}".format

    def place(self, value: float) -> float:
        """Places a value on the axis: 0 at `low`, 1 at `high`."""
        low, high = self.warp(self.low), self.warp(self.high)
        return (self.warp(value) - low) / (high - low)


def share_axis(name: str, high: float = 1.0, ticks: Sequence[float] | None = None) -> Axis:
    """Makes an axis of shares from 0 to `high`, labelled in percent."""
    ticks = ticks or [high * quarter / 4 for quarter in range(5)]
    return Axis(0, high, ticks, name, label=lambda share: f"{100 * share:g} %")


def step_axis(last: int) -> Axis:
    """Makes an axis of steps from 0 on which each tenfold takes the same room."""
    candidates = (0, 1, 3, 10, 30, 100, 300, 1000, 3000)
    return Axis(
        0,
        last,
        [step for step in candidates if step <= last],
        "step",
        warp=lambda step: math.log10(1 + step),
    )


class Panel:
    """A plane of `width` × `height` pixels whose top left is (x, y), with its frame drawn."""

    def __init__(
        self, drawing: Drawing, box: tuple[float, float, float, float], across: Axis, up: Axis
    ) -> None:
        self._drawing = drawing
        self._left, self._top, self._width, self._height = box
        self._across, self._up = across, up
        self._draw_axes()

    def at(self, x: float, y: float) -> Point:
        """Returns the pixel of a pair of values."""
        return (
            self._left + self._width * self._across.place(x),
            self._top + self._height * (1 - self._up.place(y)),
        )

    def title(self, text: str) -> None:
        """Draws a heading above the plane."""
        self._drawing.text(self._left, self._top - 12, text, "title")

    def curve(self, x: Sequence[float], y: Sequence[float], kind: str) -> None:
        """Draws a line through all (x, y)."""
        self._drawing.path([self.at(*point) for point in zip(x, y, strict=True)], kind)

    def band(
        self, x: Sequence[float], low: Sequence[float], high: Sequence[float], kind: str
    ) -> None:
        """Draws what lies between two curves."""
        forth = [self.at(*point) for point in zip(x, high, strict=True)]
        back = [self.at(*point) for point in zip(x, low, strict=True)]
        self._drawing.area([*forth, *reversed(back)], kind)

    def dots(self, points: Sequence[Sequence[float]], kind: str, radius: float = 2.2) -> None:
        """Draws a dot at each pair of values."""
        self._drawing.dots([self.at(x, y) for x, y in points], kind, radius)

    def level(self, y: float, text: str) -> None:
        """Draws a dashed line across, named at its right end."""
        start, end = self.at(self._across.low, y), self.at(self._across.high, y)
        self._drawing.line(start, end, "limit")
        self._drawing.text(end[0], end[1] - 5, text, anchor="end")

    def upright(self, x: float, text: str) -> None:
        """Draws a dashed line from bottom to top, named beside its head."""
        foot, head = self.at(x, self._up.low), self.at(x, self._up.high)
        self._drawing.line(foot, head, "limit")
        self._drawing.text(head[0] + 5, head[1] + 11, text)

    def name(self, x: float, y: float, text: str, kind: str) -> None:
        """Draws a curve's name, beginning at a pair of values."""
        left, top = self.at(x, y)
        self._drawing.text(left + 6, top + 4, text, kind)

    def _draw_axes(self) -> None:
        across, up = self._across, self._up
        for tick in up.ticks:
            start, end = self.at(across.low, tick), self.at(across.high, tick)
            self._drawing.line(start, end, "grid")
            self._drawing.text(start[0] - 8, start[1] + 4, up.label(tick), anchor="end")
        for tick in across.ticks:
            x, foot = self.at(tick, up.low)
            self._drawing.line((x, foot), (x, foot + 4), "axis")
            self._drawing.text(x, foot + 18, across.label(tick), anchor="middle")
        self._drawing.line(self.at(across.low, up.low), self.at(across.high, up.low), "axis")
        middle = self._left + self._width / 2
        self._drawing.text(middle, self._top + self._height + 36, across.name, anchor="middle")
        if up.name:
            self._drawing.sideways_text(self._left - 38, self._top + self._height / 2, up.name)
