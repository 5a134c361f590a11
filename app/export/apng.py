"""Animated PNG, exact in every colour, a frame at a time so that no film lies in memory whole.

The format: W3C, Portable Network Graphics (third edition), 2025, §11.3.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from .colours import Pixels

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2  # each byte as its difference from the one above: an enlarged pixel's rows become zeros
_RGB = 2


def apng(file: BinaryIO, pictures: Iterator[Pixels], milliseconds: list[int]) -> None:
    """Writes a film that plays for ever.

    Args:
        pictures: uint8 (rows, columns, 3), all of one size.
        milliseconds: how long each is seen, one entry a picture.
    """
    file.write(_SIGNATURE)
    sequence = 0
    for number, (picture, duration) in enumerate(zip(pictures, milliseconds, strict=True)):
        rows, columns = picture.shape[:2]
        if number == 0:
            head = struct.pack(">IIBBBBB", columns, rows, 8, _RGB, 0, 0, 0)
            file.write(_chunk(b"IHDR", head))
            file.write(_chunk(b"acTL", struct.pack(">II", len(milliseconds), 0)))
        place = struct.pack(">IIIIHHBB", columns, rows, 0, 0, duration, 1000, 0, 0)
        file.write(_chunk(b"fcTL", struct.pack(">I", sequence) + place))
        sequence += 1
        data = _compressed(picture)
        if number == 0:
            file.write(_chunk(b"IDAT", data))
        else:
            file.write(_chunk(b"fdAT", struct.pack(">I", sequence) + data))
            sequence += 1
    file.write(_chunk(b"IEND", b""))


def _compressed(picture: Pixels) -> bytes:
    rows = picture.reshape(len(picture), -1)
    filtered = np.empty((len(rows), rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    return zlib.compress(filtered.data, 6)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
