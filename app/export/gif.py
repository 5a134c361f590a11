"""Animated GIF, put together from still ones, so that no film lies in memory whole.

The format: CompuServe, Graphics Interchange Format 89a, 1990, §18 to §26.
"""

import io
import struct
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_HEAD = 13  # bytes before the first table of colours
_ENTRIES = 256
_WHOLE_TABLE = 0x87  # a table of 256 colours follows
_KEEP = 1 << 2  # what is drawn stays, and the next picture lies over it
_FOR_EVER = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
_END = b"\x3b"
_MOST_PACKING = 4  # pictures that wait to be packed


class Indexed(NamedTuple):
    """A picture as places in a palette.

    Attributes:
        places: (rows, columns) uint8.
        palette: red, green and blue of each colour, at most 256.
    """

    places: NDArray[np.uint8]
    palette: bytes


def gif(file: BinaryIO, pictures: Iterator[Indexed], milliseconds: list[int]) -> None:
    """Writes a film that plays for ever; of each picture only the part that differs from the last.

    Args:
        pictures: all of one size.
        milliseconds: how long each is seen, one entry a picture, rounded to tens.
    """
    first = before = next(pictures)
    rows, columns = first.places.shape
    file.write(b"GIF89a" + struct.pack("<HHBBB", columns, rows, _WHOLE_TABLE, 0, 0))
    file.write(_table(first.palette) + _FOR_EVER)
    packing: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(1, "packing") as thread:  # while the next one is painted
        for number, duration in enumerate(milliseconds):
            picture = next(pictures) if number else first
            part = _changed(picture, before) if number else (slice(0, rows), slice(0, columns))
            packing.append(thread.submit(_drawn, picture, part, first.palette, duration))
            before = picture
            if len(packing) > _MOST_PACKING:
                file.write(packing.popleft().result())
    file.writelines(drawn.result() for drawn in packing)
    file.write(_END)


def still(picture: Indexed) -> bytes:
    """Encodes one picture."""
    content = io.BytesIO()
    image = Image.fromarray(picture.places)
    image.putpalette(picture.palette)
    image.save(content, "GIF", optimize=False)
    return content.getvalue()


def _changed(picture: Indexed, before: Indexed) -> tuple[slice, slice]:
    """Returns rows and columns that hold all pixels of another colour than before; one at least."""
    if picture.palette == before.palette:
        differs = picture.places != before.places
    else:
        differs = _colours(picture) != _colours(before)
    return _extent(differs.any(axis=1)), _extent(differs.any(axis=0))


def _colours(picture: Indexed) -> NDArray[np.uint32]:
    table = np.zeros((_ENTRIES, 4), np.uint8)
    known = np.frombuffer(picture.palette, np.uint8).reshape(-1, 3)
    table[: len(known), :3] = known
    return table.view(np.uint32)[:, 0][picture.places]


def _extent(there: NDArray[np.bool_]) -> slice:
    places = there.nonzero()[0]
    return slice(int(places[0]), int(places[-1]) + 1) if len(places) else slice(0, 1)


def _drawn(picture: Indexed, part: tuple[slice, slice], known: bytes, milliseconds: int) -> bytes:
    """Encodes a part of a picture: how long it is seen, where it lies, its palette unless that is
    known, and its pixels.
    """
    control = struct.pack("<BBBBHBB", 0x21, 0xF9, 4, _KEEP, round(milliseconds / 10), 0, 0)
    places = np.ascontiguousarray(picture.places[part])
    rows, columns = places.shape
    is_known = picture.palette == known
    flags = 0 if is_known else _WHOLE_TABLE
    place = struct.pack("<BHHHHB", 0x2C, part[1].start, part[0].start, columns, rows, flags)
    return control + place + (b"" if is_known else _table(picture.palette)) + _packed(places)


def _table(palette: bytes) -> bytes:
    return palette.ljust(3 * _ENTRIES, b"\0")


def _packed(places: NDArray[np.uint8]) -> bytes:
    """Packs places in a palette by Pillow: what follows the description of the picture in a file
    of it alone.
    """
    # Into a file that the system knows Pillow packs without Python's lock.
    with TemporaryFile() as content:
        Image.fromarray(places).save(content, "GIF", optimize=False, interlace=0)
        content.seek(0)
        told = content.read()
    at = _HEAD + 3 * _ENTRIES
    while told[at] == 0x21:  # an extension: its kind, then pieces that tell their length
        at += 2
        while told[at]:
            at += 1 + told[at]
        at += 1
    return told[at + 10 : -len(_END)]
