"""An array within an .npz, read piece by piece: its header first, and never a pickled object."""

import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .found import shown
from .request import NotGathered

_PIECE_BYTES = 8 * 1024**2
_LARGEST_WHOLE_BYTES = 64 * 1024**2
_LARGEST_ARRAY_BYTES = 8 * 1000**3


class NpyEntry:
    """One array of an archive: `shape` and `dtype` by its header.

    Raises:
        NotGathered: when looked at, it is damaged, or holds objects.
    """

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive, self._info = archive, info
        self.name = shown(info.filename)
        self._known: tuple[tuple[int, ...], np.dtype[Any]] | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Its lengths."""
        return self._header()[0]

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of its numbers."""
        return self._header()[1]

    def rows(self) -> Iterator[NDArray[Any]]:
        """Yields the array piece by piece along its first axis."""
        shape, dtype = self._header()
        row_bytes = int(np.prod(shape[1:], dtype=np.int64)) * dtype.itemsize
        at_once = max(1, _PIECE_BYTES // max(row_bytes, 1))
        with self._opened() as file:
            self._read_header(file)
            for start in range(0, shape[0], at_once):
                count = min(at_once, shape[0] - start)
                yield np.frombuffer(self._exactly(file, count * row_bytes), dtype).reshape(
                    count, *shape[1:]
                )

    def whole(self) -> NDArray[Any]:
        """Reads an array that is known to be short."""
        shape, dtype = self._header()
        if int(np.prod(shape, dtype=np.int64)) * dtype.itemsize > _LARGEST_WHOLE_BYTES:
            raise NotGathered(f"{self.name} is too large for what it should be", "file")
        pieces = list(self.rows()) if shape else []
        return np.concatenate(pieces) if pieces else np.zeros(shape, dtype)

    def _header(self) -> tuple[tuple[int, ...], np.dtype[Any]]:
        if self._known is None:
            with self._opened() as file:
                self._known = self._read_header(file)
        return self._known

    def _read_header(self, file: Any) -> tuple[tuple[int, ...], np.dtype[Any]]:
        try:
            version = np.lib.format.read_magic(file)
            read = (
                np.lib.format.read_array_header_1_0
                if version == (1, 0)
                else np.lib.format.read_array_header_2_0
            )
            shape, is_fortran, dtype = read(file, max_header_size=10_000)
        except Exception:  # whatever the header says is evaluated as a literal
            raise NotGathered(f"{self.name} is no array that can be read", "file") from None
        if dtype.hasobject:
            message = f"{self.name} holds pickled Python objects, which are never loaded: save "
            raise NotGathered(f"{message}numbers, or text as str", "file")
        if is_fortran and len(shape) > 1:
            message = f"{self.name} is stored column by column: save np.ascontiguousarray of it"
            raise NotGathered(message, "file")
        size = int(np.prod(np.array(shape, dtype=object), initial=1)) * dtype.itemsize
        if size > min(_LARGEST_ARRAY_BYTES, self._info.file_size):
            message = f"{self.name} says that it has {size:,} bytes, which aren't there"
            raise NotGathered(message, "file")
        return shape, dtype

    def _opened(self) -> Any:
        if self._info.flag_bits & 1:
            raise NotGathered(f"{self.name} is encrypted", "file")
        if self._info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotGathered(f"{self.name} is packed in a way that isn't read", "file")
        try:
            return self._archive.open(self._info)
        except Exception:  # a damaged archive
            raise NotGathered(f"{self.name} is damaged", "file") from None

    def _exactly(self, file: Any, size: int) -> bytes:
        try:
            data: bytes = file.read(size)
        except Exception:  # wrong checksums, cut streams
            raise NotGathered(f"{self.name} is damaged or cut off", "file") from None
        if len(data) != size:
            raise NotGathered(f"{self.name} is cut off", "file")
        return data
