"""Writes a data set into its folder: all of it, or nothing."""

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kept_pictures import ABOUT, IMAGES, LABELS, KeptPictures
from ..private_files import private_opener
from ..vocabulary.own_pictures import DIGEST_SHOWN
from .found import Pixels

_AT_ONCE = 512  # pictures


def write_arrays(
    place: Path, pictures: Pixels, order: NDArray[np.intp], labels: NDArray[np.int64], channels: int
) -> None:
    """Writes pictures and labels in that order; of three equal channels one, if one is asked for.

    Args:
        pictures: uint8 (pictures, size, size, 3).
    """
    size = pictures.shape[1]
    with _private(place / IMAGES) as file:
        _head(file, (len(order), size, size, channels))
        for start in range(0, len(order), _AT_ONCE):
            piece = pictures[order[start : start + _AT_ONCE]]
            file.write(np.ascontiguousarray(_gray(piece) if channels == 1 else piece))
        _to_disk(file)
    with _private(place / LABELS) as file:
        np.save(file, labels[order].astype(np.uint8))
        _to_disk(file)


def keep(place: Path, kept: KeptPictures, folder: Path) -> None:
    """Puts a data set that is complete in its place within `folder`."""
    with _private(place / ABOUT) as file:
        file.write(kept.written().encode())
        _to_disk(file)
    place.rename(folder / kept.digest[:DIGEST_SHOWN])


def _gray(pictures: Pixels) -> Pixels:
    """Weighs the channels as ITU-R BT.601 does (299, 587 and 114 of 1000), rounded."""
    red, green, blue = (pictures[..., i : i + 1].astype(np.uint32) for i in range(3))
    return ((299 * red + 587 * green + 114 * blue + 500) // 1000).astype(np.uint8)


def _head(file: Any, shape: tuple[int, ...]) -> None:
    header = {"descr": "|u1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)


def _private(path: Path) -> Any:
    return open(path, "wb", opener=private_opener)


def _to_disk(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())
