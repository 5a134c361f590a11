"""A drawing as a document that stays sharp at any size and whose words can be selected."""

from xml.sax.saxutils import escape

from ..lettering import FAMILY
from ..see_through import PAPER_SHAPE
from .drawing import Area, Drawing, Line, Point, Words


def written(drawing: Drawing) -> bytes:
    """Writes the document, self-contained: no style sheet, no script, no address."""
    wide, high = drawing.width, drawing.height
    size = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FAMILY}">',
        f"<title>{escape(drawing.title)}</title>",
        PAPER_SHAPE,
        *(_area(shape) if isinstance(shape, Area) else _line(shape) for shape in drawing.shapes),
        *map(_words, drawing.words),
        "</svg>\n",
    ]
    return "\n".join(parts).encode()


def _area(area: Area) -> str:
    return f'<path d="M{_through(area.points)}Z" fill="{area.colour}"/>'


def _line(line: Line) -> str:
    dotted = f' stroke-dasharray="{line.width:g} {2 * line.width:g}"' if line.dotted else ""
    look = f'fill="none" stroke="{line.colour}" stroke-width="{line.width:g}"{dotted}'
    return f'<path d="M{_through(line.points)}" {look} stroke-linejoin="round"/>'


def _words(words: Words) -> str:
    x, y = words.place
    look = f'font-size="{words.size:g}" fill="{words.colour}" text-anchor="{words.anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(words.text)}</text>'


def _through(points: tuple[Point, ...]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
