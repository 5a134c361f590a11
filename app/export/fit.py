"""How a picture is divided: tiles at whole multiples of the filter, as `kernels/fit.js` has it."""

import math
from typing import NamedTuple

from .tiles import Cell

_DESIGNED_FOR = 640  # pixels wide; text and gaps grow with the picture
_MOST_COLUMNS = 48
_MOST_APART = 256  # tiles; more lie close together, or nothing would be seen of them
_TALLEST = 1.2  # the filters' part, against its width


class Fit(NamedTuple):
    """Where everything lies, in pixels.

    Attributes:
        unit: what a pixel of the design has become.
        multiple: pixels a weight.
        gap: between rows of tiles; `spacing` is what lies between columns.
        caption: room under each tile.
    """

    unit: float
    columns: int
    rows: int
    multiple: int
    tile_width: int
    tile_height: int
    gap: int
    spacing: float
    caption: int
    margin: int
    top: int
    bottom: int
    width: int

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return self.grid_bottom + self.bottom

    @property
    def grid_bottom(self) -> int:
        """Where the last row of captions ends."""
        return self.top + self.rows * (self.tile_height + self.caption + self.gap) - self.gap

    @property
    def rows_between(self) -> list[slice]:
        """Which rows of pixels have no filters in them, from the top to the bottom."""
        tops = [self.place(row * self.columns)[1] for row in range(self.rows)]
        begins = [0, *(top + self.tile_height for top in tops)]
        return [slice(*ends) for ends in zip(begins, [*tops, self.height], strict=True)]

    def place(self, tile: int) -> tuple[int, int]:
        """Returns left and top of a tile."""
        row, column = divmod(tile, self.columns)
        left = self.margin + round(column * (self.tile_width + self.spacing))
        return left, self.top + row * (self.tile_height + self.caption + self.gap)


def fit(count: int, cell: Cell, width: int) -> Fit:
    """Divides a picture `width` pixels wide so that it gets the largest tiles and full rows."""
    unit = max(0.8, width / _DESIGNED_FOR)
    choices = range(1, min(count, _MOST_COLUMNS) + 1)
    laid = [_lay_out(count, cell, width, columns, unit) for columns in choices]
    best = max(laid, key=lambda one: _worth(one, count))
    if best.multiple > 0:
        return best
    gap = round(4 * unit)
    inner = width - 2 * round(20 * unit)
    columns = max(1, min(count, (inner + gap) // (cell.width + gap)))
    return _with_multiple(1, count, cell, width, columns, unit)


def _lay_out(count: int, cell: Cell, width: int, columns: int, unit: float) -> Fit:
    gap = round((8 if count <= _MOST_APART else 2) * unit)
    margin, caption = round(20 * unit), round(20 * unit)
    inner = width - 2 * margin
    rows = math.ceil(count / columns)
    wide = (inner - gap * (columns - 1)) / columns
    tall = (_TALLEST * inner - gap * (rows - 1)) / rows - caption
    multiple = max(0, math.floor(min(wide / cell.width, tall / cell.height)))
    return _with_multiple(multiple, count, cell, width, columns, unit)


def _with_multiple(
    multiple: int, count: int, cell: Cell, width: int, columns: int, unit: float
) -> Fit:
    tile_width = multiple * cell.width
    has_captions = tile_width >= 26 * unit
    apart = 8 if has_captions else 4 if count <= _MOST_APART else 2
    gap, margin = round(apart * unit), round(20 * unit)
    left_over = width - 2 * margin - columns * tile_width
    return Fit(
        unit=unit,
        columns=columns,
        rows=math.ceil(count / columns),
        multiple=multiple,
        tile_width=tile_width,
        tile_height=multiple * cell.height,
        gap=gap,
        spacing=min(3 * gap, left_over / (columns - 1)) if columns > 1 else gap,
        caption=round(20 * unit) if has_captions else 0,
        margin=margin,
        top=round(84 * unit),
        bottom=round(98 * unit),
        width=max(width, tile_width + 2 * margin),
    )


def _worth(laid: Fit, count: int) -> float:
    fullness: float = (count / (laid.rows * laid.columns)) ** 1.5
    return laid.tile_width * fullness
