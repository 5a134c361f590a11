"""A picture in 256 colours, for GIF: the surround's are fixed, the rest go to the weights."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .colours import DIVERGING, Pixels, rgb
from .glyphs import LABEL_COLOURS
from .lettering import CONTROL, INK, INK2, INK3, LINE, PAPER

_SHADES = 4  # between each colour and the paper, for soft edges
_LEGEND = 17
_COLOURS = 256


@cache
def surround_colours(*, colour: bool) -> bytes:
    """Gives red, green and blue of each colour that stands around the filters, the paper first."""
    paper = np.array(rgb(PAPER), np.float64)
    solid = dict.fromkeys((INK, INK2, INK3, CONTROL, LINE, *LABEL_COLOURS.values()))
    inks = np.array([rgb(ink) for ink in solid], np.float64)
    parts = np.arange(1, _SHADES + 1)[:, None, None] / _SHADES
    shades = np.rint(paper + (inks - paper) * parts).reshape(-1, 3)
    levels = np.linspace(0, 510, _LEGEND).astype(int)
    legend = levels[:, None].repeat(3, 1) // 2 if colour else DIVERGING[levels]
    return np.concatenate([paper[None], shades, legend]).astype(np.uint8).tobytes()


def indexed(
    tiles: Pixels, surround: Image.Image, *, colour: bool
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], bytes]:
    """Turns filters and what surrounds them into indices into one palette.

    Args:
        tiles: uint8 (filters, height, width, 3).
        surround: the picture without them, RGB.
        colour: whether the filters are of colour images.

    Returns:
        The tiles' indices (filters, height, width), the surround's (rows, columns), both uint8,
        and the palette's bytes.
    """
    fixed = surround_colours(colour=colour)
    chosen, indices = _weight_colours(tiles, _COLOURS - len(fixed) // 3)
    around = _nearest(surround, fixed)
    return indices + np.uint8(len(fixed) // 3), around, fixed + chosen


def _weight_colours(tiles: Pixels, most: int) -> tuple[bytes, NDArray[np.uint8]]:
    """Picks at most `most` colours: those there are, else the means about those that cover them
    best.
    """
    flat = tiles.reshape(1, -1, 3)
    colours, indices = np.unique(flat[0], axis=0, return_inverse=True)
    if len(colours) <= most:
        return colours.tobytes(), indices.reshape(tiles.shape[:-1]).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(flat)).quantize(
        most, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
    )
    chosen = bytes(image.getpalette() or ())[: 3 * most]
    return chosen, np.asarray(image).reshape(tiles.shape[:-1])


def _nearest(picture: Image.Image, colours: bytes) -> NDArray[np.uint8]:
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return np.array(picture.quantize(palette=palette, dither=Image.Dither.NONE))
