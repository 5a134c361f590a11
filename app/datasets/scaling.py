"""From pixels of 0 to 255 to the numbers a network sees."""

from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

BLUR_PIXELS: Final = 2.0
SMALLEST_CONTRAST: Final = 0.1
_IMAGES_AT_ONCE = 256  # so that an image's passes find it in the processor's cache


class Scaling(Protocol):
    """A way to scale images; `is_dear` if doing so anew for each batch would slow training."""

    @property
    def is_dear(self) -> bool:
        """Whether what was scaled is worth its memory."""
        ...

    def apply(self, pixels: NDArray[Any], out: Floats | None) -> Floats:
        """Scales images to float32, written into `out` when it is given."""
        ...


class Standard:
    """scaled = (pixel − mean) · factor, both float32 and in units of a pixel's 0-255.

    The mean is kept in the shape of an image: repeating three numbers along a batch costs three
    times as much.

    Args:
        shape: (height, width, channels) of an image.
        mean: of all pixels, or of each channel, as a fraction of 255.
        std: standard deviation of all pixels, as a fraction of 255.
    """

    is_dear = False

    def __init__(self, shape: tuple[int, int, int], mean: Floats | float, std: float) -> None:
        self._mean = np.full(shape, 255 * np.asarray(mean), np.float32)
        self._factor = np.float32(1 / (255 * std))

    @property
    def mean(self) -> Floats:
        """What is taken away from each channel, (channels,), of 0 to 255."""
        mean: Floats = self._mean[0, 0]
        return mean

    @property
    def factor(self) -> float:
        """What the rest is multiplied by."""
        return float(self._factor)

    def apply(self, pixels: NDArray[Any], out: Floats | None) -> Floats:
        """Scales images to float32, written into `out` when it is given."""
        if out is None:
            out = np.empty(pixels.shape, np.float32)
        np.subtract(pixels, self._mean, out=out)
        np.multiply(out, self._factor, out=out)
        return out


class LocalContrast:
    """What stands out from its surroundings: d = x − blurred x, then d / (std of d + .1).

    x is the pixel as a fraction of 255, the blur a Gaussian of 2 pixels within the image and its
    channel (what would lie beyond the border is left out and the rest weighs more), and the
    standard deviation is that of the whole image. Large even areas become 0, borders remain,
    faint images are raised; without this brightness would be all there is to code.
    """

    is_dear = True

    def __init__(self, shape: tuple[int, int, int]) -> None:
        height, width, channels = shape
        self._down, self._columns = _gaussian(height), _gaussian(width)
        self._along = np.kron(self._columns.T, np.eye(channels, dtype=np.float32))

    @property
    def blurs(self) -> tuple[Floats, Floats]:
        """The matrices, (height, height) and (width, width), that blur columns and rows."""
        return self._down, self._columns

    def apply(self, pixels: NDArray[Any], out: Floats | None) -> Floats:
        """Scales images to float32, written into `out` when it is given."""
        if out is None:
            out = np.empty(pixels.shape, np.float32)
        for start in range(0, len(pixels), _IMAGES_AT_ONCE):
            part = slice(start, start + _IMAGES_AT_ONCE)
            self._apply(pixels[part], out[part])
        return out

    def _apply(self, pixels: NDArray[Any], out: Floats) -> None:
        count, height = pixels.shape[:2]
        rows = np.multiply(pixels, np.float32(1 / 255), dtype=np.float32).reshape(count, height, -1)
        blurred = self._down @ (rows.reshape(count * height, -1) @ self._along).reshape(rows.shape)
        rows -= blurred
        contrast = rows.std(axis=(1, 2), keepdims=True) + np.float32(SMALLEST_CONTRAST)
        out[...] = (rows / contrast).reshape(out.shape)


def _gaussian(length: int) -> Floats:
    """Returns a matrix (length, length) whose row i is a Gaussian of sum 1 about column i."""
    offset = np.arange(length) - np.arange(length)[:, None]
    weights = np.exp(-(offset**2) / (2 * BLUR_PIXELS**2))
    rows: Floats = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return rows
