"""Pictures without their paper: on white they look as before, on other ground it shows through."""

import io
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .lettering import PAPER

PAPER_SHAPE = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
_WHITE = 255

Box = tuple[int, int, int, int]  # left, top, right, bottom


def png_without_paper(content: bytes, solid: Iterable[Box] = ()) -> bytes:
    """Takes white paper out of a PNG.

    A pixel becomes the most see-through one that gives the same colour over white, so rims of
    letters stay smooth on any ground.

    Args:
        solid: parts that are no paper, whatever their colour, such as weights.
    """
    with Image.open(io.BytesIO(content)) as image:
        seen = np.asarray(image.convert("RGB")).astype(np.float64)
    parts = _unmixed(seen)
    for left, top, right, bottom in solid:
        parts[top:bottom, left:right, :3] = seen[top:bottom, left:right]
        parts[top:bottom, left:right, 3] = _WHITE
    written = io.BytesIO()
    Image.fromarray(parts).save(written, "PNG", optimize=True)
    return written.getvalue()


def svg_without_paper(content: bytes) -> bytes:
    """Takes the paper out of a document that begins with it."""
    return content.replace(PAPER_SHAPE.encode(), b"", 1)


def _unmixed(seen: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Splits colours, (rows, columns, 3), into ink and how much of it lies over white; uint8
    (rows, columns, 4).
    """
    share = (_WHITE - seen.min(axis=2, keepdims=True)) / _WHITE
    ink = (seen - _WHITE * (1 - share)) / np.where(share > 0, share, 1)
    together = np.concatenate([np.where(share > 0, ink, 0), share * _WHITE], axis=2)
    parts: NDArray[np.uint8] = np.rint(np.clip(together, 0, _WHITE)).astype(np.uint8)
    return parts
