"""A picture that somebody brings to a network trained elsewhere, as its program would see it."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .arrays import bytes_of, numbers_of
from .picture import Picture
from .refused import Refused

LONGEST_SIDE: Final = 1024
_MODES: Final = {1: "L", 3: "RGB", 4: "RGBA"}


def brought(
    question: dict[str, Any], channels: int, shape: tuple[int, int, int] | None = None
) -> Picture:
    """Returns the picture that a question holds as `image` or `png`.

    Args:
        question: as it came in.
        channels: that it must have.
        shape: height, width, channels that it must have; None leaves height and width open.

    Raises:
        Refused: there is none, or it isn't as the network takes it.
    """
    if question["index"] is not None:
        raise Refused(
            "the images of this run aren't known here; bring one as image or png", "index"
        )
    if question["png"] is not None:
        pixels = _png(bytes_of(question["png"], "png"), channels)
        field = "png"
    else:
        pixels, field = numbers_of(question["image"], "image"), "image"
    pixels = pixels[..., None] if pixels.ndim == 2 else pixels
    _check(pixels, field, channels, shape)
    return Picture(pixels.astype(np.float32), None)


def scaled_as_said(pixels: NDArray[np.float32], question: dict[str, Any]) -> NDArray[np.float32]:
    """Scales pixels of 0 to 255 as the program is said to do: to 0-1 unless something else is."""
    scaling = question.get("scaling") or "unit"
    if scaling == "pixels":
        return pixels
    divisor, shift = (255.0, 0.0) if scaling == "unit" else (127.5, 1.0)
    return (pixels / np.float32(divisor) - np.float32(shift)).astype(np.float32)


def _png(data: bytes, channels: int) -> NDArray[np.float64]:
    import io
    import warnings

    from PIL import Image

    if channels not in _MODES:
        raise Refused(
            f"a PNG has 1, 3 or 4 channels; this layer takes {channels}: send image", "png"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged colour profiles and the like
            with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
                if max(opened.size) > LONGEST_SIDE:  # before anything is unpacked
                    message = f"the PNG may be up to {LONGEST_SIDE} pixels wide and high"
                    raise Refused(message, "png", LONGEST_SIDE)
                return np.asarray(opened.convert(_MODES[channels])).astype(np.float64)
    except Refused:
        raise
    except Exception:  # a damaged file can make Pillow raise almost anything
        raise Refused("png is no PNG image that can be read", "png") from None


def _check(
    pixels: NDArray[np.float64], field: str, channels: int, shape: tuple[int, int, int] | None
) -> None:
    if pixels.ndim != 3 or pixels.shape[2] != channels:
        message = f"{field} has the shape {pixels.shape}; rows, columns and {channels} channels do"
        raise Refused(message, field)
    if shape is not None and pixels.shape != shape:
        raise Refused(f"{field} has the shape {pixels.shape}; this network takes {shape}", field)
    if max(pixels.shape[:2]) > LONGEST_SIDE:
        raise Refused(f"{field} may be up to {LONGEST_SIDE} wide and high", field, LONGEST_SIDE)
    if pixels.min() < 0 or pixels.max() > 255:
        raise Refused(f"the pixels of {field} must lie between 0 and 255", field, 255)
