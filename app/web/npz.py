"""NumPy's .npz format, written without NumPy: a zip of arrays, each behind a short header."""

import io
import zipfile
from collections.abc import Iterable

from ..events import StoredArray

_ALIGNMENT = 64


def npz(arrays: Iterable[StoredArray]) -> bytes:
    """Gives the archive that `numpy.load` opens, its keys the arrays' names; the same bytes each
    time.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for array in arrays:
            archive.writestr(zipfile.ZipInfo(f"{array.name}.npy"), _npy(array))
    return content.getvalue()


def _npy(array: StoredArray) -> bytes:
    """Writes version 1.0 of the format: magic, header length, header padded to 64 bytes, data."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {array.shape!r}, }}"
    before = len(b"\x93NUMPY\x01\x00") + 2
    padded = header.ljust(-(before + len(header) + 1) % _ALIGNMENT + len(header)) + "\n"
    return b"\x93NUMPY\x01\x00" + len(padded).to_bytes(2, "little") + padded.encode() + array.data
