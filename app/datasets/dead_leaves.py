"""Dead leaves: ten classes of canvases from which the images are cropped.

After Lee, Mumford and Huang 2001 ("Occlusion models for natural images") and Baradad et al. 2021
("Learning to see by looking at noise"). Classes 0-5 are bars in six directions, in the natural
palette; classes 6-9 are discs in four palettes.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import leaves
from .cache import cached_bytes
from .leaves import draw_leaves
from .painting import paint
from .palettes import GRAY, SPREADS

CANVAS_SIZE: Final = 96
CANVASES_PER_CLASS: Final = 12
TEST_CANVASES_PER_CLASS: Final = 2
CROP_SIZE: Final = 32
CROPS_PER_CANVAS: Final = 100

NO_CLASS: Final = np.int64(-1)  # the label of an image of which nothing is said

# (palette, direction of the bars in degrees or None for discs), one for each class.
CLASSES: Final[tuple[tuple[str, float | None], ...]] = (
    *(("natural", 30.0 * turn) for turn in range(6)),
    *((palette, None) for palette in ("natural", GRAY, "warm", "vivid")),
)

# Streams of one seed, apart from those of weights and batches: nothing draws the same numbers.
_CANVAS_STREAM: Final = 0
_CROP_STREAM: Final = 104

_FORMAT_VERSION = 1
_PARAMETERS = (
    *(
        _FORMAT_VERSION,
        _CANVAS_STREAM,
        CANVAS_SIZE,
        CANVASES_PER_CLASS,
        CLASSES,
        tuple(SPREADS.items()),
    ),
    *(leaves.SMALLEST_RADIUS, leaves.LARGEST_RADIUS, leaves.COVERAGE, leaves.ANGLE_SPREAD),
)


@dataclass(frozen=True, slots=True)
class Crops:
    """Where the images of one split are cut out, and their classes.

    All have shape (crops,): index of the canvas, top row, left column, class.
    """

    canvas: NDArray[np.intp]
    top: NDArray[np.intp]
    left: NDArray[np.intp]
    label: NDArray[np.int64]


def paint_canvases(seed: int) -> NDArray[np.uint8]:
    """Paints all canvases: uint8 ndarray (classes · 12, 96, 96, 3), class by class."""
    generator = np.random.default_rng((seed, _CANVAS_STREAM))
    return np.concatenate(list(_paint_classes(generator)))


def read_canvases(seed: int, cache_folder: Path) -> NDArray[np.uint8]:
    """Reads `paint_canvases`, kept in `cache_folder` under its parameters and seed."""
    key = hashlib.sha256(repr((_PARAMETERS, seed)).encode()).hexdigest()[:16]
    shape = (len(CLASSES) * CANVASES_PER_CLASS, CANVAS_SIZE, CANVAS_SIZE, 3)
    return cached_bytes(cache_folder, f"dead-leaves-{key}", shape, lambda: paint_canvases(seed))


def draw_crops(seed: int) -> tuple[Crops, Crops]:
    """Draws the training and the test crops: 100 of each canvas, at uniform places, in random
    order.

    The last two canvases of each class are kept for the test set, so that no test image shares a
    pixel with a training image.
    """
    generator = np.random.default_rng((seed, _CROP_STREAM))
    of_class = np.arange(CANVASES_PER_CLASS)
    canvases = np.arange(len(CLASSES) * CANVASES_PER_CLASS).reshape(-1, CANVASES_PER_CLASS)
    trained = of_class < CANVASES_PER_CLASS - TEST_CANVASES_PER_CLASS
    return (
        _with_classes(draw_crops_of(canvases[:, trained].ravel(), generator)),
        _with_classes(draw_crops_of(canvases[:, ~trained].ravel(), generator)),
    )


def draw_crops_of(canvases: NDArray[np.intp], generator: np.random.Generator) -> Crops:
    """Draws a hundred crops of each of these canvases, at uniform places, in random order,
    unlabelled.
    """
    canvas = generator.permutation(np.repeat(canvases, CROPS_PER_CANVAS))
    top, left = generator.integers(
        0, CANVAS_SIZE - CROP_SIZE, (2, canvas.size), dtype=np.intp, endpoint=True
    )
    return Crops(canvas=canvas, top=top, left=left, label=np.full(canvas.size, NO_CLASS))


def training_figures(canvases: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float]:
    """Gives the training canvases' mean of each channel, and the one standard deviation about them.

    Colours count as fractions of 255. The canvases stand for the crops, which are uniform
    samples of them.

    Returns:
        float32 ndarray of shape (3,), and the standard deviation.
    """
    by_class = canvases.reshape(-1, CANVASES_PER_CLASS, *canvases.shape[1:])
    return figures_of(by_class[:, : CANVASES_PER_CLASS - TEST_CANVASES_PER_CLASS])


def figures_of(images: NDArray[np.uint8]) -> tuple[NDArray[np.float32], float]:
    """Computes the mean of each channel, the last axis, and the one standard deviation about them.

    Returns:
        float32 ndarray of shape (channels,), and the standard deviation, as fractions of 255.
    """
    pixels = images.reshape(-1, images.shape[-1])
    counts = np.stack([np.bincount(channel, minlength=256) for channel in pixels.T])
    shades = np.arange(256) / 255
    means = counts @ shades / len(pixels)
    variance = np.mean(counts @ shades**2 / len(pixels) - means**2)
    return means.astype(np.float32), float(np.sqrt(variance))


def _paint_classes(generator: np.random.Generator) -> Iterator[NDArray[np.uint8]]:
    for palette, degrees in CLASSES:
        fallen = draw_leaves(CANVASES_PER_CLASS, CANVAS_SIZE, palette, degrees, generator)
        yield np.rint(paint(fallen, CANVAS_SIZE) * 255).astype(np.uint8)


def _with_classes(crops: Crops) -> Crops:
    return replace(crops, label=(crops.canvas // CANVASES_PER_CLASS).astype(np.int64))
