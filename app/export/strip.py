"""The filters of a run as a strip: a small film of nothing but them, for a list of runs.

It is painted a few pixels a weight and enlarged by whoever shows it, so a film takes some
kilobytes. What lies between the filters is see-through, for light and dark pages alike.
"""

import io
import math
from typing import Final, NamedTuple

import numpy as np

from .colours import Pixels
from .film import durations
from .limits import shared_limit
from .material import Film, FilmFrame
from .tiles import cell_of, paint, weights_of
from .webp import still, webp

_MOST_FILTERS: Final = 64
_MOST_FRAMES = 32
_FEWEST_FRAMES = 6  # fewer tell no story
# So that a list's first film is there after some 150 kB, its page and styles among them. Weights
# can hardly be packed, so what is painted is about what is sent.
_FILM_BYTES = 110_000
_FRAME_BYTES = 24_000
_SECONDS = 6.0
_IN_A_ROW = 16
_TILE = 9  # pixels, about
_SHOWN_TILE = 36


class Strip(NamedTuple):
    """A strip in two files.

    Attributes:
        moving: a WebP film; None where there are too few frames, or each is too large.
        resting: its last frame as WebP.
        width, height: how large it is to be shown, in CSS pixels.
        filters: how many of the layer's it shows.
    """

    moving: bytes | None
    resting: bytes
    width: int
    height: int
    filters: int


def strip(film: Film) -> Strip:
    """Paints a film's frames, thinned, on one scale; of many filters the first ones alone."""
    shape = film.frames[0].kernel.shape
    each = math.prod(shape[:3])
    filters = max(1, min(shape[3], _MOST_FILTERS, _FRAME_BYTES // each))
    fitting = _FILM_BYTES // (each * filters)
    frames = film.thinned(max(2, min(_MOST_FRAMES, fitting)))
    limit = shared_limit(weights_of(frame.kernel) for frame in frames)
    pictures = [_picture(frame, film, filters, limit) for frame in frames]
    moving = None
    if len(frames) > 1 and fitting >= _FEWEST_FRAMES:
        file = io.BytesIO()
        webp(file, iter(pictures), durations([frame.step for frame in frames], _SECONDS))
        moving = file.getvalue()
    height, width = pictures[-1].shape[:2]
    by = max(1, round(_SHOWN_TILE / _TILE))
    return Strip(moving, still(pictures[-1]), by * width, by * height, filters)


def _picture(frame: FilmFrame, film: Film, filters: int, limit: float) -> Pixels:
    """Lays the filters of a frame in rows; uint8 (rows, columns, 4)."""
    kernel = weights_of(frame.kernel)[..., :filters]
    cell = cell_of(kernel.shape, in_colour=film.in_colour)
    tiles = paint(kernel, np.full(kernel.shape[3], limit), cell)
    by = max(1, round(_TILE / max(cell.width, cell.height)))
    tiles = tiles.repeat(by, axis=1).repeat(by, axis=2)
    count, high, wide = tiles.shape[:3]
    columns = min(count, _IN_A_ROW)
    rows = -(-count // columns)
    picture = np.zeros((rows * (high + 1) - 1, columns * (wide + 1) - 1, 4), np.uint8)
    for number, tile in enumerate(tiles):
        top, left = number // columns * (high + 1), number % columns * (wide + 1)
        picture[top : top + high, left : left + wide, :3] = tile
        picture[top : top + high, left : left + wide, 3] = 255
    return picture
