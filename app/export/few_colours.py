"""A film in 256 colours, for GIF: the surround's are fixed, the rest go to the weights.

What a weight's colour becomes is decided once for the film, so that one that stays keeps it: where
no frame has more colours than fit, each has its own exactly; else all have those that are chosen.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .colours import DIVERGING, Pixels, rgb
from .gif import Indexed
from .glyphs import LABEL_COLOURS
from .lettering import CONTROL, INK, INK2, INK3, LINE, PAPER
from .material import FilmFrame
from .sheet import Sheet

_SHADES = 4  # between each colour and the paper, for soft edges
_LEGEND = 17
_COLOURS = 256
_MOST_FRAMES = 8  # of those that colours are chosen from
_MOST_SAMPLES = 8_192  # pixels of them
_TOGETHER = 4_096  # colours compared with a palette at once


class FewColours:
    """Turns the frames of a film into places in a palette.

    Args:
        sheet: draws them.
        frames: those that are drawn.
    """

    def __init__(self, sheet: Sheet, frames: Sequence[FilmFrame]) -> None:
        self._sheet = sheet
        self._frames = frames
        self._fixed = surround_colours(colour=sheet.cell.colour)
        self._most = _COLOURS - len(self._fixed)

    def picture(self, frame: FilmFrame) -> Indexed:
        """Paints a frame in full."""
        tiles = self._sheet.tiles(frame)
        flat = tiles.reshape(-1, 3)
        colours, inverse = _distinct(flat)
        if self._fit:
            chosen, places = colours, inverse
        else:
            chosen = self._chosen
            places = _nearest(colours, chosen)[inverse]
        picture = self._around(frame)
        drawn = (places + len(self._fixed)).astype(np.uint8).reshape(tiles.shape[:-1])
        self._sheet.lay(drawn, picture)
        return Indexed(picture, np.concatenate([self._fixed, chosen]).tobytes())

    def _around(self, frame: FilmFrame) -> NDArray[np.uint8]:
        """Gives the places of all pixels but the filters'; only what isn't still is sought."""
        still, indices = self._still
        drawn = self._sheet.surround(frame)
        places = indices.copy()
        for rows in self._sheet.fit.rows_between:
            part = _packed(drawn, rows)
            moved = part != still[rows]
            places[rows][moved] = self._places_of(part[moved])
        return places

    @cached_property
    def _still(self) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        drawn = _packed(self._sheet.still_part, slice(0, self._sheet.fit.height))
        return drawn, self._places_of(drawn.ravel()).reshape(drawn.shape)

    def _places_of(self, packed: NDArray[np.uint32]) -> NDArray[np.uint8]:
        found, inverse = np.unique(packed, return_inverse=True)
        colours = found.view(np.uint8).reshape(-1, 4)[:, :3]
        return _nearest(colours, self._fixed).astype(np.uint8)[inverse]

    @cached_property
    def _fit(self) -> bool:
        """Whether no frame has more colours than fit; the last ones, which differ most, show soon
        where one has.
        """
        tiles = (self._sheet.tiles(frame).reshape(-1, 3) for frame in reversed(self._frames))
        return all(len(one) <= self._most or len(_distinct(one)[0]) <= self._most for one in tiles)

    @cached_property
    def _chosen(self) -> Pixels:
        """Those that all frames share: levels of the signed scale; of colour kernels the means
        about colours that cover theirs best.
        """
        if not self._sheet.cell.colour:
            levels: Pixels = DIVERGING[np.linspace(0, len(DIVERGING) - 1, self._most).astype(int)]
            return levels
        spread = np.linspace(0, len(self._frames) - 1, min(_MOST_FRAMES, len(self._frames)))
        shown = [self._sheet.tiles(self._frames[at]).reshape(-1, 3) for at in spread.astype(int)]
        samples = np.concatenate(shown)
        samples = samples[:: -(-len(samples) // _MOST_SAMPLES)]
        image = Image.fromarray(np.ascontiguousarray(samples[None])).quantize(
            self._most, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE
        )
        return np.array((image.getpalette() or [])[: 3 * self._most], np.uint8).reshape(-1, 3)


def surround_colours(*, colour: bool) -> Pixels:
    """Gives each colour that stands around the filters, (colours, 3), the paper first."""
    paper = np.array(rgb(PAPER), np.float64)
    solid = dict.fromkeys((INK, INK2, INK3, CONTROL, LINE, *LABEL_COLOURS.values()))
    inks = np.array([rgb(ink) for ink in solid], np.float64)
    parts = np.arange(1, _SHADES + 1)[:, None, None] / _SHADES
    shades = np.rint(paper + (inks - paper) * parts).reshape(-1, 3)
    levels = np.linspace(0, 510, _LEGEND).astype(int)
    legend = levels[:, None].repeat(3, 1) // 2 if colour else DIVERGING[levels]
    return np.concatenate([paper[None], shades, legend]).astype(np.uint8)


def _distinct(colours: Pixels) -> tuple[Pixels, NDArray[np.intp]]:
    """Gives each colour once, and which of them every one is."""
    packed = np.zeros((len(colours), 4), np.uint8)
    packed[:, :3] = colours
    found, inverse = np.unique(packed.view(np.uint32)[:, 0], return_inverse=True)
    return np.ascontiguousarray(found.view(np.uint8).reshape(-1, 4)[:, :3]), inverse


def _nearest(colours: Pixels, palette: Pixels) -> NDArray[np.intp]:
    """Returns the place of the nearest colour of a palette for each, both (colours, 3)."""
    known = palette.astype(np.float32)
    sizes = (known**2).sum(axis=1) / 2
    parts = [colours[at : at + _TOGETHER] for at in range(0, len(colours), _TOGETHER)]
    found = [(sizes - part.astype(np.float32) @ known.T).argmin(axis=1) for part in parts]
    return np.concatenate(found) if found else np.empty(0, np.intp)


def _packed(picture: Image.Image, rows: slice) -> NDArray[np.uint32]:
    """Gives each pixel of some rows of an RGB picture as one number."""
    part = picture.crop((0, rows.start, picture.width, rows.stop))
    return np.asarray(part.convert("RGBA")).view(np.uint32)[..., 0]
