"""Images cut into overlapping tiles, a row of memory for each place in a tile, and the way back."""

from collections.abc import Iterator

import numpy as np

from ..arrays import Array, DType
from .geometry import Geometry
from .tournament import Tournament, Winners

CUT, ANSWERED = 6, 4  # the side of what a tile sees, and of what it answers
_OVERLAP = CUT - ANSWERED


def grid(geometry: Geometry) -> tuple[int, int]:
    """Count the tiles that cover all answers of one image, down and across."""
    rows, columns = (-(-length * geometry.pool // ANSWERED) for length in geometry.output_shape[:2])
    return rows, columns


class Tiles:
    """Cuts images into tiles for 3×3 kernels, 4×4 answers from 6×6 inputs, and joins them again.

    `cuts`: (6, 6, images, down, across, channels); `answers`: (4, 4, images, down, across,
    filters). Beyond an image tiles see zeros; answers that nobody asked for are dropped.
    """

    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        pool, (rows, columns, filters) = geometry.pool, geometry.output_shape
        self._down, self._across = grid(geometry)
        self.count = images * self._down * self._across
        tiles = images, self._down, self._across
        self.cuts: Array = np.zeros((CUT, CUT, *tiles, geometry.channels), dtype)
        self.answers: Array = np.zeros((ANSWERED, ANSWERED, *tiles, filters), dtype)
        self._canvas = _Canvas(geometry, images, self._down, self._across, dtype)
        self._places = [self.answers[row::pool, column::pool] for row, column in _square(pool)]
        self._outputs = np.zeros_like(self._places[0]) if pool > 1 else self.answers
        self._tournament = Tournament(self._outputs)
        room = self._down * ANSWERED, self._across * ANSWERED
        self._drops_answers = room != (rows * pool, columns * pool)
        self._pools = pool > 1

    def new_winners(self, count: int) -> Winners:
        """Allocate what pooling remembers of so many blocks of images: (count, 3, *pooled)."""
        return np.zeros((count, 3 if self._pools else 0, *self._outputs.shape), np.bool_)

    def cut(self, inputs: Array) -> None:
        """Copy what each tile sees of the images into `cuts`."""
        for (row, column), part in self._parts(self._canvas.show(inputs), CUT, ANSWERED):
            np.copyto(self.cuts[row, column], part)

    def join(self, grad_inputs: Array) -> None:
        """Write the sum of `cuts`, each at the place where it was taken; overwrites `cuts`."""
        cuts, images = self.cuts, self._canvas.empty()
        # First from tile to tile, where memory is contiguous; then only the last ones stick out.
        cuts[:_OVERLAP, :, :, 1:] += cuts[ANSWERED:, :, :, :-1]
        cuts[:, :_OVERLAP, :, :, 1:] += cuts[:, ANSWERED:, :, :, :-1]
        for (row, column), part in self._parts(images, CUT, ANSWERED):
            down = slice(-1, None) if row >= ANSWERED else slice(None)
            across = slice(-1, None) if column >= ANSWERED else slice(None)
            np.copyto(part[:, down, across], cuts[row, column, :, down, across])
        self._canvas.copy_to(grad_inputs)

    def deliver(self, outputs: Array, winners: Winners) -> None:
        """Pool `answers` if the geometry says so, and write them where they belong."""
        if self._pools:
            self._tournament.play(self._places, self._outputs, winners)
        for whole, tiled in self._pairs(outputs):
            np.copyto(whole, tiled)

    def collect(self, gradient: Array, winners: Winners) -> None:
        """Do the reverse: `answers` become their own gradients."""
        if self._drops_answers:
            self._outputs.fill(0)
        for whole, tiled in self._pairs(gradient):
            np.copyto(tiled, whole)
        if self._pools:
            self._tournament.give_back(self._outputs, winners, self._places)

    def _pairs(self, outputs: Array) -> Iterator[tuple[Array, Array]]:
        """Views of the same values, as they lie in images and as they lie in tiles."""
        side = len(self._outputs)
        for (row, column), part in self._parts(outputs, side, side):
            yield part, self._outputs[row, column, :, : part.shape[1], : part.shape[2]]

    def _parts(
        self, images: Array, side: int, step: int
    ) -> Iterator[tuple[tuple[int, int], Array]]:
        """Return, for each place in a tile, what images hold there of all tiles."""
        for row, column in _square(side):
            down = slice(row, row + step * self._down, step)
            yield (row, column), images[:, down, column : column + step * self._across : step]


class _Canvas:
    """Images with room for whole tiles: zeros where a tile reaches beyond."""

    def __init__(
        self, geometry: Geometry, images: int, down: int, across: int, dtype: DType
    ) -> None:
        lengths = down * ANSWERED + _OVERLAP, across * ANSWERED + _OVERLAP
        self._padded = np.zeros((images, *lengths, geometry.channels), dtype)
        self._joined = np.zeros_like(self._padded)
        sizes = geometry.height, geometry.width
        befores = [before for before, _ in geometry.pads]
        seen = [
            min(size, length - before)
            for size, length, before in zip(sizes, lengths, befores, strict=True)
        ]
        self._seen = (slice(None), *(slice(count) for count in seen))
        self._inside = (
            slice(None),
            *(slice(start, start + count) for start, count in zip(befores, seen, strict=True)),
        )
        self._fits = sizes == lengths
        self._sees_all = tuple(seen) == sizes

    def show(self, inputs: Array) -> Array:
        """Return the images on the canvas, or themselves where they fit."""
        if self._fits:
            return inputs
        self._padded[self._inside] = inputs[self._seen]
        return self._padded

    def empty(self) -> Array:
        """Return room to write on; all of it must be written."""
        return self._joined

    def copy_to(self, images: Array) -> None:
        """Copy what was written on the canvas, as far as there are images under it."""
        if not self._sees_all:
            images.fill(0)
        images[self._seen] = self._joined[self._inside]


def _square(side: int) -> Iterator[tuple[int, int]]:
    for row in range(side):
        for column in range(side):
            yield row, column
