"""Draws a folder of photo-like pictures in four classes: `python -m bench.photo_like FOLDER`.

Leaves fall as in the data sets that come with the program, one statistic a class: round pebbles,
upright bark, slanting reeds, vivid blossoms. Sizes and formats differ as in anybody's folder.
"""

import sys
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from PIL import Image

from app.datasets.leaves import draw_leaves
from app.datasets.painting import paint

_CANVAS: Final = 144
_AT_ONCE: Final = 20
_SIZES: Final = ((144, 108), (108, 144), (128, 128), (144, 96))


class Scenery(NamedTuple):
    """How a class is drawn: the leaves' colours, and at which angle bars lie; None for discs."""

    palette: str
    degrees: float | None


CLASSES: Final = {
    "pebbles": Scenery("natural", None),
    "bark": Scenery("natural", 90.0),
    "reeds": Scenery("natural", 60.0),
    "blossoms": Scenery("vivid", None),
}


def draw(folder: Path, each: int = 500, seed: int = 0) -> int:
    """Draws so many pictures of each class into folders of their names; returns how many."""
    generator = np.random.default_rng(seed)
    drawn = 0
    for name, (palette, degrees) in CLASSES.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for begin in range(0, each, _AT_ONCE):
            count = min(_AT_ONCE, each - begin)
            leaves = draw_leaves(count, _CANVAS, palette, degrees, generator)
            for at, canvas in enumerate(paint(leaves, _CANVAS), start=begin):
                width, height = _SIZES[at % len(_SIZES)]
                noisy = canvas + generator.normal(0, 0.03, canvas.shape)
                image = Image.fromarray(np.rint(np.clip(noisy, 0, 1) * 255).astype(np.uint8))
                kind = "png" if at % 4 == 0 else "jpg"
                image.crop((0, 0, width, height)).save(folder / name / f"{at:04}.{kind}")
                drawn += 1
    return drawn


if __name__ == "__main__":
    print(f"{draw(Path(sys.argv[1]))} pictures in {sys.argv[1]}")
