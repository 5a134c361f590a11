"""A drawing as pixels: shapes painted large and reduced, for smooth rims; words at their size."""

import io
import math
from collections.abc import Iterator
from itertools import pairwise

from PIL import Image, ImageDraw

from ..colours import rgb
from ..lettering import PAPER, write
from .drawing import Anchor, Area, Drawing, Line, Point

_OVERSAMPLING = 3
_ANCHORS: dict[Anchor, str] = {"start": "ls", "middle": "ms", "end": "rs"}


def painted(drawing: Drawing) -> bytes:
    """Paints the picture as a PNG file."""
    size = (drawing.width * _OVERSAMPLING, drawing.height * _OVERSAMPLING)
    large = Image.new("RGB", size, rgb(PAPER))
    draw = ImageDraw.Draw(large)
    for shape in drawing.shapes:
        points = [(x * _OVERSAMPLING, y * _OVERSAMPLING) for x, y in shape.points]
        if isinstance(shape, Area):
            draw.polygon(points, fill=rgb(shape.colour))
        else:
            _stroke(draw, shape, points)
    picture = large.reduce(_OVERSAMPLING)
    for words in drawing.words:
        write(picture, words.place, words.text, words.size, words.colour, _ANCHORS[words.anchor])
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()


def _stroke(draw: ImageDraw.ImageDraw, line: Line, points: list[Point]) -> None:
    width = max(1, round(line.width * _OVERSAMPLING))
    for stretch in _dots(points, width) if line.dotted else [points]:
        draw.line(stretch, fill=rgb(line.colour), width=width, joint="curve")


def _dots(points: list[Point], width: int) -> Iterator[list[Point]]:
    """Draws dots as long as wide, with twice that between them."""
    for (x, y), (right, below) in pairwise(points):
        length = math.hypot(right - x, below - y)
        across, down = (right - x) / length, (below - y) / length
        for begin in range(0, int(length), 3 * width):
            end = min(begin + width, length)
            yield [(x + s * across, y + s * down) for s in (begin, end)]
