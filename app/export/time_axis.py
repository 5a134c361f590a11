"""The time axis under a picture: its filled part is how far the run was."""

from PIL import Image, ImageDraw

from ..stretched import round_steps, share_along
from .colours import rgb
from .fit import Fit
from .lettering import INK, INK3, LINE, width_of, write

_BELOW_GRID = 18  # design pixels


class TimeAxis:
    """An axis of `total` steps across a picture that is divided as `fit` says."""

    def __init__(self, fit: Fit, total: int) -> None:
        self._fit, self._total = fit, total
        self._top = fit.grid_bottom + _BELOW_GRID * fit.unit
        self._wide = fit.width - 2 * fit.margin

    def ticks(self, picture: Image.Image) -> None:
        """Draws the empty axis with round steps under it, none beyond the margins."""
        unit, margin = self._fit.unit, self._fit.margin
        ImageDraw.Draw(picture).rectangle(self._bar(1.0), fill=rgb(LINE))
        room = (14 + 7 * len(str(self._total))) * unit / self._wide
        for step in round_steps(self._total, room):
            across = margin + share_along(step, self._total) * self._wide
            half = width_of(str(step), 12 * unit) / 2
            across = min(max(across, margin + half), self._fit.width - margin - half)
            write(picture, (across, self._top + 22 * unit), str(step), 12 * unit, INK3, "ms")

    def head(self, picture: Image.Image, step: int) -> None:
        """Fills the axis up to a step and marks it."""
        draw = ImageDraw.Draw(picture)
        left, above, right, below = self._bar(share_along(step, self._total))
        draw.rectangle((left, above, right, below), fill=rgb(INK))
        wider = round(3 * self._fit.unit)
        draw.rectangle((right - wider, above - wider, right + wider, below + wider), fill=rgb(INK))

    def _bar(self, share: float) -> tuple[int, int, int, int]:
        left, top = self._fit.margin, round(self._top)
        return left, top, left + round(share * self._wide), top + max(2, round(5 * self._fit.unit))
