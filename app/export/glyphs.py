"""The shapes that stand for labels, as the page draws them in `templates/_icons.html`."""

import math
from functools import cache

from PIL import Image, ImageDraw

from ..vocabulary.palette import LABEL_TOKENS, LIGHT
from .colours import rgb
from .lettering import CONTROL, INK3, PAPER

LABEL_COLOURS = {label: LIGHT[token] for label, token in LABEL_TOKENS.items()} | {"noise": INK3}
_OVERSAMPLING = 4


@cache
def glyph(label: str, degrees: int, size: int) -> Image.Image:
    """Draws a label's shape on paper, turned as the edge runs; RGB, `size` pixels square."""
    large = Image.new("RGB", (size * _OVERSAMPLING,) * 2, rgb(PAPER))
    draw = ImageDraw.Draw(large)
    _DRAWN[label](_Pen(draw, size * _OVERSAMPLING / 12, rgb(LABEL_COLOURS[label])), degrees)
    return large.resize((size, size), Image.Resampling.BOX)


class _Pen:
    """Draws in the 12 by 12 units of the page's shapes."""

    def __init__(
        self, draw: ImageDraw.ImageDraw, unit: float, colour: tuple[int, int, int]
    ) -> None:
        self.draw, self.unit, self.colour = draw, unit, colour

    def disc(self, x: float, y: float, radius: float) -> None:
        self.draw.ellipse(self._box(x, y, radius), fill=self.colour)

    def ring(self, radius: float, width: float, colour: tuple[int, int, int] | None = None) -> None:
        box = self._box(6, 6, radius + width / 2)
        self.draw.ellipse(box, outline=colour or self.colour, width=round(width * self.unit))

    def half_disc(self, degrees: int) -> None:
        self.draw.pieslice(self._box(6, 6, 5), -degrees, 180 - degrees, fill=self.colour)

    def stroke(self, degrees: float, radius: float, width: float) -> None:
        across, down = math.cos(math.radians(degrees)), -math.sin(math.radians(degrees))
        ends = [(6 + side * radius * across, 6 + side * radius * down) for side in (-1, 1)]
        points = [(x * self.unit, y * self.unit) for x, y in ends]
        self.draw.line(points, fill=self.colour, width=round(width * self.unit))

    def square(self, x: float, y: float, side: float, width: float = 0) -> None:
        box = [place * self.unit for place in (x, y, x + side, y + side)]
        if width:
            self.draw.rectangle(box, outline=self.colour, width=round(width * self.unit))
        else:
            self.draw.rectangle(box, fill=self.colour)

    def _box(self, x: float, y: float, radius: float) -> list[float]:
        return [place * self.unit for place in (x - radius, y - radius, x + radius, y + radius)]


def _edge(pen: _Pen, degrees: int) -> None:
    pen.half_disc(degrees)
    pen.ring(5, 1.5)


def _line(pen: _Pen, degrees: int) -> None:
    pen.ring(5, 1.5)
    pen.stroke(degrees, 4.5, 2.5)


def _blob(pen: _Pen, _degrees: int) -> None:
    pen.ring(5, 1.5)
    pen.disc(6, 6, 2.4)


def _flat(pen: _Pen, _degrees: int) -> None:
    pen.disc(6, 6, 5)
    pen.ring(5, 1, rgb(CONTROL))


def _structured(pen: _Pen, _degrees: int) -> None:
    pen.square(1, 1, 5)
    pen.square(6, 6, 5)
    pen.square(1, 1, 10, 1)


def _noise(pen: _Pen, _degrees: int) -> None:
    for x, y in ((2.4, 2.4), (9.6, 2.4), (6, 6), (2.4, 9.6), (9.6, 9.6)):
        pen.disc(x, y, 1.4)


def _dead(pen: _Pen, _degrees: int) -> None:
    pen.ring(4.6, 1.4)
    pen.stroke(45, 4.8, 1.4)


_DRAWN = {
    "edge": _edge,
    "line": _line,
    "blob": _blob,
    "flat": _flat,
    "structured": _structured,
    "noise": _noise,
    "dead": _dead,
}
