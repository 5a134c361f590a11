"""Bytes that are dear to make and cheap to keep, on disk.

A cache may vanish, tear or rot at any time: what is read is checked, what fails the check is made
anew, and a folder that can't be written only costs time.
"""

import logging
import os
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..private_files import make_private_folder

_log = logging.getLogger(__name__)
_CHECK_BYTES = 4


def cached_bytes(
    folder: Path, name: str, shape: tuple[int, ...], make: Callable[[], NDArray[np.uint8]]
) -> NDArray[np.uint8]:
    """Returns the array that `make` makes, from `folder/name.npy` when a sound copy lies there.

    The file is an ordinary .npy of one dimension whose last four bytes are the CRC-32 of the
    rest. It is written beside its place and then renamed, so a reader sees all of it or none.

    Returns:
        uint8 ndarray of `shape`, read-only; memory-mapped when it comes from disk.
    """
    path = folder / f"{name}.npy"
    kept = _read(path, shape)
    if kept is not None:
        return kept
    made = np.ascontiguousarray(make(), dtype=np.uint8).reshape(shape)
    try:
        _write(path, made)
    except OSError as error:
        _log.warning("%s can't be kept (%s): it will be made anew every time", path, error)
    made.flags.writeable = False
    return made


def _read(path: Path, shape: tuple[int, ...]) -> NDArray[np.uint8] | None:
    try:
        stored = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError, SyntaxError):
        return None
    size = int(np.prod(shape))
    if stored.dtype != np.uint8 or stored.shape != (size + _CHECK_BYTES,):
        return None
    if _check(stored[:size]) != stored[size:].tobytes():
        return None
    kept: NDArray[np.uint8] = np.asarray(stored[:size]).reshape(shape)
    return kept


def _write(path: Path, array: NDArray[np.uint8]) -> None:
    make_private_folder(path.parent)
    check = np.frombuffer(_check(array), np.uint8)
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            np.save(file, np.concatenate([array.ravel(), check]))
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _check(array: NDArray[np.uint8]) -> bytes:
    return zlib.crc32(np.ascontiguousarray(array).data).to_bytes(_CHECK_BYTES, "little")
