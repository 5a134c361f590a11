"""Animated WebP, lossless, put together from still ones, a frame at a time.

The format: RFC 9649, WebP Image Format, 2024, §2.
"""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image

from .colours import Pixels

_ANIMATED = 0x02
_SEE_THROUGH = 0x10
_REPLACE = 0x02  # the picture takes the place of the one before rather than lying over it


def webp(file: BinaryIO, pictures: Iterator[Pixels], milliseconds: list[int]) -> None:
    """Writes a film that plays for ever.

    Args:
        file: one that can be gone back in, for its size stands at its beginning.
        pictures: uint8 (rows, columns, 3), all of one size; a fourth channel says how solid a
            pixel is.
        milliseconds: how long each is seen, one entry a picture.
    """
    file.write(b"RIFF" + bytes(4) + b"WEBP")
    for number, (picture, duration) in enumerate(zip(pictures, milliseconds, strict=True)):
        rows, columns, channels = picture.shape
        size = _three_bytes(columns - 1) + _three_bytes(rows - 1)
        if number == 0:
            flags = _ANIMATED | (_SEE_THROUGH if channels == 4 else 0)
            file.write(_chunk(b"VP8X", bytes((flags, 0, 0, 0)) + size))
            file.write(_chunk(b"ANIM", b"\xff\xff\xff\xff" + struct.pack("<H", 0)))
        head = bytes(6) + size + _three_bytes(duration) + bytes((_REPLACE,))
        file.write(_chunk(b"ANMF", head + still(picture)[12:]))
    length = file.tell()
    file.seek(4)
    file.write(struct.pack("<I", length - 8))
    file.seek(length)


def still(picture: Pixels) -> bytes:
    """Encodes one picture, lossless: its RIFF header, then the chunk that holds its pixels."""
    content = io.BytesIO()
    Image.fromarray(picture).save(content, "WEBP", lossless=True, quality=20, method=1)
    return content.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def _three_bytes(number: int) -> bytes:
    return number.to_bytes(3, "little")
