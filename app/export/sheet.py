"""A frame as a picture: headline, filters with their labels, the time axis, the colour scale."""

from functools import cached_property

import numpy as np
from PIL import Image, ImageDraw

from . import words
from .colours import DIVERGING, Pixels, rgb
from .fit import Fit, fit
from .glyphs import glyph
from .lettering import INK, INK2, INK3, LINE, PAPER, width_of, write
from .limits import own_limits, shared_limit
from .material import Film, FilmFrame, Material, Scale
from .tiles import Cell, cell_of, paint, weights_of
from .time_axis import TimeAxis

NARROW = 76  # design pixels; a narrower tile has no room for a word


class Sheet:
    """Draws the frames of one film, all in the same places.

    Args:
        material: what the picture says of the run.
        film: the layer drawn; all its frames set the shared scale.
        scale: one for all filters, or each its own.
        width: of the picture in pixels.
    """

    def __init__(self, material: Material, film: Film, scale: Scale, width: int) -> None:
        self.film = film
        self.total = max(material.total_steps, film.frames[-1].step)
        self.cell: Cell = cell_of(film.frames[0].kernel.shape, in_colour=film.in_colour)
        self.count = film.frames[0].kernel.shape[3]
        self.fit: Fit = fit(self.count, self.cell, width)
        self.scale = scale
        self._time = TimeAxis(self.fit, self.total)
        self.origin = words.origin(material)

    @cached_property
    def limit(self) -> float:
        """Of the shared scale."""
        return shared_limit(weights_of(frame.kernel) for frame in self.film.frames)

    def tiles(self, frame: FilmFrame) -> Pixels:
        """Paints a frame's filters, one weight a pixel: uint8 (filters, height, width, 3)."""
        kernel = weights_of(frame.kernel)
        own = self.scale == "own"
        limits = own_limits(kernel) if own else np.full(self.count, self.limit)
        return paint(kernel, limits, self.cell)

    def picture(self, frame: FilmFrame) -> Image.Image:
        """Paints a frame in full, RGB."""
        pixels = np.array(self.surround(frame))
        self.lay(self.tiles(frame), pixels)
        return Image.fromarray(pixels)

    def lay(self, tiles: Pixels, onto: Pixels) -> None:
        """Puts tiles, pixels or palette indices, enlarged into their places."""
        multiple = self.fit.multiple
        for number, tile in enumerate(tiles):
            left, top = self.fit.place(number)
            large = tile.repeat(multiple, 0).repeat(multiple, 1)
            onto[top : top + self.fit.tile_height, left : left + self.fit.tile_width] = large

    def surround(self, frame: FilmFrame) -> Image.Image:
        """Paints all of a frame but its filters."""
        picture = self.still_part.copy()
        unit, margin, right = self.fit.unit, self.fit.margin, self.fit.width - self.fit.margin
        write(picture, (margin, 58 * unit), words.claim(frame, self.film), 20 * unit)
        write(picture, (right, 30 * unit), f"step {frame.step}", 13 * unit, INK, "rs")
        if frame.verdicts is not None:
            score = f"edge score {frame.verdicts['layer_score']:.2f}"
            write(picture, (right, 58 * unit), score, 13 * unit, INK2, "rs")
            self._caption(picture, frame)
        self._time.head(picture, frame.step)
        return picture

    @property
    def solid(self) -> list[tuple[int, int, int, int]]:
        """Where weights and the scale's colours are: left, top, right, bottom."""
        places = [self.fit.place(number) for number in range(self.count)]
        wide, high = self.fit.tile_width, self.fit.tile_height
        left, top, width, height = self._scale_place
        tiles = [(x, y, x + wide, y + high) for x, y in places]
        return [*tiles, (left, top, left + width, top + height)]

    @cached_property
    def _scale_place(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the scale's colours."""
        unit = self.fit.unit
        left = self.fit.margin + width_of(self._scale_ends[0], 12 * unit) + 8 * unit
        top = self.fit.grid_bottom + 66 * unit
        return round(left), round(top), round(120 * unit), round(10 * unit)

    @cached_property
    def _scale_ends(self) -> tuple[str, str]:
        if self.scale != "shared":
            return "most −", "most +"
        text = words.limit_text(self.limit)
        return f"−{text}", f"+{text}"

    @cached_property
    def still_part(self) -> Image.Image:
        """What is the same in all frames, RGB."""
        laid, unit = self.fit, self.fit.unit
        picture = Image.new("RGB", (laid.width, laid.height), rgb(PAPER))
        write(picture, (laid.margin, 30 * unit), self.origin, 13 * unit, INK3)
        for number in range(self.count if laid.caption else 0):
            left, top = laid.place(number)
            below = top + laid.tile_height + 15 * unit
            write(picture, (left, below), str(number + 1), 12 * unit, INK3)
        self._time.ticks(picture)
        self._legend(picture)
        return picture

    def _caption(self, picture: Image.Image, frame: FilmFrame) -> None:
        """Writes each filter's label under it, with its shape."""
        laid, unit = self.fit, self.fit.unit
        if frame.verdicts is None or not laid.caption:
            return
        side = round(12 * unit)
        for number, label in enumerate(frame.verdicts["label"]):
            left, top = laid.place(number)
            right, below = left + laid.tile_width, top + laid.tile_height
            shape = glyph(label, words.degrees_of(frame.verdicts, number), side)
            picture.paste(shape, (right - side, below + round(5 * unit)))
            if laid.tile_width >= NARROW * unit:
                place = (right - side - 5 * unit, below + 15 * unit)
                write(picture, place, label, 12 * unit, INK2, "rs")

    def _legend(self, picture: Image.Image) -> None:
        """Draws the scale with what its ends stand for, and whose picture this is."""
        laid, unit = self.fit, self.fit.unit
        top = laid.grid_bottom + 66 * unit
        ends = self._scale_ends
        left, begins, wide, high = self._scale_place
        levels = np.linspace(0, 510, wide).astype(int)
        bar = levels[:, None].repeat(3, 1) // 2 if self.cell.colour else DIVERGING[levels]
        scale = np.broadcast_to(bar.astype(np.uint8), (high, wide, 3))
        picture.paste(Image.fromarray(np.ascontiguousarray(scale)), (left, begins))
        baseline = top + 10 * unit
        write(picture, (laid.margin, baseline), ends[0], 12 * unit, INK2)
        right = laid.margin + width_of(ends[0], 12 * unit) + 8 * unit + wide + 8 * unit
        write(picture, (right, baseline), ends[1], 12 * unit, INK2)
        right += width_of(ends[1], 12 * unit) + 14 * unit
        write(picture, (right, baseline), words.meaning(colour=self.cell.colour), 12 * unit, INK3)
        ImageDraw.Draw(picture).line(
            (laid.margin, top - 10 * unit, laid.width - laid.margin, top - 10 * unit),
            fill=rgb(LINE),
        )
        write(picture, (laid.width - laid.margin, baseline), "Filterscope", 12 * unit, INK3, "rs")
