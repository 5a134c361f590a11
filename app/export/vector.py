"""A frame as SVG: every weight a rectangle, so that it stays sharp at any size."""

from xml.sax.saxutils import escape

from ..inspection.refused import Refused
from . import words
from .colours import Pixels
from .glyphs import LABEL_COLOURS
from .lettering import CONTROL, FAMILY, INK, INK2, INK3
from .material import FilmFrame
from .see_through import PAPER_SHAPE
from .sheet import NARROW, Sheet

MOST_WEIGHTS = 60_000


def drawn(sheet: Sheet, frame: FilmFrame) -> str:
    """Draws the picture as a document of its own.

    Raises:
        Refused: so many rectangles would be no picture that a program opens.
    """
    tiles = sheet.tiles(frame)
    pixels = tiles.shape[0] * tiles.shape[1] * tiles.shape[2]
    if pixels > MOST_WEIGHTS:
        message = f"svg draws each of {pixels:,} weights; at most {MOST_WEIGHTS:,}. Take png"
        raise Refused(message, "format", MOST_WEIGHTS)
    laid, unit = sheet.fit, sheet.fit.unit
    right = laid.width - laid.margin
    claim = words.claim(frame, sheet.film)
    size = f'width="{laid.width}" height="{laid.height}" viewBox="0 0 {laid.width} {laid.height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}">',
        f"<title>{escape(sheet.origin)}, step {frame.step}: {escape(claim)}</title>",
        PAPER_SHAPE,
        _text((laid.margin, 30 * unit), sheet.origin, 13 * unit, INK3),
        _text((right, 30 * unit), f"step {frame.step}", 13 * unit, INK, "end"),
        _text((laid.margin, 58 * unit), claim, 20 * unit, INK),
    ]
    for number, tile in enumerate(tiles):
        parts += _tile(sheet, number, tile)
        parts += _caption(sheet, frame, number)
    limit = words.limit_text(sheet.limit)
    scale = f"From −{limit} to +{limit}. {words.meaning(colour=sheet.cell.colour)}"
    if sheet.scale == "own":
        scale = f"Each filter has its own scale. {words.meaning(colour=sheet.cell.colour)}"
    below = (laid.margin, laid.grid_bottom + 30 * unit)
    return "\n".join([*parts, _text(below, scale, 12 * unit, INK2), "</svg>\n"])


def _tile(sheet: Sheet, number: int, tile: Pixels) -> list[str]:
    left, top = sheet.fit.place(number)
    place = f"translate({left} {top}) scale({sheet.fit.multiple})"
    cells = [
        f'<rect x="{column}" y="{row}" width="1" height="1" fill="#{bytes(colour).hex()}"/>'
        for row, colours in enumerate(tile)
        for column, colour in enumerate(colours)
    ]
    return [f'<g transform="{place}" shape-rendering="crispEdges">', *cells, "</g>"]


def _caption(sheet: Sheet, frame: FilmFrame, number: int) -> list[str]:
    laid, unit = sheet.fit, sheet.fit.unit
    if not laid.caption:
        return []
    left, top = laid.place(number)
    right, below = left + laid.tile_width, top + laid.tile_height
    parts = [_text((left, below + 15 * unit), str(number + 1), 12 * unit, INK3)]
    if frame.verdicts is None:
        return parts
    label = frame.verdicts["label"][number]
    side = 12 * unit
    place = f"translate({right - side:g} {below + 5 * unit:g}) scale({unit:g})"
    turned = f"rotate({-words.degrees_of(frame.verdicts, number)} 6 6)"
    shape = _SHAPES[label].replace("COLOUR", LABEL_COLOURS[label])
    parts.append(f'<g transform="{place}"><g transform="{turned}">{shape}</g></g>')
    if laid.tile_width >= NARROW * unit:
        at = (right - side - 5 * unit, below + 15 * unit)
        parts.append(_text(at, label, 12 * unit, INK2, "end"))
    return parts


def _text(
    place: tuple[float, float], text: str, size: float, colour: str, anchor: str = "start"
) -> str:
    x, y = place
    where = f'x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"'
    return f"<text {where}>{escape(text)}</text>"


_RING = '<circle cx="6" cy="6" r="5" fill="none" stroke="COLOUR" stroke-width="1.5"/>'
_SHAPES = {  # as in templates/_icons.html
    "edge": f'{_RING}<path d="M1 6a5 5 0 0 0 10 0z" fill="COLOUR"/>',
    "line": f'{_RING}<path d="M1.5 6h9" stroke="COLOUR" stroke-width="2.5"/>',
    "blob": f'{_RING}<circle cx="6" cy="6" r="2.4" fill="COLOUR"/>',
    "flat": f'<circle cx="6" cy="6" r="5" fill="COLOUR" stroke="{CONTROL}"/>',
    "structured": '<path d="M1 1h5v5H1zM6 6h5v5H6z" fill="COLOUR"/>'
    '<path d="M1 1h10v10H1z" fill="none" stroke="COLOUR"/>',
    "noise": '<g fill="COLOUR"><circle cx="2.4" cy="2.4" r="1.4"/><circle cx="9.6" cy="2.4" '
    'r="1.4"/><circle cx="6" cy="6" r="1.4"/><circle cx="2.4" cy="9.6" r="1.4"/>'
    '<circle cx="9.6" cy="9.6" r="1.4"/></g>',
    "dead": '<circle cx="6" cy="6" r="4.6" fill="none" stroke="COLOUR" stroke-width="1.4"/>'
    '<path d="M2.6 9.4l6.8-6.8" stroke="COLOUR" stroke-width="1.4"/>',
}
