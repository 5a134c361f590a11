"""Kernels of any layer as flat filters that can be painted, as `kernels/laid_out.js` has them."""

import math
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..events import StoredArray
from .material import Film, FilmFrame, Material

_HOW = {3: "a row for each channel", 5: "slice by slice", 2: "each folded into a block"}


class LaidFrame:
    """A frame whose kernel is HWIO whatever its layer is; it has verdicts where it was judged."""

    def __init__(self, frame: FilmFrame, kind: str) -> None:
        self._frame, self._kind = frame, kind

    @property
    def step(self) -> int:
        """After how many updates."""
        return self._frame.step

    @cached_property
    def verdicts(self) -> dict[str, Any] | None:
        """The body of its event, where that has labels."""
        body = self._frame.verdicts
        return body if body is not None and "label" in body else None

    @property
    def kernel(self) -> StoredArray:
        """The layer's weights, laid out."""
        return laid_out(self._frame.kernel, self._kind)


def laid(material: Material) -> Material:
    """Lays out the kernels of all films."""
    return material._replace(films=tuple(map(_laid, material.films)))


def laid_out(kernel: StoredArray, kind: str) -> StoredArray:
    """Lays out a kernel in Keras's order as rows, columns, channels and filters.

    A 1-D filter stands on its side: its places from left to right, its channels from top to bottom.
    A 3-D one is cut into slices, which lie beside each other as channels do. Each kernel of a
    depthwise layer is a filter. A dense unit is folded into a block as near to a square as it comes
    out even.

    >>> laid_out(StoredArray("conv1/kernel", (5, 4, 6), bytes(480)), "conv1d").shape
    (4, 5, 1, 6)
    """
    shape = kernel.shape
    if kind.startswith("depthwise"):
        height, width = shape[:2] if len(shape) == 4 else (1, shape[0])
        return kernel._replace(shape=(height, width, 1, math.prod(shape[-2:])))
    if len(shape) == 4:
        return kernel
    weights = np.frombuffer(kernel.data, "<f4").reshape(shape)
    if len(shape) == 5:
        depth, height, width, channels, count = shape
        moved = weights.transpose(1, 2, 0, 3, 4)
        return _stored(kernel, moved, (height, width, depth * channels, count))
    if len(shape) == 3:
        width, channels, count = shape
        return _stored(kernel, weights.transpose(1, 0, 2), (channels, width, 1, count))
    inputs, units = shape if len(shape) == 2 else (shape[0], 1)
    rows = _rows(inputs)
    return kernel._replace(shape=(rows, inputs // rows, 1, units))


def _stored(
    kernel: StoredArray, weights: NDArray[np.float32], shape: tuple[int, ...]
) -> StoredArray:
    return StoredArray(kernel.name, shape, weights.tobytes())


def _rows(count: int) -> int:
    """Returns the largest divisor that isn't above the square root."""
    return next(rows for rows in range(math.isqrt(count), 0, -1) if count % rows == 0)


def _laid(film: Film) -> Film:
    told = film.frames[0].kernel.shape
    is_depthwise = film.kind.startswith("depthwise")
    how = None if is_depthwise else _HOW.get(len(told))
    frames = tuple(LaidFrame(frame, film.kind) for frame in film.frames)
    return film._replace(frames=frames, how=how, in_colour=len(told) == 4 and not is_depthwise)
