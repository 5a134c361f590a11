"""Zip files that are the same to the byte whenever they hold the same."""

import zipfile
from typing import BinaryIO

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that zip can say
_HEAD_BYTES = 30  # of an entry, before its name
_FIELD_HEAD_BYTES = 4
_FIELD = b"FB"  # as PyTorch marks the bytes that only fill up


class PlainArchive:
    """Entries without a date, as they are, one after the other.

    Args:
        file: to write into, from where it stands.
        alignment: each entry's content begins at a multiple of so many bytes.
    """

    def __init__(self, file: BinaryIO, alignment: int = 1) -> None:
        self._file, self._alignment = file, alignment
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)

    def put(self, name: str, content: str | bytes) -> None:
        """Adds an entry."""
        entry = zipfile.ZipInfo(name, _FIRST_DAY)
        begins = self._file.tell() + _HEAD_BYTES + len(name)
        filled = -begins % self._alignment
        if filled:
            filled += 0 if filled >= _FIELD_HEAD_BYTES else self._alignment
            length = filled - _FIELD_HEAD_BYTES
            entry.extra = _FIELD + length.to_bytes(2, "little") + b"Z" * length
        self._zip.writestr(entry, content)

    def close(self) -> None:
        """Writes the list of entries."""
        self._zip.close()
