"""Text on pictures, the same on every machine: the font is Pillow's own."""

from functools import cache

from PIL import Image, ImageDraw, ImageFont

from ..vocabulary.palette import LIGHT
from .colours import rgb

INK, INK2, INK3 = LIGHT["ink"], LIGHT["ink2"], LIGHT["ink3"]
CONTROL, LINE, PAPER = LIGHT["control"], LIGHT["line"], LIGHT["surface"]
FAMILY = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"  # in SVG
_NO_SUCH = "\uffff"


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # Pillow's wheels all carry FreeType
    return font


@cache
def _has(letter: str) -> bool:
    font = _font(16)
    return letter == " " or bytes(font.getmask(letter)) != bytes(font.getmask(_NO_SUCH))


def writable(text: str) -> str:
    """Gives `text` as the font can write it: a hyphen for a minus sign, else ? for what it
    lacks.
    """
    return "".join(letter if _has(letter) else "-" if letter in "−–‑" else "?" for letter in text)


def width_of(text: str, size: float) -> float:
    """Says how wide `text` is in pixels."""
    return _font(size).getlength(writable(text))


def write(
    picture: Image.Image,
    place: tuple[float, float],
    text: str,
    size: float,
    colour: str = INK,
    anchor: str = "ls",
) -> None:
    """Writes `text` with its baseline at `place`; `anchor` as Pillow has it: ls, ms, rs."""
    draw = ImageDraw.Draw(picture)
    draw.text(place, writable(text), fill=rgb(colour), font=_font(size), anchor=anchor)
