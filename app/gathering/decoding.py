"""One picture as pixels: its header looked at, then decoded by Pillow, upright, on one size."""

import io
import warnings
from typing import Any, Final, NamedTuple

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from .found import Pixels, UnreadablePicture
from .request import MOST_PIXELS

FORMATS: Final = ("PNG", "JPEG", "WEBP", "BMP", "GIF")
_READ = "PNG, JPEG, WebP, BMP and GIF are read"
_NATURAL: Final = {"L": "L", "RGB": "RGB", "1": "L"}
_OTHERS: Final = (
    (b"PK\x03\x04", "it is an archive within the archive; archives aren't opened twice"),
    (b"%PDF", f"it is a PDF; {_READ}"),
    (b"<svg", f"it is an SVG; {_READ}"),
    (b"II*\x00", f"it is a TIFF; {_READ}"),
    (b"MM\x00*", f"it is a TIFF; {_READ}"),
)


class Fitting(NamedTuple):
    """How a picture comes to its size: cut or padded, on which background."""

    size: int
    fit: str
    background: str

    def apply(self, image: Image.Image) -> Image.Image:
        """Returns the picture, of mode L or RGB, as a square of `size` pixels."""
        square = (self.size, self.size)
        if image.size == square:
            return image
        if self.fit == "crop":
            return ImageOps.fit(image, square, Image.Resampling.BICUBIC)
        colour = 255 if self.background == "white" else 0
        ground = colour if image.mode == "L" else (colour,) * 3
        return ImageOps.pad(image, square, Image.Resampling.BICUBIC, ground)


def decoded(data: bytes, fitting: Fitting) -> Pixels:
    """Decodes a picture file.

    Returns:
        uint8 ndarray (size, size, channels); one channel where it has no colour by its format.

    Raises:
        UnreadablePicture: it is of another kind, too large, or damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged profiles and the like
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                _check_size(opened)
                if opened.format == "JPEG":  # decodes small what is to be small
                    opened.draft(None, (4 * fitting.size,) * 2)
                return _pixels(_plain(_upright(opened), fitting.background), fitting)
    except UnreadablePicture:
        raise
    except Image.DecompressionBombError:
        message = f"it says that it has far more than the {MOST_PIXELS:,} pixels that are decoded"
        raise UnreadablePicture(message) from None
    except UnidentifiedImageError:
        raise UnreadablePicture(_kind(data)) from None
    except MemoryError:
        raise UnreadablePicture("decoding it takes more memory than is allowed") from None
    except Exception:  # a damaged file can make Pillow raise almost anything
        raise UnreadablePicture("it is damaged or cut off") from None


def fitted(pixels: Pixels, fitting: Fitting) -> Pixels:
    """Brings pixels (height, width, 1 or 3 or 4) to their size; what has it stays as it is."""
    image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    return _pixels(_plain(image, fitting.background), fitting)


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        message = f"it has {width:,} by {height:,} pixels; up to {MOST_PIXELS:,} are decoded"
        raise UnreadablePicture(message)
    if not (width and height):
        raise UnreadablePicture("it has no pixels")


def _upright(image: Image.Image) -> Image.Image:
    """Turns a picture as its camera says; one whose note on that can't be read stays as it is."""
    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a damaged note doesn't damage the picture
        return image


def _plain(image: Image.Image, background: str) -> Image.Image:
    """Returns the picture as 8-bit gray or RGB, with what is transparent on the background."""
    if image.mode.startswith(("I", "F")):
        return _from_many_shades(image)
    if image.has_transparency_data:
        over = image.convert("RGBA")
        ground = Image.new("RGBA", over.size, background)
        flat = Image.alpha_composite(ground, over).convert("RGB")
        return flat.convert("L") if image.mode == "LA" else flat
    return image.convert(_NATURAL.get(image.mode, "RGB"))


def _from_many_shades(image: Image.Image) -> Image.Image:
    """Returns the 8 upper bits of a PNG's 16."""
    values: Any = np.asarray(image).astype(np.float64)
    return Image.fromarray(np.rint(np.clip(values / 65535, 0, 1) * 255).astype(np.uint8))


def _pixels(image: Image.Image, fitting: Fitting) -> Pixels:
    pixels: Pixels = np.asarray(fitting.apply(image))
    return pixels[..., None] if pixels.ndim == 2 else pixels


def _kind(data: bytes) -> str:
    if not data:
        return "it is empty"
    head = data[:64].lstrip()
    told = (why for start, why in _OTHERS if head.startswith(start))
    return next(told, f"it is no picture of a kind that is read; {_READ}")
