"""Text on pictures, the same on every machine: the font is Pillow's own."""

from functools import cache, lru_cache

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
    (left, right), (top, below) = divmod(place[0], 1), divmod(place[1], 1)
    mask, by = _drawn(writable(text), size, anchor, right, below)
    picture.paste(rgb(colour), (int(left) + by[0], int(top) + by[1]), mask)


@lru_cache(maxsize=256)  # a film says the same words in many places
def _drawn(
    text: str, size: float, anchor: str, right: float, below: float
) -> tuple[Image.Image, tuple[int, int]]:
    """Draws text for a place that is so far within a pixel; its ink, and where that begins."""
    font = _font(size)
    left, top, end, bottom = (round(edge) for edge in font.getbbox(text, anchor=anchor))
    by = left - 1, top - 1
    mask = Image.new("L", (max(1, end - by[0] + 2), max(1, bottom - by[1] + 2)))
    place = right - by[0], below - by[1]
    ImageDraw.Draw(mask).text(place, text, fill=255, font=font, anchor=anchor)
    return mask, by
