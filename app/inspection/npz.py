"""NumPy's .npz format, written without NumPy: a zip of arrays, each behind a short header."""

import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from ..events import StoredArray

_ALIGNMENT = 64


def write_npz(file: BinaryIO, arrays: Iterable[StoredArray]) -> None:
    """Writes the archive that `numpy.load` opens, its keys the arrays' names; the same bytes each
    time.
    """
    with zipfile.ZipFile(file, "w") as archive:
        for array in arrays:
            with archive.open(zipfile.ZipInfo(f"{array.name}.npy"), "w") as entry:
                entry.write(_head(array))
                entry.write(array.data)


def _head(array: StoredArray) -> bytes:
    """Gives what comes before the data in version 1.0 of the format: magic, length of the header,
    header padded to 64 bytes.
    """
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {array.shape!r}, }}"
    before = len(b"\x93NUMPY\x01\x00") + 2
    padded = header.ljust(-(before + len(header) + 1) % _ALIGNMENT + len(header)) + "\n"
    return b"\x93NUMPY\x01\x00" + len(padded).to_bytes(2, "little") + padded.encode()
