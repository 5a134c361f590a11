"""Gray leaves: discs in gray, one over the other, and nothing said about any of them.

The simplest of the dead leaves of Lee, Mumford and Huang 2001: all that there is to find in such
a picture is where one disc ends and another begins.
"""

import hashlib
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import leaves
from .cache import cached_bytes
from .dead_leaves import CANVAS_SIZE, Crops, draw_crops_of, figures_of
from .leaves import draw_leaves
from .painting import paint
from .palettes import GRAY

CANVASES: Final = 120
TEST_CANVASES: Final = 20
_CANVASES_AT_ONCE: Final = 12  # painting takes some 10 MB for each

# Streams of one seed, apart from all others: nothing draws the same numbers.
_CANVAS_STREAM: Final = 105
_CROP_STREAM: Final = 106

_FORMAT_VERSION = 1
_PARAMETERS = (
    *(_FORMAT_VERSION, _CANVAS_STREAM, CANVAS_SIZE, CANVASES),
    *(leaves.SMALLEST_RADIUS, leaves.LARGEST_RADIUS, leaves.COVERAGE),
)


def paint_canvases(seed: int) -> NDArray[np.uint8]:
    """Paints all canvases: uint8 ndarray (120, 96, 96, 1)."""
    generator = np.random.default_rng((seed, _CANVAS_STREAM))
    painted = []
    for _ in range(CANVASES // _CANVASES_AT_ONCE):
        fallen = draw_leaves(_CANVASES_AT_ONCE, CANVAS_SIZE, GRAY, None, generator)
        painted.append(np.rint(paint(fallen, CANVAS_SIZE)[..., :1] * 255).astype(np.uint8))
    return np.concatenate(painted)


def read_canvases(seed: int, cache_folder: Path) -> NDArray[np.uint8]:
    """Reads `paint_canvases`, kept in `cache_folder` under its parameters and seed."""
    key = hashlib.sha256(repr((_PARAMETERS, seed)).encode()).hexdigest()[:16]
    shape = (CANVASES, CANVAS_SIZE, CANVAS_SIZE, 1)
    return cached_bytes(cache_folder, f"gray-leaves-{key}", shape, lambda: paint_canvases(seed))


def draw_crops(seed: int) -> tuple[Crops, Crops]:
    """Draws the training and the test crops: 100 of each canvas; the last 20 canvases are the
    test's.
    """
    generator = np.random.default_rng((seed, _CROP_STREAM))
    trained = CANVASES - TEST_CANVASES
    return (
        draw_crops_of(np.arange(trained), generator),
        draw_crops_of(np.arange(trained, CANVASES), generator),
    )


def training_figures(canvases: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float]:
    """Gives mean, float32 (1,), and standard deviation of the training canvases, in parts of
    255.
    """
    return figures_of(canvases[: CANVASES - TEST_CANVASES])
