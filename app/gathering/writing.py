"""Writes a data set into its folder: all of it, or nothing."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kept_pictures import ABOUT, IMAGES, LABELS, KeptPictures
from ..private_files import make_private_folder, private_opener
from ..vocabulary.own_pictures import DIGEST_SHOWN
from .found import Pixels

_AT_ONCE = 512  # pictures
_STALE_SECONDS = 24 * 3600


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """Makes a folder within `folder` to work in, gone with what is left in it at the end.

    What a process that was killed has left is removed a day later.
    """
    make_private_folder(folder)
    for old in (*folder.glob(".adding-*"), *folder.glob(".gone-*"), *folder.glob(".uploaded-*")):
        if time.time() - old.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
            old.unlink(missing_ok=True) if old.is_file() else None
    place = folder / f".adding-{secrets.token_hex(6)}"
    make_private_folder(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


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
